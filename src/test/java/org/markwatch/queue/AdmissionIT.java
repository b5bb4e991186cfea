package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.markwatch.score.Finding;
import org.markwatch.score.HeldBack;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class AdmissionIT {
    private final QueueFixture fixture = new QueueFixture();

    @Test
    void queuesFlaggedPagesCountsSuppressedOnesAndIgnoresTheRest() {
        Admission admission = fixture.queue.admit(
                1,
                List.of(
                        SampleFindings.flagged("https://a.example/", "x"),
                        SampleFindings.suppressed("https://b.example/"),
                        SampleFindings.quiet("https://c.example/")));

        assertThat(admission).isEqualTo(admission(1, 0, 0, 1, 0));
        assertThat(fixture.all()).singleElement().satisfies(item -> {
            assertThat(item.url()).hasToString("https://a.example/");
            assertThat(item.state()).isEqualTo(ItemState.NEW);
            assertThat(item.queuedAt()).isEqualTo(fixture.clock.instant());
            assertThat(item.brandUses()).contains(new Item.ItemBrandUse("visa", "acceptance"));
            assertThat(item.reasons())
                    .hasSize(4)
                    .extracting(Item.ItemReason::field)
                    .contains("json-ld");
        });
    }

    @Test
    void admitsEachPageOnceWhenInterruptedRunIsRepeated() {
        List<Finding> findings = IntStream.range(0, 450)
                .mapToObj(i -> SampleFindings.flagged("https://a.example/" + i, "x"))
                .toList();
        Iterable<Finding> killed = () -> new Iterator<>() {
            private final Iterator<Finding> all = findings.iterator();
            private int given;

            @Override
            public boolean hasNext() {
                return all.hasNext();
            }

            @Override
            public Finding next() {
                if (given++ == 430) {
                    throw new IllegalStateException("killed");
                }
                return all.next();
            }
        };

        assertThatThrownBy(() -> fixture.queue.admit(1, killed)).hasMessage("killed");
        assertThat(fixture.queue.admissionOf(1).added()).isEqualTo(400);
        assertThat(fixture.queue.admit(1, findings)).isEqualTo(admission(450, 0, 0, 0, 0));
        assertThat(fixture.queue.admit(1, findings)).isEqualTo(admission(450, 0, 0, 0, 0));
        assertThat(fixture.all()).hasSize(450);
    }

    @Test
    void keepsItemDecidedWhileItsEvidenceStaysTheSame() {
        long id = fixture.admitted("https://a.example/", "x");
        fixture.decide(id, DecisionKind.FALSE_POSITIVE);

        assertThat(fixture.queue.admit(2, List.of(SampleFindings.flagged("https://a.example/", "x"))))
                .isEqualTo(admission(0, 0, 1, 0, 0));
        assertThat(fixture.item(id).state()).isEqualTo(ItemState.DECIDED);
        assertThat(fixture.item(id).lastRun()).isEqualTo(2);
    }

    @Test
    void reopensDecidedItemWhenItsEvidenceChangesAndKeepsTheEarlierDecision() {
        long id = fixture.admitted("https://a.example/", "x");
        fixture.decide(id, DecisionKind.FALSE_POSITIVE);
        fixture.clock.advance(Duration.ofDays(1));

        assertThat(fixture.queue.admit(2, List.of(SampleFindings.flagged("https://a.example/", "y"))))
                .isEqualTo(admission(0, 1, 0, 0, 0));
        Item item = fixture.item(id);
        assertThat(item.state()).isEqualTo(ItemState.REOPENED);
        assertThat(item.queuedAt()).isEqualTo(fixture.clock.instant());
        Decision decision = Objects.requireNonNull(item.decision());
        assertThat(decision.kind()).isEqualTo(DecisionKind.FALSE_POSITIVE);
        assertThat(decision.evidenceSha256()).isNotEqualTo(item.evidenceSha256());
        assertThat(fixture.audit.entriesOf("item:" + id, 1))
                .extracting(AuditEntry::action)
                .containsExactly("item.reopen");
    }

    @Test
    void reopensAuthorisedMerchantTheDayAfterTheAuthorisationExpired() {
        long id = fixture.admitted("https://a.example/", "x");
        LocalDate last = LocalDate.parse("2026-03-03");
        for (String reviewer : List.of("ana", "ben")) {
            fixture.claims.claim(id, reviewer);
            fixture.decisions.decide(
                    id,
                    reviewer,
                    LaneAccess.ALL,
                    fixture.request(
                            id,
                            DecisionKind.AUTHORISED_MERCHANT,
                            last,
                            null,
                            fixture.item(id).evidenceSha256()));
        }
        List<Finding> same = List.of(SampleFindings.flagged("https://a.example/", "x"));

        fixture.clock.advance(Duration.ofDays(1));
        assertThat(fixture.queue.admit(2, same).reopened()).isZero();
        fixture.clock.advance(Duration.ofDays(1));
        assertThat(fixture.queue.admit(3, same).reopened()).isEqualTo(1);
    }

    @Test
    void countsOpenItemsThatWaitWithMoreOrFewerPoints() {
        List<String> urls = List.of(
                "https://up.example/", "https://down.example/", "https://graver.example/", "https://same.example/");
        fixture.queue.admit(
                1,
                urls.stream()
                        .map(url -> SampleFindings.flagged(url, "medium", "payment", 42))
                        .toList());

        Admission second = fixture.queue.admit(
                2,
                List.of(
                        SampleFindings.flagged(urls.get(0), "medium", "payment", 50),
                        SampleFindings.flagged(urls.get(1), "medium", "payment", 30),
                        SampleFindings.flagged(urls.get(2), "high", "payment", 30),
                        SampleFindings.flagged(urls.get(3), "medium", "payment", 42)));

        assertThat(second).isEqualTo(new Admission(0, 0, 4, 2, 1, 0, 0, 0));
    }

    @Test
    void updatesEvidenceOfOpenItemWithoutReopeningIt() {
        long id = fixture.admitted("https://a.example/", "x");
        Item before = fixture.item(id);
        fixture.clock.advance(Duration.ofHours(3));

        assertThat(fixture.queue.admit(2, List.of(SampleFindings.flagged("https://a.example/", "y"))))
                .isEqualTo(admission(0, 0, 1, 0, 0));
        assertThat(fixture.item(id).evidenceSha256()).isNotEqualTo(before.evidenceSha256());
        assertThat(fixture.item(id).queuedAt()).isEqualTo(before.queuedAt());
    }

    @Test
    void admitsPageOnceWhenItIsFoundTwiceInARun() {
        Finding finding = SampleFindings.flagged("https://a.example/", "x");

        assertThat(fixture.queue.admit(1, List.of(finding, finding))).isEqualTo(admission(1, 0, 0, 0, 0));
    }

    @Test
    void admitsFindingsFromStream() {
        Stream<Finding> findings = Stream.of(SampleFindings.flagged("https://a.example/", "x"));

        assertThat(fixture.queue.admit(1, findings::iterator).added()).isEqualTo(1);
    }

    @Test
    void replacesCharactersThatTheDatabaseCannotStore() {
        Finding sample = SampleFindings.flagged("https://a.example/", "x");
        Finding broken = new Finding(
                sample.url(),
                "a\u0000b\uD83D",
                "",
                1,
                "low",
                "other",
                true,
                "",
                sample.brandUses(),
                sample.reasons(),
                List.of(),
                "0",
                "1");

        fixture.queue.admit(1, List.of(broken));

        assertThat(fixture.all()).singleElement().extracting(Item::title).isEqualTo("a\uFFFDb\uFFFD");
    }

    @Test
    void leavesTheAuditToReviewersWhileItWaitsForAnItem() throws Exception {
        List<String> urls =
                IntStream.range(0, 201).mapToObj(i -> "https://a.example/" + i).toList();
        fixture.queue.admit(
                1, urls.stream().map(url -> SampleFindings.flagged(url, "x")).toList());
        fixture.decide(itemOf(urls.getFirst()), DecisionKind.FALSE_POSITIVE);
        TransactionTemplate reviewer = new TransactionTemplate(new JdbcTransactionManager(fixture.database));
        CountDownLatch secondBatch = new CountDownLatch(2);
        try (ExecutorService night = Executors.newSingleThreadExecutor()) {
            Future<Admission> admission = reviewer.execute(status -> {
                JdbcClient.create(fixture.database)
                        .sql("select id from item where url = ? for update")
                        .param(urls.getLast())
                        .query(Long.class)
                        .single();
                Future<Admission> started = night.submit(() -> fixture.queue.admit(
                        2,
                        urls.stream()
                                .map(url -> SampleFindings.flagged(url, "y"))
                                .toList(),
                        secondBatch::countDown));
                try {
                    assertThat(secondBatch.await(30, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                // the first batch has re-opened an item; its entry in the audit is committed, and the audit is free
                fixture.audit.append("ana", "item.reveal", "item:1", Map.of());
                return started;
            });
            assertThat(admission.get(30, TimeUnit.SECONDS)).isEqualTo(admission(0, 1, 200, 0, 0));
        }
        assertThat(fixture.audit.verify()).isEmpty();
    }

    private long itemOf(String url) {
        return fixture.all().stream()
                .filter(item -> item.url().toString().equals(url))
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Test
    void refusesToJoinATransaction() {
        TransactionTemplate caller = new TransactionTemplate(new JdbcTransactionManager(fixture.database));

        assertThatThrownBy(() -> caller.executeWithoutResult(
                        status -> fixture.queue.admit(1, List.of(SampleFindings.flagged("https://a.example/", "x")))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("without a transaction");
    }

    @Test
    void refusesSeverityThatThePolicyDoesNotHave() {
        assertThatThrownBy(() -> fixture.queue.admit(
                        1, List.of(SampleFindings.flagged("https://a.example/", "urgent", "other", 5))))
                .hasMessageContaining("severity=urgent; the bands of the policy are [low, medium, high]");
    }

    @Test
    void queuesHeldBackPagesAsSampleOnce() {
        ReviewQueue everyPage = sampling(1);
        List<Finding> findings =
                List.of(SampleFindings.quiet("https://a.example/"), SampleFindings.suppressed("https://own.example/"));

        assertThat(everyPage.admit(1, findings)).isEqualTo(admission(0, 0, 0, 1, 1));
        assertThat(everyPage.admit(2, findings)).isEqualTo(admission(0, 0, 1, 1, 0));
        assertThat(fixture.all()).singleElement().satisfies(item -> {
            assertThat(item.lane()).isEqualTo("sample");
            assertThat(item.severity()).isEqualTo("none");
            assertThat(item.lastRun()).isEqualTo(2);
        });
    }

    @Test
    void leavesFlaggedAndDecidedItemsAloneWhenTheirPageIsHeldBack() {
        long open = fixture.admitted("https://open.example/", "x");
        long decided = fixture.admitted("https://decided.example/", "x");
        fixture.decide(decided, DecisionKind.FALSE_POSITIVE);
        Item before = fixture.item(open);

        assertThat(sampling(1)
                        .admit(
                                2,
                                List.of(
                                        SampleFindings.quiet("https://open.example/"),
                                        SampleFindings.quiet("https://decided.example/"))))
                .isEqualTo(admission(0, 0, 0, 0, 0));
        assertThat(fixture.item(open)).isEqualTo(before);
        assertThat(fixture.item(decided).state()).isEqualTo(ItemState.DECIDED);
    }

    @Test
    void movesSampledPageToItsLaneWhenTheRulesFlagIt() {
        sampling(1).admit(1, List.of(SampleFindings.quiet("https://a.example/")));

        fixture.queue.admit(2, List.of(SampleFindings.flagged("https://a.example/", "a")));

        assertThat(fixture.all()).singleElement().satisfies(item -> {
            assertThat(item.lane()).isEqualTo("payment");
            assertThat(item.severity()).isEqualTo("medium");
        });
        assertThat(fixture.heldBack.sampleResult(LaneAccess.ALL).sampled()).isEqualTo(1);
    }

    @Test
    void samplesTheSamePagesAllMonthAndOthersInTheNext() {
        List<Finding> findings = IntStream.range(0, 1000)
                .mapToObj(i -> SampleFindings.quiet("https://a.example/" + i))
                .toList();
        fixture.clock.advance(Duration.between(fixture.clock.instant(), Instant.parse("2026-03-01T00:00:00Z")));
        long first = sampling(50).admit(1, findings).sampled();
        fixture.clock.advance(Duration.between(fixture.clock.instant(), Instant.parse("2026-03-31T23:59:59Z")));
        long later = sampling(50).admit(2, findings).sampled();
        fixture.clock.advance(Duration.between(fixture.clock.instant(), Instant.parse("2026-04-01T00:00:00Z")));
        long nextMonth = sampling(50).admit(3, findings).sampled();

        assertThat(first).isBetween(3L, 50L);
        assertThat(later).isZero();
        assertThat(nextMonth).isBetween(3L, 50L);
    }

    @Test
    void samplesOtherPagesUnderTheKeyOfAnotherDatabase() {
        List<Finding> findings = IntStream.range(0, 1000)
                .mapToObj(i -> SampleFindings.quiet("https://a.example/" + i))
                .toList();
        QueueFixture other = new QueueFixture();
        JdbcClient.create(other.database)
                .sql("update sample_key set key = sha256('another')")
                .update();
        sampling(50).admit(1, findings);
        new ReviewQueue(
                        other.database,
                        other.audit,
                        new QueuePolicy(List.of("low"), QueueFixture.LEASE, 50),
                        other.clock)
                .admit(1, findings);

        assertThat(other.all())
                .extracting(Item::url)
                .isNotEmpty()
                .isNotEqualTo(fixture.all().stream().map(Item::url).toList());
    }

    @Test
    void samplesNothingAtZero() {
        assertThat(sampling(0)
                        .admit(1, List.of(SampleFindings.quiet("https://a.example/")))
                        .sampled())
                .isZero();
    }

    @Test
    void measuresMissesByConclusiveDecisionsOnTheSample() {
        sampling(1)
                .admit(
                        1,
                        Stream.of("a", "b", "c", "d", "e")
                                .map(host -> SampleFindings.quiet("https://" + host + ".example/"))
                                .toList());
        List<Long> ids = fixture.all().stream().map(Item::id).toList();
        fixture.decideAs(ids.get(0), DecisionKind.ACCEPTANCE_SUSPECTED, "low");
        fixture.decideAs(ids.get(1), DecisionKind.FALSE_POSITIVE, "low");
        fixture.decideAs(ids.get(2), DecisionKind.FALSE_POSITIVE, "low");
        fixture.decideAs(ids.get(3), DecisionKind.UNDETERMINED, "low");

        SampleResult result = fixture.heldBack.sampleResult(LaneAccess.ALL);
        assertThat(result.sampled()).isEqualTo(5);
        assertThat(result.decided()).isEqualTo(3);
        assertThat(result.hits()).isEqualTo(1);
        assertThat(result.low()).isBetween(0.05, 0.07);
        assertThat(result.high()).isBetween(0.78, 0.80);

        fixture.clock.advance(HeldBackPages.PERIOD.plusSeconds(1));
        assertThat(fixture.heldBack.sampleResult(LaneAccess.ALL).sampled()).isZero();
    }

    @Test
    void carriesCountsOfHeldBackPagesFromRunToRun() {
        fixture.heldBack.store(1, 0, Map.of(HeldBack.POINTS, 510L, HeldBack.SUPPRESSED, 1L));
        fixture.heldBack.store(2, 1, Map.of(HeldBack.POINTS, -10L, HeldBack.MENTION, 3L, HeldBack.SUPPRESSED, -1L));
        fixture.heldBack.store(2, 1, Map.of(HeldBack.POINTS, -10L, HeldBack.MENTION, 3L, HeldBack.SUPPRESSED, -1L));

        assertThat(fixture.heldBack.counts(1)).containsExactly(entry("points", 510L), entry("suppressed", 1L));
        assertThat(fixture.heldBack.counts(2)).containsExactly(entry("points", 500L), entry("mention", 3L));
        assertThat(fixture.heldBack.lastRun()).isEqualTo(2);
    }

    private static Admission admission(long added, long reopened, long unchanged, long suppressed, long sampled) {
        return new Admission(added, reopened, unchanged, 0, 0, 0, suppressed, sampled);
    }

    private ReviewQueue sampling(int oneIn) {
        return new ReviewQueue(
                fixture.database,
                fixture.audit,
                new QueuePolicy(fixture.policy.severities(), QueueFixture.LEASE, oneIn),
                fixture.clock);
    }
}
