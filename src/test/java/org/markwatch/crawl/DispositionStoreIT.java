package org.markwatch.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.DispositionStore.PageVisit;
import org.markwatch.database.TestDatabase;
import org.markwatch.url.HttpUrl;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The last visit of a page. */
class DispositionStoreIT {
    private static final HttpUrl PAGE = HttpUrl.of("https://shop.example/pay");

    private final PGSimpleDataSource database = TestDatabase.fresh();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final DispositionStore dispositions = new DispositionStore(database);
    private long first;
    private long second;

    @BeforeEach
    void beginRuns() {
        first = run("nightly");
        second = run("nightly");
    }

    @Test
    void findsVisitOfTheRun() {
        visit(first, PAGE.toString(), PAGE.toString(), "fetched", 200);
        visit(second, PAGE.toString(), PAGE.toString(), "not-modified", 304);

        assertThat(dispositions.lastVisit(PAGE, first).orElseThrow().page().status())
                .isEqualTo(200);
        assertThat(dispositions.lastVisit(PAGE, second).orElseThrow().page().status())
                .isEqualTo(304);
    }

    @Test
    void findsVisitOfTheRunBeforeRescan() {
        visit(first, PAGE.toString(), PAGE.toString(), "fetched", 200);

        assertThat(dispositions.lastVisit(PAGE, run("rescan")))
                .get()
                .extracting(PageVisit::run)
                .isEqualTo(first);
    }

    @Test
    void findsVisitByItsFinalUrl() {
        visit(first, "http://short.example/p", PAGE.toString(), "fetched", 200);

        assertThat(dispositions.lastVisit(PAGE, first).orElseThrow().page().url())
                .isEqualTo("http://short.example/p");
    }

    @Test
    void findsNoVisitWithoutTextAndNoneOfLaterRuns() {
        visit(first, PAGE.toString(), PAGE.toString(), "failed", 500);
        visit(second, PAGE.toString(), PAGE.toString(), "fetched", 200);

        assertThat(dispositions.lastVisit(PAGE, first)).isEmpty();
        assertThat(dispositions.lastVisit(HttpUrl.of("https://shop.example/other"), second))
                .isEmpty();
    }

    private long run(String kind) {
        return jdbc.sql("insert into run (started_at, status, ruleset_sha256, kind) values (now(), 'complete', '', ?)"
                        + " returning id")
                .param(kind)
                .query(Long.class)
                .single();
    }

    private void visit(long run, String url, String finalUrl, String disposition, int status) {
        long row = jdbc.sql("""
                        insert into frontier (run_id, url_hash, url, host, seed, depth, priority, done)
                        values (?, ?, ?, 'host', 1, 0, 0, true) returning id
                        """)
                .params(run, Outlinks.DiscoveredUrl.hashOf(url), url)
                .query(Long.class)
                .single();
        jdbc.sql("""
                        insert into page (frontier_id, run_id, url, final_url, host, seed, depth, disposition, status, bytes,
                            fetched_at)
                        values (?, ?, ?, ?, 'host', 1, 0, ?, ?, 0, now())
                        """).params(row, run, url, finalUrl, disposition, status).update();
    }
}
