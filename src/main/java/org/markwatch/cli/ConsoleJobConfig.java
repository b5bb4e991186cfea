package org.markwatch.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.markwatch.review.team.JobConfig;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;

/** Lets the console validate changes of the job-config folder as {@code check} does; paths are shown from the folder. */
record ConsoleJobConfig(Path folder) implements JobConfig {
    @Override
    public CheckedConfig check(Map<Path, String> changed) {
        try {
            Watchlist watchlist = WatchlistReader.readChanged(folder, changed);
            CheckVerb.checkInUse(Path.of(""), watchlist);
            return new CheckedConfig(watchlist, List.of(), CheckVerb.notes(watchlist));
        } catch (WatchlistException invalid) {
            return new CheckedConfig(null, invalid.faults(), List.of());
        }
    }
}
