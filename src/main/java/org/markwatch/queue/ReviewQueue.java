package org.markwatch.queue;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.score.Finding;
import org.markwatch.score.HeldBack;
import org.markwatch.url.HttpUrl;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Admits the findings of a run to the queue.
 *
 * <p>Each page has at most one item. An item becomes open when the page is found for the first time, when the
 * evidence of a decided page differs from the evidence of the decision, when the authorisation of the decision
 * has expired, and when the page of a closed item is flagged again. What counts as other evidence is defined by {@link Finding#evidenceSha256} in the package {@code
 * score}.
 */
public final class ReviewQueue {
    private static final int BATCH = 200;
    /** Most rows of {@code admission} in one statement that deletes them. */
    private static final int MOST_ADMISSIONS = 10_000;

    /** SQL: state of an item that opens again. Only one that was decided before is re-opened in the sense of its name. */
    static final String STATE_WHEN_OPENED = "case when decision_id is null then 'new' else 'reopened' end";

    private final JdbcClient jdbc;
    private final AdmittedItems admitted;
    private final ClusterMembers members;
    private final ClusterLanes lanes;
    private final TransactionTemplate transaction;
    private final Audit audit;
    private final QueuePolicy policy;
    private final Clock clock;

    public ReviewQueue(DataSource dataSource, Audit audit, QueuePolicy policy, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.members = new ClusterMembers(jdbc);
        this.lanes = new ClusterLanes(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.audit = audit;
        this.policy = policy;
        this.admitted = new AdmittedItems(dataSource, policy);
        this.clock = clock;
    }

    /**
     * Queues flagged findings and the sample of held-back ones, and counts suppressed ones; ignores all others. Handles
     * each page once per run, so that it can be called again for an interrupted run.
     *
     * <p>Works in batches of {@value #BATCH} with a transaction each. It locks the items of a batch in the order of
     * their ids and the row of {@code audit_head} last, as reviewers' transactions do, so none waits for another in a
     * circle.
     *
     * @param runId    the run that made the findings
     * @param findings read once, in any order
     * @param guard    called at the start of each transaction; throws if the caller may no longer write for the run
     * @return the counts of the whole run so far
     * @throws IllegalArgumentException if a finding has a severity that the policy does not have
     * @throws IllegalStateException    if the calling thread has a transaction
     */
    public Admission admit(long runId, Iterable<Finding> findings, Runnable guard) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("admit commits each batch; call it without a transaction");
        }
        Sample sample = sample();
        Map<String, Finding> batch = new LinkedHashMap<>();
        for (Finding finding : findings) {
            if (finding.flagged() || !finding.suppressed().isEmpty() || isSampled(sample, finding)) {
                batch.putIfAbsent(Sha256.of(finding.url().toString()), finding);
            }
            if (batch.size() == BATCH) {
                admitBatch(runId, batch, guard);
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            admitBatch(runId, batch, guard);
        }
        lanes.refresh(Integer.MAX_VALUE);
        return admissionOf(runId);
    }

    /** Admits findings as {@link #admit(long, Iterable, Runnable)} does, without a guard. */
    public Admission admit(long runId, Iterable<Finding> findings) {
        return admit(runId, findings, () -> {});
    }

    private static boolean isSampled(Sample sample, Finding finding) {
        return HeldBack.of(finding).isPresent() && sample.includes(finding.url());
    }

    /** Returns how many pages of a run have had which effect on the queue so far. */
    public Admission admissionOf(long runId) {
        return admissionOf("from admission i where i.run_id = :run", Map.of("run", runId));
    }

    /**
     * Returns the same of pages whose item is in a lane that is not hidden. Suppressed pages have no item. Knows the latest
     * run only; see {@link #forgetAdmissionsBefore}.
     */
    public Admission admissionOf(long runId, LaneAccess access) {
        Map<String, Object> values = new HashMap<>(Map.of("run", runId));
        return admissionOf(
                "from admission a join item i on i.url_sha256 = a.url_sha256 and i.dealt_to is null where a.run_id = :run and "
                        + access.condition(values),
                values);
    }

    /** Returns the pages, by the SHA-256 of their URL, whose item people moved to one of these lanes. */
    public Set<String> movedInto(Set<String> lanes) {
        return jdbc.sql("select url_sha256 from item where lane_kept and lane = any(?) and dealt_to is null")
                .param(lanes.toArray(String[]::new))
                .query((row, number) -> row.getString("url_sha256"))
                .set();
    }

    private Admission admissionOf(String rows, Map<String, ?> values) {
        return jdbc.sql("""
                        select count(*) filter (where outcome = 'new') as added,
                               count(*) filter (where outcome = 'reopened') as reopened,
                               count(*) filter (where outcome in ('unchanged', 'raised', 'lowered')) as unchanged,
                               count(*) filter (where outcome = 'raised') as raised,
                               count(*) filter (where outcome = 'lowered') as lowered,
                               count(*) filter (where outcome = 'dropped') as dropped,
                               count(*) filter (where outcome = 'suppressed') as suppressed,
                               count(*) filter (where outcome = 'sampled') as sampled
                        """ + rows).params(values).query(Admission.class).single();
    }

    /**
     * Deletes what runs before this one did with their findings, in batches. Only a run that may still be resumed needs
     * it; the summary of a run keeps the counts.
     */
    public void forgetAdmissionsBefore(long run) {
        String batch = "delete from admission where ctid = any (array("
                + "select ctid from admission where run_id < ? limit " + MOST_ADMISSIONS + "))";
        while (jdbc.sql(batch).param(run).update() == MOST_ADMISSIONS) {
            // each statement is a transaction of its own
        }
    }

    /** Returns the sample of this month. */
    public Sample sample() {
        return Sample.of(jdbc, policy.sampleOneIn(), clock);
    }

    /** Records that a run has drawn from all held-back pages. */
    public void recordDraw(Sample sample) {
        jdbc.sql("update sample_key set drawn = ?").param(sample.name()).update();
    }

    /** Returns the URLs of all pages that have an item, decided or not. */
    public Set<HttpUrl> itemUrls() {
        return jdbc.sql("select url from item where purged_at is null")
                .query((row, number) -> HttpUrl.of(row.getString(1)))
                .set();
    }

    /** Returns the URLs of decided items whose authorisation has expired. */
    public List<HttpUrl> expiredAuthorisations() {
        return jdbc.sql("""
                        select i.url from item i join decision d on d.id = i.decision_id
                        where i.state = 'decided' and d.valid_until < ? order by i.id""")
                .param(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .query((row, number) -> HttpUrl.of(row.getString(1)))
                .list();
    }

    private void admitBatch(long runId, Map<String, Finding> findings, Runnable guard) {
        transaction.executeWithoutResult(status -> {
            guard.run();
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            String[] keys = findings.keySet().toArray(String[]::new);
            Set<String> done =
                    new HashSet<>(jdbc.sql("select url_sha256 from admission where run_id = ? and url_sha256 = any(?)")
                            .params(runId, keys)
                            .query(String.class)
                            .list());
            Map<String, ExistingItem> existing = lockItems(keys);
            List<Reopening> reopened = new ArrayList<>();
            List<Map<String, @Nullable Object>> added = new ArrayList<>();
            Map<String, AdmissionOutcome> outcomes = new LinkedHashMap<>();
            Map<String, Finding> open = new LinkedHashMap<>(findings);
            open.keySet().removeAll(done);
            open.values().removeIf(finding -> !finding.suppressed().isEmpty());
            ClusterMembers.PageClusters clusters = members.clustersOf(open);
            findings.forEach((key, finding) -> {
                if (done.contains(key)) {
                    return;
                }
                ExistingItem item = existing.get(key);
                boolean heldBack = !finding.flagged() && finding.suppressed().isEmpty();
                if (heldBack && item != null && !item.isOpenSample() && item.state() != ItemState.CLOSED) {
                    // what is held back changes no item that a run flagged or a reviewer decided
                    return;
                }
                AdmissionOutcome outcome = outcome(finding, item, now);
                if (outcome != AdmissionOutcome.SUPPRESSED) {
                    if (item == null) {
                        added.add(admitted.newItem(runId, key, finding, clusters.template(key), now));
                    } else {
                        boolean opens = outcome == AdmissionOutcome.REOPENED || outcome == AdmissionOutcome.SAMPLED;
                        admitted.update(runId, item, finding, clusters.template(key), opens, now);
                        if (opens) {
                            reopened.add(new Reopening(item, finding));
                        }
                    }
                }
                outcomes.put(key, outcome);
            });
            admitted.insert(added);
            members.replace(clusters, outcomes.keySet());
            record(runId, outcomes);
            // last, because every other writer of the audit waits for the commit
            audit.appendAll(
                    Audit.SYSTEM,
                    reopened.stream().map(reopening -> reopening.event(runId)).toList());
        });
    }

    /**
     * Returns the items of these pages, locked in the order of their ids to avoid deadlocks between writers. {@code for
     * no key update} does not wait for a decision that names one of them as the original of a duplicate.
     */
    private Map<String, ExistingItem> lockItems(String[] keys) {
        return jdbc.sql("""
                        select i.id, i.url_sha256, i.state, i.lane, i.score, i.precedence, i.evidence_sha256, i.decision_id, i.benign_at, d.valid_until, d.verdict,
                               i.reviewed_by <> '{}' as in_review
                          from item i left join decision d on d.id = i.decision_id
                         where i.url_sha256 = any(?) order by i.id for no key update of i
                        """).param(keys).query(ExistingItem::of).list().stream()
                .collect(Collectors.toMap(ExistingItem::key, Function.identity()));
    }

    private AdmissionOutcome outcome(Finding finding, @Nullable ExistingItem item, Instant now) {
        if (!finding.suppressed().isEmpty()) {
            return AdmissionOutcome.SUPPRESSED;
        }
        if (item == null) {
            return finding.flagged() ? AdmissionOutcome.NEW : AdmissionOutcome.SAMPLED;
        }
        return switch (item.state()) {
            case CLOSED -> finding.flagged() ? AdmissionOutcome.REOPENED : AdmissionOutcome.SAMPLED;
            case DECIDED ->
                !item.evidenceSha256().equals(finding.evidenceSha256())
                                || item.isAuthorisationExpired(now)
                                || item.returns(finding)
                        ? AdmissionOutcome.REOPENED
                        : AdmissionOutcome.UNCHANGED;
            case NEW, REOPENED -> {
                if (item.inReview() && !item.evidenceSha256().equals(finding.evidenceSha256())) {
                    yield AdmissionOutcome.REOPENED;
                }
                int rank = Integer.compare(item.precedence(), policy.severityRank(finding.severity()));
                int change = rank == 0 ? Integer.compare(finding.score(), item.score()) : rank;
                yield change == 0
                        ? AdmissionOutcome.UNCHANGED
                        : change > 0 ? AdmissionOutcome.RAISED : AdmissionOutcome.LOWERED;
            }
        };
    }

    private void record(long runId, Map<String, AdmissionOutcome> outcomes) {
        jdbc.sql("insert into admission (run_id, url_sha256, outcome)"
                        + " select ?, key, outcome from unnest(?, ?) as done (key, outcome)")
                .params(
                        runId,
                        outcomes.keySet().toArray(String[]::new),
                        outcomes.values().stream()
                                .map(outcome -> outcome.name().toLowerCase(Locale.ROOT))
                                .toArray(String[]::new))
                .update();
    }

    private enum AdmissionOutcome {
        NEW,
        REOPENED,
        UNCHANGED,
        RAISED,
        LOWERED,
        SUPPRESSED,
        SAMPLED
    }

    private record Reopening(ExistingItem item, Finding finding) {
        Audit.Event event(long runId) {
            return new Audit.Event(
                    "item.reopen",
                    "item:" + item.id(),
                    Map.of("run", runId, "why", why(), "evidence", finding.evidenceSha256()));
        }

        private String why() {
            if (item.state() == ItemState.CLOSED) {
                return finding.flagged() ? "a rule supports it again" : "chosen for the sample";
            }
            if (item.returns(finding)) {
                return "flagged again after it was benign on direct fetch";
            }
            return item.evidenceSha256().equals(finding.evidenceSha256())
                    ? "authorisation expired"
                    : "evidence changed";
        }
    }
}
