package org.markwatch.job;

import java.util.Map;
import org.markwatch.queue.Audit;
import org.markwatch.watchlist.Seed;

/** The first step of a run. It executes again when the run is resumed, since a part of its result is in memory. */
final class RunPreparation {
    private final CurrentRun current;
    private final CrawlWork crawl;
    private final RescanWork rescan;
    private final Retention retention;
    private final Audit audit;

    RunPreparation(CurrentRun current, CrawlWork crawl, RescanWork rescan, Retention retention, Audit audit) {
        this.current = current;
        this.crawl = crawl;
        this.rescan = rescan;
        this.retention = retention;
        this.audit = audit;
    }

    /**
     * Records in the audit which seeds ignore robots.txt, compiles the rules before the first request, purges data that is past
     * its retention, and fills the frontier.
     */
    void prepareNight() {
        StartedRun run = current.get();
        auditRobotsOverrides(run);
        run.rules();
        retention.purge(run.watchlist().settings().retention());
        crawl.prepare(run);
    }

    /** Compiles the rules and divides the pages with kept text. */
    void prepareRescan() {
        rescan.prepare(current.get());
    }

    /** Appends to the audit, before the crawl, each seed whose robots.txt is ignored and the authority for it. */
    private void auditRobotsOverrides(StartedRun run) {
        for (Seed seed : run.watchlist().seeds()) {
            if (!seed.robotsAuthority().isEmpty()) {
                audit.append(
                        Audit.SYSTEM,
                        "robots.ignore",
                        "run:" + run.id(),
                        Map.of(
                                "seed", seed.url().toString(),
                                "owner", seed.owner(),
                                "authority", seed.robotsAuthority()));
            }
        }
    }
}
