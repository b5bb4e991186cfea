package org.markwatch.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.markwatch.database.TestDatabase;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Timeout(60)
class CrawlIT {
    private final DataSource database = TestDatabase.fresh();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    private final Runs runs = new Runs(database);
    private final Runs.Run run = runs.begin("0".repeat(64), Instant.EPOCH);
    private final TestWeb web = new TestWeb();

    @AfterEach
    void closeWeb() {
        web.close();
    }

    @Test
    void visitsEveryLinkedPageOnce() throws Exception {
        web.page("/", "<a href=\"/a\"> <a href=\"/b#x\"> <a href=\"./a\"> <img src=x.png>")
                .page("/a", "<a href=\"/\"> <a href=\"/b\"> <a href=\"/missing\">")
                .page("/b", "<a href=\"/picture.jpg\"> <a href=\"https://elsewhere.example/\">");
        try (Crawl<String> crawl = Crawling.open(database, run, Crawling.seed(web.url("/"), 5, 100))) {
            crawlAll(crawl);
        }
        assertThat(web.asked()).containsExactlyInAnyOrder("/robots.txt", "/", "/a", "/b", "/missing");
        assertThat(dispositions())
                .isEqualTo(Map.of(
                        web.url("/").toString(), "fetched",
                        web.url("/a").toString(), "fetched",
                        web.url("/b").toString(), "fetched",
                        web.url("/missing").toString(), "failed",
                        web.url("/picture.jpg").toString(), "refused"));
        Runs.Counts counts = runs.counts(run.id());
        assertThat(counts.requests()).isEqualTo(Map.of("page", 4L, "robots", 1L));
        assertThat(counts.refused()).isEqualTo(Map.of(Fetch.Kind.IMAGE, 1L));
        assertThat(counts.references()).isEqualTo(Map.of("IMAGE", 1L));
        assertThat(counts.skipped()).isEqualTo(Map.of("scope", 1L));
    }

    private List<Visit<String>> crawlAll(Crawl<String> crawl) throws InterruptedException {
        List<Visit<String>> all = new ArrayList<>();
        for (List<Visit<String>> batch = take(crawl); !batch.isEmpty(); batch = take(crawl)) {
            List<Visit<String>> visits = batch;
            transaction.executeWithoutResult(status -> crawl.commit(visits));
            all.addAll(visits);
        }
        return all;
    }

    private static List<Visit<String>> take(Crawl<String> crawl) throws InterruptedException {
        return crawl.take(10, Duration.ofMillis(20));
    }

    private Map<String, String> dispositions() {
        Map<String, String> dispositions = new java.util.TreeMap<>();
        jdbc.query(
                "select url, disposition from page where run_id = ?",
                row -> {
                    dispositions.put(row.getString(1), row.getString(2));
                },
                run.id());
        return dispositions;
    }
}
