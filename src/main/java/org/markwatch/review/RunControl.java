package org.markwatch.review;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Lets the console observe and stop runs. An application that can run jobs provides this bean; without it the console
 * shows no runs.
 */
public interface RunControl {
    /** Returns the run in progress, in this process or another; empty if there is none. */
    Optional<RunSnapshot> activeRun();

    /** Returns the number of the run that ended last if it requested pages and obtained no text; otherwise empty. */
    OptionalLong lastRunWithoutText();

    /** Requests an orderly stop of a run, which a later start can resume; has no effect on a run that has ended. */
    void stop(long run);

    /**
     * The progress of a run.
     *
     * @param run      number of the run
     * @param known    URLs in its frontier
     * @param done     URLs that have their disposition
     * @param stopping whether a stop has been requested
     */
    record RunSnapshot(long run, long known, long done, boolean stopping) {}
}
