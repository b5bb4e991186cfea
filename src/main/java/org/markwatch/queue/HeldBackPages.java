package org.markwatch.queue;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.markwatch.score.Evaluation.Share;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingStore;
import org.markwatch.score.HeldBack;
import org.markwatch.score.Reason;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts and lists the pages that the rules hold back, and tells what the sample of them showed (table {@code
 * held_back}). Thread-safe.
 *
 * <p>Counts are kept for every run. The list has the pages with the most points that are held back now; the export
 * {@code held-back} has all pages of any run.
 */
public final class HeldBackPages {
    /** Maximum number of listed pages. */
    public static final int LISTED = 500;

    /** How far back the sample is evaluated. */
    public static final Duration PERIOD = Duration.ofDays(90);

    private final JdbcClient jdbc;
    /** For queries of screens, which end after {@link ScreenQueries#TIMEOUT}. */
    private final JdbcClient screen;

    private final TransactionTemplate transaction;
    private final FindingStore findings;
    private final Clock clock;

    public HeldBackPages(DataSource dataSource, Clock clock) {
        this.findings = new FindingStore(dataSource);
        this.jdbc = JdbcClient.create(dataSource);
        this.screen = ScreenQueries.client(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.clock = clock;
    }

    /**
     * A page that is held back.
     *
     * @param url    final URL of the page
     * @param reason label of the reason, see {@link HeldBack}
     * @param points points of its rules before contexts, 0 or more
     * @param brands ids of the brands that it names or uses
     * @param groups policy groups that gave points
     */
    public record HeldBackPage(String url, String reason, int points, List<String> brands, List<String> groups) {
        public HeldBackPage {
            brands = List.copyOf(brands);
            groups = List.copyOf(groups);
        }

        /** Returns the brands of a finding with the kind of each use, like {@code visa:mention}. */
        public static List<String> uses(Finding finding) {
            return finding.brandUses().stream()
                    .map(use -> use.brand() + ":" + ItemRows.label(use.kind()))
                    .toList();
        }

        /** Returns the page of a finding that is held back for {@code reason}. */
        public static HeldBackPage of(Finding finding, HeldBack reason) {
            List<Reason> positive =
                    finding.reasons().stream().filter(each -> each.points() > 0).toList();
            return new HeldBackPage(
                    finding.url().toString(),
                    reason.label(),
                    HeldBack.points(finding),
                    finding.brandUses().stream()
                            .map(Finding.BrandUse::brand)
                            .distinct()
                            .toList(),
                    positive.stream().map(Reason::group).distinct().toList());
        }
    }

    /**
     * Stores the counts of a run: those of an earlier run and the change since then. Replaces earlier counts of the run.
     *
     * @param since  an earlier run, or 0
     * @param change difference of the number of pages by reason
     */
    public void store(long runId, long since, Map<HeldBack, Long> change) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("delete from held_back where run_id = ?").param(runId).update();
            Map<String, Long> before = counts(jdbc, since);
            for (HeldBack reason : HeldBack.values()) {
                long pages = before.getOrDefault(reason.label(), 0L) + change.getOrDefault(reason, 0L);
                if (pages != 0) {
                    jdbc.sql("insert into held_back (run_id, reason, pages) values (?, ?, ?)")
                            .params(runId, reason.label(), pages)
                            .update();
                }
            }
        });
    }

    /** Returns the number of held-back pages of a run by the label of their reason; no entry for reasons without pages. */
    public Map<String, Long> counts(long runId) {
        return counts(screen, runId);
    }

    private static Map<String, Long> counts(JdbcClient client, long runId) {
        Map<String, Long> counts = new LinkedHashMap<>();
        client.sql("select reason, pages from held_back where run_id = ? order by pages desc, reason")
                .param(runId)
                .query(row -> {
                    counts.put(row.getString("reason"), row.getLong("pages"));
                });
        return counts;
    }

    /** Returns the last run with counts; 0 if there is none. */
    public long lastRun() {
        return screen.sql("select coalesce(max(run_id), 0) from held_back")
                .query(Long.class)
                .single();
    }

    /**
     * Returns the pages that are held back now and not suppressed, most points first; at most {@value #LISTED}. Leaves
     * out pages whose item is in a hidden lane.
     */
    public List<HeldBackPage> list(LaneAccess access) {
        List<HeldBackPage> pages = findings.mostHeldBack(screen, LISTED).stream()
                .flatMap(finding -> HeldBack.of(finding).map(reason -> HeldBackPage.of(finding, reason)).stream())
                .toList();
        Set<String> hidden = hidden(pages.stream().map(HeldBackPage::url).toList(), access);
        return pages.stream().filter(page -> !hidden.contains(page.url())).toList();
    }

    /** Returns those of the pages, by URL, whose item is in a hidden lane. */
    public Set<String> hidden(List<String> pages, LaneAccess access) {
        if (access.hidden().isEmpty()) {
            return Set.of();
        }
        Map<String, Object> values = new HashMap<>();
        values.put("keys", Sha256.ofEach(pages));
        return screen.sql("select i.url from item i where i.url_sha256 = any(:keys) and not ("
                        + access.condition(values) + ")")
                .params(values)
                .query((row, number) -> row.getString("url"))
                .set();
    }

    /** Returns what reviewers found on the pages that were sampled in the last {@link #PERIOD}, without hidden lanes. */
    public SampleResult sampleResult(LaneAccess access) {
        Map<String, Object> values = new HashMap<>();
        values.put("conclusive", labels(DecisionKind.Answer.MISUSE, DecisionKind.Answer.NO_MISUSE));
        values.put("misuse", labels(DecisionKind.Answer.MISUSE));
        values.put("since", Times.utc(clock.instant().minus(PERIOD)));
        record DecidedSamples(long sampled, long decided, long hits) {}
        DecidedSamples counts = screen.sql("""
                        select count(*) as sampled,
                               count(*) filter (where i.state = 'decided' and d.verdict = any(:conclusive)) as decided,
                               count(*) filter (where i.state = 'decided' and d.verdict = any(:misuse)) as hits
                          from item i left join decision d on d.id = i.decision_id
                         where i.sampled_at > :since and
                        """ + access.condition(values))
                .params(values)
                .query(DecidedSamples.class)
                .single();
        Share share = Share.of(Math.toIntExact(counts.hits), Math.toIntExact(counts.decided));
        return new SampleResult(counts.sampled, counts.decided, counts.hits, share.low(), share.high());
    }

    private static String[] labels(DecisionKind.Answer... answers) {
        List<String> labels = new ArrayList<>();
        for (DecisionKind kind : DecisionKind.values()) {
            if (Arrays.asList(answers).contains(kind.answer())) {
                labels.add(kind.label());
            }
        }
        return labels.toArray(String[]::new);
    }
}
