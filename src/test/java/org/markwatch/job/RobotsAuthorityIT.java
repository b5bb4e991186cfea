package org.markwatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.markwatch.NightContext;
import org.markwatch.crawl.fetch.TraceServer;
import org.markwatch.crawl.fetch.TraceServer.Exchange;
import org.markwatch.crawl.fetch.TraceServer.Reply;
import org.markwatch.crawl.store.DispositionStore;
import org.markwatch.database.TestDatabase;
import org.markwatch.queue.Audit;
import org.markwatch.queue.AuditEntry;
import org.markwatch.report.Reports;
import org.markwatch.report.RunSummary;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistReader;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.ConfigurableApplicationContext;

/** A seed with {@code robots: ignore} is recorded in audit and summary with the authority for it. */
class RobotsAuthorityIT {
    @TempDir
    private Path folder;

    private final PGSimpleDataSource database = TestDatabase.fresh();

    @Test
    void recordsIgnoredRobotsInAuditAndSummary() throws Exception {
        try (TraceServer web = new TraceServer((host, path) -> path.equals("/robots.txt")
                ? Reply.text("User-agent: *\nDisallow: /\nCrawl-delay: 0.1\n")
                : Reply.page("terms of sale", Duration.ZERO))) {
            Watchlist watchlist = watchlist(web.address());
            try (ConfigurableApplicationContext context = NightContext.start(watchlist, database)) {
                RunOutcome night = context.getBean(NightlyJob.class).run(watchlist, false);

                assertThat(web.of("ignored.example")).extracting(Exchange::path).containsExactly("/robots.txt", "/");
                assertThat(web.gaps("ignored.example")).allMatch(gap -> gap.toMillis() >= 100);
                assertThat(web.of("obeyed.example")).extracting(Exchange::path).containsExactly("/robots.txt");

                RunSummary summary =
                        context.getBean(Reports.class).find(night.run()).orElseThrow();
                assertThat(summary.despiteRobots()).isEqualTo(1);
                assertThat(summary.pages().disallowed()).isEqualTo(1);
                assertThat(summary.toText(false)).contains("1 request despite robots.txt");

                assertThat(new DispositionStore(database).lastVisit(HttpUrl.of("http://ignored.example/"), night.run()))
                        .get()
                        .extracting(DispositionStore.PageVisit::robotsAuthority)
                        .isEqualTo("Legal, order 12");

                Audit audit = context.getBean(Audit.class);
                assertThat(audit.entriesOf("run:" + night.run(), 10))
                        .extracting(AuditEntry::action)
                        .containsExactly("run.attest", "robots.ignore");
                assertThat(audit.entriesOf("run:" + night.run(), 10))
                        .extracting(AuditEntry::details)
                        .satisfiesExactly(
                                attestation -> assertThat(attestation).contains("\"despiteRobots\":1"),
                                ignored -> assertThat(ignored)
                                        .contains("\"authority\":\"Legal, order 12\"", "\"owner\":\"brand-team\"")
                                        .contains("\"seed\":\"http://ignored.example/\""));
                assertThat(audit.verify()).isEmpty();
            }
        }
    }

    private Watchlist watchlist(String address) throws Exception {
        Files.writeString(folder.resolve("markwatch.yaml"), """
                demo: true
                rules-from: '%s'
                crawl:
                  delay: 0s
                  allowed-private-ranges: [127.0.0.0/8]
                """.formatted(
                        Path.of("job-config").toAbsolutePath()));
        Files.writeString(folder.resolve("seeds.csv"), """
                url,owner,robots,authority
                http://ignored.example/,brand-team,ignore,"Legal, order 12"
                http://obeyed.example/,brand-team,obey,
                """);
        return WatchlistReader.read(folder)
                .withAddresses(Map.of("ignored.example", address, "obeyed.example", address));
    }
}
