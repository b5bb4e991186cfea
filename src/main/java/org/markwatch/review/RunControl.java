package org.markwatch.review;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Lets the console observe, start and stop runs. An application that can run jobs provides this bean; without it the console
 * shows no run in progress.
 */
public interface RunControl {
    /** Returns the run in progress, in this process or another; empty if there is none. */
    Optional<RunSnapshot> activeRun();

    /** Returns the number of the run that ended last if it requested pages and obtained no text; otherwise empty. */
    OptionalLong lastRunWithoutText();

    /** Returns when runs start by themselves. */
    Schedule schedule();

    /**
     * Starts a run as the schedule does, or resumes an unfinished one, and returns at once. It has no effect beside a run in
     * progress.
     *
     * @return false if a person has requested a start before, in this process or another, and it has not ended yet
     * @throws IllegalStateException if this process cannot start runs, see {@link Schedule#canStart}
     */
    boolean start();

    /** Requests an orderly stop of a run, which a later start can resume; has no effect on a run that has ended. */
    void stop(long run);

    /**
     * The progress of a run.
     *
     * @param run      number of the run
     * @param step     prepare, crawl, rescan, queue or report; empty between two
     * @param known    URLs in its frontier
     * @param done     URLs that have their disposition
     * @param pages    URLs by disposition
     * @param findings new findings that the queue step compares with the queue; 0 before that step
     * @param compared those that it has compared
     * @param stopping whether a stop has been requested
     */
    record RunSnapshot(
            long run,
            String step,
            long known,
            long done,
            Map<String, Long> pages,
            long findings,
            long compared,
            boolean stopping) {
        public RunSnapshot {
            pages = Map.copyOf(pages);
        }

        /** Creates the snapshot of a run that crawls. */
        public RunSnapshot(long run, long known, long done, boolean stopping) {
            this(run, "crawl", known, done, Map.of(), 0, 0, stopping);
        }
    }

    /**
     * When runs start by themselves.
     *
     * @param canStart whether this process can start a run
     * @param serving  whether a process with a schedule is running
     * @param next     time of the next run; null if none is scheduled
     * @param zone     time zone of the schedule
     */
    record Schedule(
            boolean canStart, boolean serving, @Nullable Instant next, ZoneId zone) {}
}
