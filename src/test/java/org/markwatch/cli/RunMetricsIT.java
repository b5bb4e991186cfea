package org.markwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.markwatch.GatedWeb;
import org.markwatch.demo.SyntheticWeb;

class RunMetricsIT {
    private static final int PATIENCE_MILLIS = 120_000;
    private static final String INTERVAL = "markwatch.metrics.interval";

    @TempDir
    private Path folder;

    @AfterEach
    void restoreInterval() {
        System.clearProperty(INTERVAL);
    }

    @Test
    void answersPrometheusAndHealthChecksWhileTheRunWorks() throws Exception {
        try (GatedWeb web = new GatedWeb(new SyntheticWeb.Plan(2, 5, 1024, 5));
                PipedReader lines = new PipedReader();
                PrintWriter errors = new PrintWriter(new PipedWriter(lines), true)) {
            web.writeConfigWithIndicators(folder, """
                    id,type,pattern,group,weight,scope,state,source,match
                    trial.article,phrase,Article,voucher,35,heading,live,made up,Article
                    """);
            web.openForPages(3);
            System.setProperty(INTERVAL, "100ms");
            CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> run(errors));
            String address = new BufferedReader(lines).readLine().substring("Metrics: ".length());
            assertThat(web.awaitBlockedRequest(PATIENCE_MILLIS)).isTrue();

            // a reading of the database counts pages before items
            HttpResponse<String> scrape = awaitScrape(
                    address,
                    "markwatch_items_oldest_age_seconds{lane=",
                    "markwatch_run_pages{disposition=\"fetched\"} ");
            assertThat(scrape.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
            assertThat(scrape.body())
                    .contains(
                            "markwatch_database_up 1.0",
                            "markwatch_run_active 1.0",
                            "markwatch_run_pages{disposition=\"fetched\"} ",
                            "markwatch_run_body_bytes ",
                            "markwatch_run_requests ",
                            "markwatch_frontier_urls ",
                            "markwatch_crawl_hosts 2.0",
                            "markwatch_crawl_hosts_due ",
                            "markwatch_workers 1.0",
                            "markwatch_partitions_open 2.0",
                            "markwatch_partitions_claimed 2.0",
                            "markwatch_items_open{lane=",
                            "jvm_memory_used_bytes{")
                    .doesNotContain("markwatch_run_body_bytes 0.0", "markwatch_run_requests 0.0")
                    .containsPattern("markwatch_commit_seconds_count [1-9]")
                    .containsPattern("markwatch_commit_seconds_sum [0-9.E-]*[1-9]")
                    .containsPattern("markwatch_visits_committed_total [1-9]");
            String health = address.replace("prometheus", "health");
            assertThat(get(health).body())
                    .isEqualTo("{\"components\":{\"db\":{\"status\":\"UP\"},\"lease\":{\"status\":\"UP\"},"
                            + "\"work\":{\"status\":\"UP\"}},\"status\":\"UP\"}");
            assertThat(get(health + "/readiness").statusCode()).isEqualTo(200);
            assertThat(get(health + "/liveness").statusCode()).isEqualTo(200);
            assertThat(get(health + "/none").statusCode()).isEqualTo(404);
            web.open();
            assertThat(code.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(ExitCode.COMPLETE);
        }
    }

    private static HttpResponse<String> awaitScrape(String address, String... texts) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        HttpResponse<String> scrape = get(address);
        while (!Stream.of(texts).allMatch(scrape.body()::contains)) {
            assertThat(System.nanoTime()).as(scrape.body()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50); // metrics have no event
            scrape = get(address);
        }
        return scrape;
    }

    private static HttpResponse<String> get(String address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private int run(PrintWriter errors) {
        return Markwatch.execute(
                Markwatch.commandLine()
                        .setOut(new PrintWriter(new StringWriter()))
                        .setErr(errors),
                "run",
                "--metrics-port",
                "0",
                "--config",
                folder.toString(),
                "--data",
                folder.resolve("data").toString());
    }
}
