package org.markwatch.review;

import java.util.Optional;
import java.util.OptionalLong;

/** What the console may know and ask of the runs. Whoever starts the console with runs beside it provides it. */
public interface RunControl {
    /** The run that somebody is at work on, in this process or another; empty if there is none. */
    Optional<RunSnapshot> activeRun();

    /** The number of the run that ended last, if it asked for pages and got the text of none. */
    OptionalLong lastRunWithoutText();

    /** Asks for an end of a run soon, so that it can be gone on with; does nothing to one that has ended. */
    void stop(long run);

    /**
     * A run that somebody is at work on.
     *
     * @param run      its number
     * @param known    URLs in its frontier
     * @param done     those that have their disposition
     * @param stopping whether an end has been asked for
     */
    record RunSnapshot(long run, long known, long done, boolean stopping) {}
}
