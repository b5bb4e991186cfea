package org.markwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.markwatch.NightContext;
import org.markwatch.database.TestDatabase;
import org.markwatch.demo.DemoWeb;
import org.markwatch.job.NightlyJob;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistReader;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Why a page of a demo night is in the queue or not, by {@code status --page}. */
class StatusVerbIT {
    private static final String CONFIG = "job-config/demo";
    private static final PGSimpleDataSource DATABASE = TestDatabase.fresh();

    private static ConfigurableApplicationContext context;

    @BeforeAll
    static void runOneNight() throws Exception {
        try (DemoWeb web = DemoWeb.start(Duration.ZERO)) {
            Watchlist watchlist = WatchlistReader.read(Path.of(CONFIG)).withAddresses(web.resolve());
            context = NightContext.start(watchlist, DATABASE);
            context.getBean(NightlyJob.class).run(watchlist, false);
        }
    }

    @AfterAll
    static void close() {
        context.close();
    }

    @Test
    void showsSeedVisitScoreAndItemOfAFlaggedPage() {
        assertThat(status("http://velvet-membership.example/plans.html"))
                .contains("seed     http://velvet-membership.example/")
                .containsPattern("run 1 +fetched at .*, status 200")
                .containsPattern("score    [1-9]\\d* points, flagged")
                .contains("brand:visa@acceptance")
                .containsPattern("item     #\\d+");
    }

    @Test
    void showsThatNoRunHasReachedAPage() {
        assertThat(status("http://velvet-membership.example/never"))
                .contains("visits   none: no run has reached the URL")
                .contains("score    0 points, not flagged")
                .contains("item     none");
    }

    @Test
    void showsThatNoSeedHasAUrlInItsScope() {
        assertThat(status("https://elsewhere.example/")).contains("seed     none has the URL in its scope");
    }

    private static String status(String page) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String url = DATABASE.getUrl() + (DATABASE.getUrl().contains("?") ? "&" : "?") + "user=" + DATABASE.getUser()
                + "&password=" + DATABASE.getPassword();
        int code = Markwatch.execute(
                Markwatch.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)),
                new String[] {"status", "--page", page, "--config", CONFIG, "--db", url});
        assertThat(code).as(err.toString()).isEqualTo(ExitCode.COMPLETE);
        return out.toString();
    }
}
