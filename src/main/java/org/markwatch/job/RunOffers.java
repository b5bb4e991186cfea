package org.markwatch.job;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.run.RunConfigs;

/** Offers the run of this process to others, with its job-config. */
final class RunOffers {
    private final RunConfigs configs;
    private final @Nullable PackedConfig config;

    /** @param config the job-config for other processes; null if none is to help */
    RunOffers(DataSource database, @Nullable PackedConfig config) {
        this.configs = new RunConfigs(database);
        this.config = config;
    }

    /** Ends all offers. Must precede a start of a run, so that no process joins it with the job-config of an earlier one. */
    void withdraw() {
        configs.withdraw();
    }

    /** Offers a run whose partitions are prepared. */
    void offer(StartedRun run) {
        if (config != null) {
            configs.save(run.id(), config.of(run.watchlist()));
        }
    }
}
