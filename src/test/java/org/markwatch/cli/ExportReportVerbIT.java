package org.markwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.markwatch.NightContext;
import org.markwatch.crawl.run.Runs;
import org.markwatch.database.TestDatabase;
import org.markwatch.report.Reports;
import org.markwatch.watchlist.WatchlistReader;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class ExportReportVerbIT {
    private static final String CONFIG = "job-config/demo";

    @TempDir
    private Path folder;

    private final PGSimpleDataSource database = TestDatabase.fresh();
    private final StringWriter err = new StringWriter();

    @Test
    void recordsTheExportInTheAudit() throws Exception {
        try (ConfigurableApplicationContext context =
                NightContext.start(WatchlistReader.read(Path.of(CONFIG)), database)) {
            Runs runs = context.getBean(Runs.class);
            long run = runs.begin("ab".repeat(32), Instant.EPOCH).id();
            runs.end(run, Runs.Status.COMPLETE, Instant.EPOCH);
            context.getBean(Reports.class).close(run, 0);
        }
        String url = database.getUrl() + (database.getUrl().contains("?") ? "&" : "?") + "user=" + database.getUser()
                + "&password=" + database.getPassword();
        Path file = folder.resolve("report.html");

        int code = Markwatch.execute(
                Markwatch.commandLine().setErr(new PrintWriter(err, true)),
                new String[] {"export", "report", "--out", file.toString(), "--config", CONFIG, "--db", url});

        assertThat(code).as(err.toString()).isEqualTo(ExitCode.COMPLETE);
        assertThat(file).isNotEmptyFile();
        assertThat(JdbcClient.create(database)
                        .sql("select subject from audit where action = 'export'")
                        .query(String.class)
                        .list())
                .containsExactly("export:report");
    }
}
