package org.markwatch.notify;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.markwatch.ClosedPort;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.store.DispositionStore;
import org.markwatch.database.TestDatabase;
import org.markwatch.match.Match;
import org.markwatch.queue.Audit;
import org.markwatch.queue.Decisions;
import org.markwatch.queue.HeldBackPages;
import org.markwatch.queue.ItemTrends;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.QueuePolicy;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.SampleFindings;
import org.markwatch.queue.SettableClock;
import org.markwatch.report.Exports;
import org.markwatch.report.HostFailures;
import org.markwatch.report.Reports;
import org.markwatch.report.RunReport;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingStore;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.MailEncryption;
import org.markwatch.watchlist.Secret;
import org.markwatch.watchlist.Settings.NoticeSettings;

class RunNoticesIT {
    private static final Secret KEY = Secret.ofHex("0f".repeat(32));

    private final DataSource database = TestDatabase.fresh();
    private final SettableClock clock = new SettableClock();
    private final QueuePolicy policy = new QueuePolicy(List.of("low", "high"), Duration.ofMinutes(15), 0);
    private final Runs runs = new Runs(database);
    private final Audit audit = new Audit(database, clock);
    private final FindingStore findings = new FindingStore(database);
    private final ReviewQueue queue = new ReviewQueue(database, audit, policy, clock);
    private final ItemTrends trends = new ItemTrends(database, List.of());
    private final Reports reports =
            new Reports(database, runs, findings, queue, new HeldBackPages(database, clock), audit, clock);
    private final RunReport report = new RunReport(
            reports,
            new HostFailures(database),
            new Exports(
                    runs,
                    new DispositionStore(database),
                    findings,
                    new Items(database, clock),
                    new Decisions(database, audit, policy, clock),
                    audit,
                    List.of()),
            trends,
            () -> new LaneAccess(Set.of("child-safety")));
    private final List<Duration> waits = new ArrayList<>();
    private final RunNotices notices = new RunNotices(report, clock, waits::add);
    private final WireMockServer receiver =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private long run;

    @BeforeEach
    void endARun() {
        receiver.start();
        mail.start();
        run = runs.begin("ab".repeat(32), clock.instant()).id();
        clock.advance(Duration.ofMinutes(5));
        runs.end(run, Runs.Status.COMPLETE, clock.instant());
        reports.close(run, 1);
    }

    @AfterEach
    void stop() {
        receiver.stop();
        mail.stop();
    }

    @Test
    void postsTheSignedSummary() throws Exception {
        receiver.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(204)));

        notices.send(webhook(receiver.port()), run);

        LoggedRequest request =
                receiver.findAll(postRequestedFor(urlEqualTo("/hook"))).getFirst();
        assertThat(request.getBodyAsString())
                .isEqualTo(reports.find(run).orElseThrow().toJson());
        String timestamp = request.getHeader(Webhook.TIMESTAMP);
        assertThat(timestamp).isEqualTo(Long.toString(clock.instant().getEpochSecond()));
        Mac mac = KEY.mac();
        mac.update((timestamp + "." + request.getBodyAsString()).getBytes(StandardCharsets.UTF_8));
        assertThat(request.getHeader(Webhook.SIGNATURE))
                .isEqualTo("sha256=" + HexFormat.of().formatHex(mac.doFinal()));
    }

    @Test
    void triesAgainWhatMayBeOverAndGivesUpWhatIsRefusedForGood() {
        receiver.stubFor(post(anyUrl())
                .inScenario("trouble")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(aResponse().withStatus(503))
                .willSetStateTo("over"));
        receiver.stubFor(post(anyUrl())
                .inScenario("trouble")
                .whenScenarioStateIs("over")
                .willReturn(aResponse().withStatus(200)));
        notices.send(webhook(receiver.port()), run);
        assertThat(receiver.findAll(postRequestedFor(anyUrl()))).hasSize(2);
        assertThat(waits).containsExactly(Duration.ofSeconds(1));

        receiver.resetAll();
        waits.clear();
        receiver.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(302).withHeader("Location", "/other")));
        notices.send(webhook(receiver.port()), run);
        assertThat(receiver.findAll(postRequestedFor(anyUrl()))).hasSize(1);
        assertThat(waits).isEmpty();
    }

    @Test
    void failsNothingWhenNobodyAnswers() {
        try (ClosedPort closed = new ClosedPort()) {
            notices.send(webhook(closed.number()), run);
        }

        assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(4));
    }

    @Test
    void mailsTheSummaryWithTheReport() throws Exception {
        NoticeSettings settings = new NoticeSettings(
                "",
                "",
                null,
                List.of("ops@bank.example", "team@bank.example"),
                "markwatch@bank.example",
                "127.0.0.1",
                mail.getSmtp().getPort(),
                MailEncryption.NONE,
                "");

        notices.send(settings, run);

        MimeMessage[] received = mail.getReceivedMessages();
        assertThat(received).hasSize(2);
        assertThat(received[0].getSubject()).isEqualTo("markwatch: run " + run + " complete, 0 new items");
        assertThat(GreenMailUtil.getWholeMessage(received[0]))
                .contains("Run " + run + " complete", "filename=run-" + run + ".html");
    }

    @Test
    void tellsNothingOfARestrictedLane() throws Exception {
        receiver.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(204)));
        find("https://shop.example/", "payment", "observed.shop@1");
        String before = noticesOfTheRun();

        find("https://kept-apart.example/", "child-safety", "observed.apart@1");

        assertThat(reports.find(run).orElseThrow().items().added()).isEqualTo(2);
        assertThat(noticesOfTheRun())
                .isEqualTo(before)
                .contains("1 new", "\"new\" : 1", "\"matches\" : 1", "observed.shop@1 1");
    }

    private void find(String url, String lane, String backgroundIndicator) {
        Finding found = SampleFindings.flagged(url, "high", lane, 90);
        Match match = new Match(
                backgroundIndicator, Match.Kind.INDICATOR, null, "checkout", 0, Field.TEXT, 0, 3, "buy", "buy", 0);
        Finding matched = new Finding(
                found.url(),
                found.title(),
                found.language(),
                found.score(),
                found.severity(),
                found.lane(),
                found.flagged(),
                found.suppressed(),
                found.brandUses(),
                found.reasons(),
                List.of(match),
                found.rulesetSha256(),
                found.evidenceSha256());
        findings.save(run, List.of(matched));
        queue.admit(run, List.of(matched));
        trends.record(run);
        reports.close(run, 1);
    }

    /** Returns the texts of the webhook and of the mail with its report, without the place of the attestation and the heap. */
    private String noticesOfTheRun() throws Exception {
        NoticeSettings settings = new NoticeSettings(
                "http://127.0.0.1:" + receiver.port() + "/hook",
                "",
                KEY,
                List.of("ops@bank.example"),
                "markwatch@bank.example",
                "127.0.0.1",
                mail.getSmtp().getPort(),
                MailEncryption.NONE,
                "");
        notices.send(settings, run);
        MimeMessage received = mail.getReceivedMessages()[mail.getReceivedMessages().length - 1];
        MimeMultipart parts = (MimeMultipart) received.getContent();
        String json = receiver.findAll(postRequestedFor(urlEqualTo("/hook")))
                .getLast()
                .getBodyAsString();
        String text =
                GreenMailUtil.getBody(((MimeMultipart) parts.getBodyPart(0).getContent()).getBodyPart(0));
        String report = new String(parts.getBodyPart(1).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return String.join("\n", json, received.getSubject(), text, report)
                .replaceAll("Audit entry \\d+, SHA-256 <code>[0-9a-f]+", "")
                .replaceAll("\"peakHeapMb\" : \\d+|heap +at most \\d+", "");
    }

    @Test
    void mailsEvenIfTheWebhookCannotBeCalled() {
        notices.send(
                new NoticeSettings(
                        "http://alert_receiver/hook",
                        "",
                        KEY,
                        List.of("ops@bank.example"),
                        "markwatch@bank.example",
                        "127.0.0.1",
                        mail.getSmtp().getPort(),
                        MailEncryption.NONE,
                        ""),
                run);

        assertThat(mail.getReceivedMessages()).hasSize(1);
        assertThat(waits).as("nothing that another attempt would change").isEmpty();
    }

    @Test
    void endsWhenTheProcessStopsThoughTheMailServerIsSilent() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            NoticeSettings settings = new NoticeSettings(
                    "",
                    "",
                    null,
                    List.of("ops@bank.example"),
                    "markwatch@bank.example",
                    "127.0.0.1",
                    silent.getLocalPort(),
                    MailEncryption.NONE,
                    "");
            Thread sender = Thread.ofPlatform().start(() -> notices.send(settings, run));
            silent.accept();

            sender.interrupt();

            assertThat(sender.join(Duration.ofSeconds(5))).isTrue();
        }
    }

    private static NoticeSettings webhook(int port) {
        return new NoticeSettings(
                "http://127.0.0.1:" + port + "/hook", "", KEY, List.of(), "", "", 587, MailEncryption.STARTTLS, "");
    }
}
