package org.markwatch.review.team;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.Fault;
import org.markwatch.watchlist.Watchlist;

/** The job-config folder of the console. The application provides this bean. */
public interface JobConfig {
    /** Returns the folder as the user typed it. */
    Path folder();

    /**
     * Validates the folder as the verb {@code check} does, with other texts in place of some files. What it returns names files
     * relative to the folder.
     *
     * @param changed texts by absolute, normalised path
     */
    CheckedConfig check(Map<Path, String> changed);

    /**
     * The result of a validation.
     *
     * @param watchlist the watchlist; null if there are faults
     * @param faults    what {@code check} reports as faults
     * @param notes     what {@code check} notes about a valid folder, in words for people
     */
    record CheckedConfig(@Nullable Watchlist watchlist, List<Fault> faults, List<String> notes) {
        public CheckedConfig {
            faults = List.copyOf(faults);
            notes = List.copyOf(notes);
        }
    }
}
