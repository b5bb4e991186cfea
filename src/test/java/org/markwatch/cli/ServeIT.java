package org.markwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.markwatch.database.TestDatabase;
import org.markwatch.job.WatchlistSource;
import org.postgresql.ds.PGSimpleDataSource;

class ServeIT {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void endsWithoutAnErrorOnSigterm() throws Exception {
        Process serve = start();
        try {
            BufferedReader lines = serve.inputReader();
            assertThat(lines.readLine()).startsWith("Review console: http://127.0.0.1:");
            while (!lines.readLine().startsWith("No run is scheduled")) {
                // printed when the schedule has started
            }

            serve.toHandle().destroy(); // Process.destroy would close its standard output too

            assertThat(serve.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readAllLines(folder.resolve("errors")))
                    .allMatch(line -> line.contains("INFO  ServeVerb: "))
                    .anyMatch(line -> line.endsWith("Stopping event=serve.stop"));
            assertThat(serve.exitValue()).isEqualTo(ExitCode.COMPLETE);
            assertThat(folder.resolve("data/pgdata/postmaster.pid")).doesNotExist();
        } finally {
            serve.destroyForcibly();
        }
    }

    @Test
    void answersHealthAndMetricsOnTheManagementPortOnly() throws Exception {
        Process serve = start();
        try {
            BufferedReader lines = serve.inputReader();
            String console = lines.readLine().replaceFirst(".*: ", "");
            String management = lines.readLine().replaceFirst(".*: (http://127.0.0.1:[0-9]+/).*", "$1");
            while (!lines.readLine().startsWith("No run is scheduled")) {
                // printed when the schedule has started
            }

            assertThat(get(management + "actuator/health/liveness")).startsWith("200 {\"status\":\"UP\"");
            assertThat(get(management + "actuator/health/readiness"))
                    .startsWith("200 ")
                    .contains("\"db\":{\"status\":\"UP\"}", "schedule", "diskSpace");
            assertThat(get(management + "actuator/prometheus"))
                    .startsWith("200 ")
                    .contains(
                            "markwatch_database_up 1.0",
                            "markwatch_run_active 0.0",
                            "markwatch_commit_seconds_count 0");
            for (String other : List.of("env", "heapdump", "beans", "loggers", "metrics", "shutdown")) {
                assertThat(get(management + "actuator/" + other)).startsWith("404");
            }
            assertThat(get(management + "queue")).doesNotStartWith("200");
            assertThat(get(console + "actuator/prometheus")).startsWith("404");
        } finally {
            serve.destroyForcibly().waitFor();
        }
    }

    private static String get(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        }
    }

    @Test
    void sharesItsDatabaseWithOtherVerbs() throws Exception {
        Process serve = start();
        try {
            assertThat(serve.inputReader().readLine()).startsWith("Review console: ");

            assertThat(run("user", "add", "ann", "--role", "supervisor")).isEqualTo(ExitCode.COMPLETE);
            assertThat(run("user", "list")).isEqualTo(ExitCode.COMPLETE);
            assertThat(out.toString()).contains("ann    supervisor     one-time password until");
            assertThat(folder.resolve("data/pgdata/postmaster.pid")).exists();

            serve.toHandle().destroy();
            assertThat(serve.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(folder.resolve("data/pgdata/postmaster.pid")).doesNotExist();
        } finally {
            serve.destroyForcibly();
        }
    }

    @Test
    void reportsPortInUseAndStopsItsDatabase() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int code = Markwatch.execute(
                    Markwatch.commandLine().setErr(new PrintWriter(err, true)),
                    "serve",
                    "--config",
                    config(other.getLocalPort()).toString(),
                    "--data",
                    folder.resolve("data").toString());

            assertThat(code).isEqualTo(ExitCode.FAILED);
            assertThat(err.toString())
                    .startsWith("markwatch: port " + other.getLocalPort() + " is in use")
                    .hasLineCount(1);
        }
        assertThat(folder.resolve("data/pgdata/postmaster.pid")).doesNotExist();
    }

    @Test
    void hasOneSourceOfTheJobConfigForScheduledRuns() throws Exception {
        PGSimpleDataSource database = TestDatabase.fresh();
        Options.Data data = new Options.Data();
        data.db = database.getUrl().replaceFirst("[?].*", "") + "?user=" + database.getUser() + "&password="
                + database.getPassword();
        SharedConfig shared = new SharedConfig(config(0));
        try (Application application = Application.scheduled(data, shared.read(), shared)) {
            assertThat(application.bean(WatchlistSource.class).read().seeds()).hasSize(1);
        }
    }

    @Test
    void namesDatabaseThatRejectsConnection() throws SQLException {
        PGSimpleDataSource database = TestDatabase.fresh();
        String url = database.getUrl().replaceFirst("[?].*", "");
        Map<String, String> right = Map.of(
                "MARKWATCH_DB_USER", "markwatch", "MARKWATCH_DB_PASSWORD", String.valueOf(database.getPassword()));
        Map<String, String> wrong = Map.of("MARKWATCH_DB_USER", "markwatch", "MARKWATCH_DB_PASSWORD", "wrong");

        assertThat(ExternalDatabase.connect(url, right).url()).isEqualTo(url);
        assertThatThrownBy(() -> ExternalDatabase.connect(url, wrong))
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith(url + ": FATAL: password authentication failed");
        assertThatThrownBy(() -> ExternalDatabase.connect(url + "nope", right))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("does not exist");
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.markwatch.cli.Launcher",
                        "serve",
                        "--config",
                        config(0).toString(),
                        "--data",
                        folder.resolve("data").toString())
                .redirectError(folder.resolve("errors").toFile())
                .start();
    }

    /** Executes a verb in this process, with the config and the data folder of the test. */
    private int run(String... verb) throws IOException {
        List<String> words = new ArrayList<>(List.of(verb));
        words.addAll(List.of(
                "--config",
                config(0).toString(),
                "--data",
                folder.resolve("data").toString()));
        return Markwatch.execute(
                Markwatch.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)),
                words.toArray(String[]::new));
    }

    /** Writes a job-config with the console on a port and without schedule. */
    private Path config(int port) throws IOException {
        Path config = Files.createDirectories(folder.resolve("job config"));
        Files.writeString(config.resolve("markwatch.yaml"), """
                demo: true
                rules-from: '%s'
                schedule:
                  cron: ''
                management:
                  port: 0
                review:
                  port: %d
                """.formatted(
                        Path.of("job-config").toAbsolutePath(), port));
        Files.writeString(config.resolve("seeds.csv"), "url\nhttp://shop.example/\n");
        return config;
    }
}
