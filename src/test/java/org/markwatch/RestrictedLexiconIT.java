package org.markwatch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.markwatch.crawl.run.Runs;
import org.markwatch.database.TestDatabase;
import org.markwatch.job.NightlyJob;
import org.markwatch.job.RunOutcome;
import org.markwatch.report.Export;
import org.markwatch.report.Exports;
import org.markwatch.report.Format;
import org.markwatch.watchlist.SealedLexicon;
import org.markwatch.watchlist.Secret;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistReader;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A complete run with a restricted lexicon: its rules match, and no log, export or table contains its patterns or the
 * matched text. The words are neutral.
 */
class RestrictedLexiconIT {
    private static final String KEY = "0123456789abcdef".repeat(4);
    private static final String PAGE = "<title>Blue heron gift cards</title><h1>Blue heron</h1>"
            + "<p>We accept Visa for a blue heron. Gift card payments for blue heron accepted; pay with Bitcoin.</p>"
            + "<p><a href='https://pay.example/'>blue heron</a></p>";

    @TempDir
    private Path folder;

    private final PGSimpleDataSource database = TestDatabase.fresh();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger("org.markwatch");
    private HttpServer web;

    @BeforeEach
    void serve() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            boolean page = exchange.getRequestURI().getPath().equals("/");
            byte[] body = PAGE.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html;charset=utf-8");
            exchange.sendResponseHeaders(page ? 200 : 404, page ? body.length : -1);
            exchange.getResponseBody().write(page ? body : new byte[0]);
            exchange.close();
        });
        web.start();
        log.start();
        root.setLevel(Level.ALL);
        root.addAppender(log);
    }

    @AfterEach
    void stop() {
        web.stop(0);
        root.detachAppender(log);
        root.setLevel(null);
    }

    @Test
    void matchesWithoutDisclosingText() throws Exception {
        Watchlist watchlist = watchlist();
        StringBuilder output = new StringBuilder(watchlist.toString());
        try (ConfigurableApplicationContext context = NightContext.start(watchlist, database)) {
            RunOutcome night = context.getBean(NightlyJob.class).run(watchlist, false);
            assertThat(night.status()).isEqualTo(Runs.Status.COMPLETE);
            Exports exports = context.getBean(Exports.class);
            for (Export export : Export.values()) {
                for (Format format : Format.values()) {
                    exports.write(export, night.run(), format, output);
                }
            }
        }
        assertThat(output).contains("lx.1@1", "lx.2@1", "(not shown)");
        JdbcTemplate jdbc = new JdbcTemplate(database);
        assertThat(jdbc.queryForObject(
                        "select count(*) from finding where flagged and reasons::text like '%lx.1@1%'", Long.class))
                .isOne();
        for (String table : jdbc.queryForList(
                "select table_name from information_schema.tables where table_schema = 'public'", String.class)) {
            jdbc.queryForList("select t::text from \"" + table + "\" t", String.class)
                    .forEach(output::append);
        }
        log.list.forEach(event -> output.append(event.getFormattedMessage())
                .append(
                        event.getThrowableProxy() == null
                                ? ""
                                : event.getThrowableProxy().getMessage()));

        assertThat(output.toString()).doesNotContainIgnoringCase("heron").doesNotContain("her[o]n", KEY);
    }

    private Watchlist watchlist() throws Exception {
        Files.write(
                folder.resolve("lexicon.sealed"),
                SealedLexicon.seal(
                        "lexicon.csv",
                        "id,type,pattern,group,weight,scope,source\n"
                                + "lx.1,phrase,blue heron,crypto,30,text,test\n"
                                + "lx.2,regex,\\bblue her[o]n\\b,voucher,10,heading,test\n",
                        Secret.ofHex(KEY)));
        Files.writeString(folder.resolve("lexicon.key"), KEY);
        Files.writeString(folder.resolve("markwatch.yaml"), """
                demo: true
                rules-from: '%s'
                crawl:
                  delay: 0s
                  allowed-private-ranges: [127.0.0.0/8]
                matching:
                  restricted-lexicon: lexicon.sealed
                  lexicon-key: lexicon.key
                """.formatted(
                        Path.of("job-config").toAbsolutePath()));
        Files.writeString(
                folder.resolve("seeds.csv"),
                "url\nhttp://127.0.0.1:" + web.getAddress().getPort() + "/\n");
        return WatchlistReader.read(folder);
    }
}
