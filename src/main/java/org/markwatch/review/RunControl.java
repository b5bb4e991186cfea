package org.markwatch.review;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.Settings;

/**
 * Lets the console observe, start and stop runs. An application that can run jobs provides this bean; without it the console
 * shows no run in progress.
 */
public interface RunControl {
    /** Returns the run in progress, in this process or another; empty if there is none. */
    Optional<RunSnapshot> activeRun();

    /** Returns how processes share a run. */
    Sharing sharing(long run);

    /** Returns the number of the run that ended last if it requested pages and obtained no text; otherwise empty. */
    OptionalLong lastRunWithoutText();

    /** Returns when runs start by themselves. */
    Schedule schedule();

    /**
     * Returns the next times at which a schedule would start runs, whether or not it is in force; empty if it starts none.
     *
     * @param most maximum number of times
     * @throws IllegalArgumentException if the scheduler does not accept the expression; the message says why
     */
    List<Instant> times(Settings.ScheduleSettings schedule, int most);

    /**
     * Lets runs start by another schedule, in all processes on this database.
     *
     * @return false if this process has no schedule
     * @throws IllegalStateException if the scheduler cannot follow it
     */
    boolean follow(Settings.ScheduleSettings schedule);

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

        /**
         * Returns how far the queue step is in tenths, 0 to 10. It tells accounts that may not see every lane that the step
         * works, without the number of findings.
         */
        public int comparedTenths() {
            return findings == 0 ? 0 : (int) Math.min(10, 10 * compared / findings);
        }

        /** Creates the snapshot of a run that crawls. */
        public RunSnapshot(long run, long known, long done, boolean stopping) {
            this(run, "crawl", known, done, Map.of(), 0, 0, stopping);
        }
    }

    /**
     * How processes share a run.
     *
     * @param partitions parts of the run, 0 before it is divided
     * @param done       those that are done
     * @param processes  those that work on the run or wait for one, the one that leads it first, at most 100
     */
    record Sharing(int partitions, int done, List<RunProcess> processes) {
        /** A run that is not divided. */
        public static final Sharing NONE = new Sharing(0, 0, List.of());

        public Sharing {
            processes = List.copyOf(processes);
        }
    }

    /**
     * A process that works on a run or waits for one.
     *
     * @param id       number of its lease
     * @param name     number of the process, and machine
     * @param since    when it took its lease
     * @param role     what it does for the run
     * @param held     partitions that it has claimed and not finished
     * @param done     partitions that it has finished
     * @param quietFor how long ago it gave its last sign of life
     * @param lease    how long after a sign of life others may claim its partitions
     * @param life     what is known of its life
     */
    record RunProcess(
            long id,
            String name,
            Instant since,
            ProcessRole role,
            int held,
            int done,
            Duration quietFor,
            Duration lease,
            ProcessLife life) {
        /** What a process does for a run. */
        public enum ProcessRole {
            /** It has started the run. */
            LEADS,
            /** It works on partitions of a run that another process has started. */
            HELPS,
            /** It waits for a run. */
            WAITS
        }

        /** What is known of the life of a process. */
        public enum ProcessLife {
            /** It works or waits. */
            LIVES,
            /** Its session of the database has ended, and its lease has not. */
            SESSION_ENDED,
            /** It has given no sign of life for longer than its lease. */
            SILENT
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
