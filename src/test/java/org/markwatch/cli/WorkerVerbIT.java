package org.markwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.markwatch.GatedWeb;
import org.markwatch.ProgramProcesses;
import org.markwatch.demo.SyntheticWeb;
import org.springframework.jdbc.core.JdbcTemplate;

/** The verb worker on a data folder, beside the run of another process. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class WorkerVerbIT {
    private static final int HOSTS = 4;

    @TempDir
    private Path folder;

    private final GatedWeb web = new GatedWeb(new SyntheticWeb.Plan(HOSTS, 300, 1024, 3));
    private ProgramProcesses processes;

    WorkerVerbIT() throws IOException {}

    @BeforeEach
    void start() {
        processes = new ProgramProcesses(folder);
    }

    @AfterEach
    void end() throws InterruptedException {
        processes.close();
        web.close();
    }

    @Test
    void sharesRunsOfDataFolderUntilItIsStopped() throws Exception {
        web.writeConfigWithIndicators(
                Files.createDirectories(folder.resolve("config")),
                "id,type,pattern,group,weight,scope,state,source,match\n");
        String config = folder.resolve("config").toString();
        processes.complete("run", "--config", config);
        Process worker = processes.start("worker", "--metrics-port", "0");
        processes.await(worker, "it waits for runs", () -> output(worker).contains("Waiting for runs of data folder"));
        String metrics = output(worker).replaceFirst("(?s).*Metrics: (\\S+).*", "$1");
        processes.await(worker, "it waits with a lease", () -> {
            output(worker);
            return get(metrics.replace("prometheus", "health")).contains("\"lease\":{\"status\":\"UP\"}");
        });

        web.openForPages(0);
        Process run = processes.start("run", "--new", "--config", config);
        processes.await(run, "worker and run have half of the partitions each", () -> {
            web.open(); // the requests in flight, so that partitions can be given back
            web.openForPages(0);
            return shares().equals(List.of(2, 2));
        });
        assertThat(get(metrics)).containsPattern("markwatch_crawl_hosts [1-9]");
        web.open();
        assertThat(processes.end(run)).as(processes.output(run)).isZero();
        worker.destroy();

        assertThat(processes.end(worker)).as(output(worker)).isZero();
        assertThat(output(worker)).doesNotContain("failed");
        assertThat(processes.data().resolve("pgdata/postmaster.pid"))
                .as("the last process stops the server")
                .doesNotExist();
    }

    @Test
    void createsNoDatabase() throws Exception {
        Process worker = processes.start("worker");

        assertThat(processes.end(worker)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(output(worker)).contains("has no database");
        assertThat(processes.data()).doesNotExist();
    }

    private static String get(String address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private String output(Process process) throws Exception {
        TimeUnit.MILLISECONDS.sleep(50); // the output has no event
        return processes.output(process);
    }

    /** Returns how many partitions each process has. */
    private List<Integer> shares() {
        return processes.read((JdbcTemplate jdbc) -> jdbc.query("""
                select count(*)::int from crawl_partition p join worker w on w.id = p.worker
                where p.run_id = (select max(id) from run) and not p.done group by w.id""", (row, number) -> row.getInt(1)));
    }
}
