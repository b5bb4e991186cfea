package org.markwatch.report;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.store.HostRefusals;
import org.markwatch.queue.Admission;
import org.markwatch.queue.Audit;
import org.markwatch.queue.HeldBackPages;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.SampleResult;
import org.markwatch.queue.ScreenQueries;
import org.markwatch.score.FindingStore;
import org.markwatch.score.HiddenFindings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Stores the summaries of runs (table {@code run_summary}) and writes their attestations to the audit. Thread-safe. */
public final class Reports {
    /** Audit action of an attestation; its subject is {@code run:ID}. */
    static final String ATTEST = "run.attest";

    private final JdbcClient jdbc;
    /** For queries of screens, which end after {@link ScreenQueries#TIMEOUT}. */
    private final JdbcClient screen;

    private final TransactionTemplate transaction;
    private final Runs runs;
    private final FindingStore findings;
    private final ReviewQueue queue;
    private final HeldBackPages heldBack;
    private final Audit audit;
    private final HostFailures failures;
    private final HostRefusals refusals;
    private final Clock clock;

    public Reports(
            DataSource database,
            Runs runs,
            FindingStore findings,
            ReviewQueue queue,
            HeldBackPages heldBack,
            Audit audit,
            Clock clock) {
        this.jdbc = JdbcClient.create(database);
        this.screen = ScreenQueries.client(database);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        this.runs = runs;
        this.findings = findings;
        this.queue = queue;
        this.heldBack = heldBack;
        this.audit = audit;
        this.failures = new HostFailures(database);
        this.refusals = new HostRefusals(database);
        this.clock = clock;
    }

    /**
     * Stores the summary of a run and writes its attestation to the audit, in the transaction of the calling thread if
     * there is one. When a stopped run is resumed and ends again, this replaces its summary and adds an attestation.
     *
     * @param runId a run that has ended ({@link Runs#end}) or is about to end
     * @param seeds number of configured seeds
     * @throws UnknownRunException if there is no such run
     */
    public RunSummary close(long runId, int seeds) {
        return transaction.execute(status -> {
            RunSummary summary =
                    summarise(runs.find(runId).orElseThrow(() -> UnknownRunException.numbered(runId)), seeds);
            jdbc.sql("""
                            insert into run_summary (run_id, ended_at, summary) values (:run, :ended, cast(:summary as jsonb))
                            on conflict (run_id) do update set ended_at = excluded.ended_at, summary = excluded.summary""")
                    .param("run", runId)
                    .param("ended", summary.endedAt().atOffset(ZoneOffset.UTC))
                    .param("summary", summary.toJson())
                    .update();
            failures.store(runId);
            refusals.record(runId);
            attest(summary);
            return summary;
        });
    }

    /** Returns the summary of a run; empty if it has none. */
    public Optional<RunSummary> find(long runId) {
        return screen.sql("select summary from run_summary where run_id = ?")
                .param(runId)
                .query(Reports::summary)
                .optional();
    }

    /**
     * Returns the summary of the latest run without hidden lanes: their items, what the sample found among these, and the
     * matches of their findings. Empty if the run has no summary.
     */
    public Optional<RunSummary> find(long latestRun, LaneAccess access) {
        if (access.hidden().isEmpty()) {
            return find(latestRun);
        }
        return find(latestRun).map(summary -> {
            Admission admission = queue.admissionOf(latestRun, access);
            HiddenFindings hidden = new HiddenFindings(access.hidden(), queue.movedInto(access.hidden()));
            FindingStore.Totals totals = findings.totals(latestRun, hidden);
            return summary.with(
                    totals.matches(),
                    new RunSummary.ItemCounts(
                            admission.added(),
                            admission.reopened(),
                            admission.unchanged(),
                            totals.suppressed(),
                            admission.raised(),
                            admission.lowered(),
                            admission.dropped()),
                    background(latestRun, hidden),
                    sample(admission, access));
        });
    }

    /**
     * Returns the summaries of the last runs, latest first.
     *
     * @param limit maximum number, at least 1
     */
    public List<RunSummary> recent(int limit) {
        return screen.sql("select summary from run_summary order by run_id desc limit ?")
                .param(limit)
                .query(Reports::summary)
                .list();
    }

    /**
     * Returns the summaries of a run and of those before it, latest first.
     *
     * @param limit maximum number, at least 1
     */
    List<RunSummary> upTo(long runId, int limit) {
        return jdbc.sql("select summary from run_summary where run_id <= ? order by run_id desc limit ?")
                .params(runId, limit)
                .query(Reports::summary)
                .list();
    }

    /** Returns the summaries of the runs that ended since an instant, in the order of their end. */
    public List<RunSummary> since(Instant since) {
        return screen.sql("select summary from run_summary where ended_at >= ? order by ended_at")
                .param(since.atOffset(ZoneOffset.UTC))
                .query(Reports::summary)
                .list();
    }

    private static RunSummary summary(ResultSet row, int number) throws SQLException {
        return RunSummary.ofJson(row.getString("summary"));
    }

    private RunSummary summarise(Runs.RunRecord run, int seeds) {
        Runs.Counts counts = runs.counts(run.id());
        Admission admission = queue.admissionOf(run.id());
        FindingStore.Totals totals = findings.totals(run.id());
        Instant ended = run.endedAt() == null ? clock.instant().truncatedTo(ChronoUnit.MICROS) : run.endedAt();
        RunSummary.PageCounts pages = pages(counts.pages());
        return new RunSummary(
                run.id(),
                run.status().name().toLowerCase(Locale.ROOT),
                run.startedAt(),
                ended,
                run.rulesetSha256(),
                seeds,
                counts.hosts(),
                pages,
                refused(counts.refused()),
                new TreeMap<>(counts.requests()),
                counts.despiteRobots(),
                pictureBytes(counts.bytes()),
                total(counts.bytes()),
                totals.matches(),
                new RunSummary.ItemCounts(
                        admission.added(),
                        admission.reopened(),
                        Math.max(0, totals.flagged() - admission.added() - admission.reopened()),
                        totals.suppressed(),
                        admission.raised(),
                        admission.lowered(),
                        admission.dropped()),
                perSecond(pages.fetched(), Duration.between(run.startedAt(), ended)),
                peakHeapMb(),
                new TreeMap<>(counts.savings()),
                background(run.id(), HiddenFindings.NONE),
                counts.shells(),
                heldBack.counts(run.id()),
                sample(admission, LaneAccess.ALL),
                runs.executions(run.id()).stream()
                        .map(Runs.Execution::rulesetSha256)
                        .toList());
    }

    private RunSummary.SampleCounts sample(Admission admission, LaneAccess access) {
        SampleResult result = heldBack.sampleResult(access);
        return new RunSummary.SampleCounts(
                admission.sampled(), result.sampled(), result.decided(), result.hits(), result.low(), result.high());
    }

    /** Attests which requests were made, what was refused and what was accepted, to show that no picture was. */
    private void attest(RunSummary summary) {
        Runs.Counts counts = runs.counts(summary.runId());
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("status", summary.status());
        details.put("ruleset", summary.rulesetSha256());
        if (Set.copyOf(summary.rulesets()).size() > 1) {
            details.put("rulesets", String.join(" ", summary.rulesets()));
        }
        details.put("requests", summary.requestsByKind());
        details.put("despiteRobots", summary.despiteRobots());
        details.put("refused", summary.refused());
        details.put("neverAskedFor", new TreeMap<>(counts.references()));
        details.put("bytesAccepted", new TreeMap<>(counts.bytes()));
        details.put("refusedBytesRead", refused(counts.refusedBytes()));
        details.put("picturesRequested", counts.requests().getOrDefault("picture", 0L));
        details.put("pictureBytesAccepted", summary.pictureBytesAccepted());
        audit.append(Audit.SYSTEM, ATTEST, "run:" + summary.runId(), details);
    }

    private static RunSummary.PageCounts pages(Map<String, Long> counts) {
        return new RunSummary.PageCounts(
                counts.getOrDefault("fetched", 0L),
                counts.getOrDefault("not-modified", 0L),
                counts.getOrDefault("redirected", 0L),
                counts.getOrDefault("refused", 0L),
                counts.getOrDefault("disallowed", 0L),
                counts.getOrDefault("failed", 0L));
    }

    private static Map<String, Long> refused(Map<Disposition.RefusalKind, Long> counts) {
        Map<String, Long> refused = new LinkedHashMap<>();
        for (Disposition.RefusalKind kind : Disposition.RefusalKind.values()) {
            refused.put(label(kind), counts.getOrDefault(kind, 0L));
        }
        return refused;
    }

    private Map<String, Long> background(long runId, HiddenFindings hidden) {
        Map<String, Long> background = new LinkedHashMap<>();
        findings.indicatorHits(runId, hidden).stream()
                .filter(hits -> hits.weight() == 0)
                .forEach(hits -> background.put(hits.id(), hits.pages()));
        return background;
    }

    private static long pictureBytes(Map<String, Long> bytesByType) {
        return bytesByType.entrySet().stream()
                .filter(bytes ->
                        bytes.getKey().startsWith("image/") || bytes.getKey().startsWith("video/"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static long total(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static double perSecond(long pages, Duration time) {
        return time.toMillis() == 0 ? 0 : Math.round(pages * 100_000.0 / time.toMillis()) / 100.0;
    }

    /** Returns an upper bound: the sum of the peaks of the memory pools, which need not occur at the same time. */
    private static long peakHeapMb() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getPeakUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum()
                / (1024 * 1024);
    }

    private static String label(Disposition.RefusalKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
