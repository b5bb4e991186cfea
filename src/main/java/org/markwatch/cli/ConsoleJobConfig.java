package org.markwatch.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.markwatch.review.team.JobConfig;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;

/** Lets the console validate changes of the job-config folder as {@code check} does. */
record ConsoleJobConfig(Path folder) implements JobConfig {
    @Override
    public CheckedConfig check(Map<Path, String> changed) {
        try {
            Watchlist watchlist = CheckVerb.read(folder, changed);
            return new CheckedConfig(watchlist, List.of(), CheckVerb.notes(watchlist));
        } catch (WatchlistException invalid) {
            return new CheckedConfig(null, invalid.faults(), List.of());
        }
    }
}
