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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.markwatch.GatedWeb;
import org.markwatch.demo.SyntheticWeb;

class RunMetricsIT {
    private static final int PATIENCE_MILLIS = 120_000;

    @TempDir
    private Path folder;

    @Test
    void answersPrometheusWhileTheRunWorks() throws Exception {
        try (GatedWeb web = new GatedWeb(new SyntheticWeb.Plan(2, 5, 1024, 5));
                PipedReader lines = new PipedReader();
                PrintWriter errors = new PrintWriter(new PipedWriter(lines), true)) {
            web.writeConfig(folder, "", web.web().seeds());
            web.openForPages(3);
            CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> run(errors));
            String address = new BufferedReader(lines).readLine().substring("Metrics: ".length());
            assertThat(web.awaitBlockedRequest(PATIENCE_MILLIS)).isTrue();

            HttpResponse<String> scrape = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());

            assertThat(scrape.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
            assertThat(scrape.body())
                    .contains("markwatch_database_up 1.0", "markwatch_crawl_hosts 2.0", "jvm_memory_used_bytes{");
            web.open();
            assertThat(code.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(ExitCode.COMPLETE);
        }
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
