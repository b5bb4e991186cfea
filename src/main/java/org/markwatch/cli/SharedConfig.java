package org.markwatch.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.markwatch.job.PackedConfig;
import org.markwatch.job.WatchlistSource;
import org.markwatch.watchlist.ConfigArchive;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job-config folder that runs of this process and of other machines apply. A run that others help with offers the files that
 * its own watchlist was read from, although people may edit the folder meanwhile. Thread-safe.
 */
final class SharedConfig implements WatchlistSource, PackedConfig {
    private static final Logger log = LoggerFactory.getLogger(SharedConfig.class);

    private final Path folder;
    private volatile ConfigArchive.@Nullable PackedWatchlist latest;

    SharedConfig(Path folder) {
        this.folder = folder;
    }

    /** Returns the folder. */
    Path folder() {
        return folder;
    }

    @Override
    public Watchlist read() throws WatchlistException {
        ConfigArchive.PackedWatchlist read = ConfigArchive.readAndPack(folder);
        CheckVerb.checkInUse(folder, read.watchlist());
        CheckVerb.repeated(read.watchlist(), "; check --config " + folder + " --repeats FILE lists all")
                .ifPresent(log::warn);
        latest = read;
        return read.watchlist();
    }

    @Override
    public byte[] of(Watchlist watchlist) {
        ConfigArchive.PackedWatchlist read = latest;
        if (read == null || read.watchlist() != watchlist) {
            throw new IllegalStateException("the job-config " + folder
                    + " was read again during the run; only the latest reading has its files");
        }
        return read.files();
    }
}
