package org.markwatch.queue;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import javax.sql.DataSource;
import org.markwatch.score.Evaluation.Share;
import org.markwatch.score.Finding;
import org.markwatch.score.HeldBack;
import org.markwatch.score.Reason;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts and lists the pages that the rules hold back, and tells what the sample of them showed (tables {@code
 * held_back} and {@code held_back_page}). Thread-safe.
 *
 * <p>Counts are kept for every run. The list holds the pages with the most points of the last run only, so that its size
 * does not grow; the export {@code held-back} has all pages of any run.
 */
public final class HeldBackPages {
    /** Largest number of listed pages. */
    public static final int LISTED = 500;

    /** How far back the sample is evaluated. */
    public static final Duration PERIOD = Duration.ofDays(90);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    public HeldBackPages(DataSource dataSource, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
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
        private static final Comparator<HeldBackPage> FEWEST_POINTS_FIRST =
                Comparator.comparingInt(HeldBackPage::points).thenComparing(HeldBackPage::url);

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
                    positive.stream().mapToInt(Reason::points).sum(),
                    finding.brandUses().stream()
                            .map(Finding.BrandUse::brand)
                            .distinct()
                            .toList(),
                    positive.stream().map(Reason::group).distinct().toList());
        }
    }

    /** The held-back pages of one run: their number by reason, and those with the most points. Not thread-safe. */
    public static final class Tally {
        private final Map<HeldBack, Long> counts = new EnumMap<>(HeldBack.class);
        private final PriorityQueue<HeldBackPage> most = new PriorityQueue<>(HeldBackPage.FEWEST_POINTS_FIRST);

        /** Counts a finding if it is held back. */
        public void add(Finding finding) {
            HeldBack.of(finding).ifPresent(reason -> {
                counts.merge(reason, 1L, Long::sum);
                if (reason != HeldBack.SUPPRESSED) {
                    most.add(HeldBackPage.of(finding, reason));
                }
                if (most.size() > LISTED) {
                    most.remove();
                }
            });
        }
    }

    /** Stores the tally of a run, which replaces an earlier one of that run and the list of the run before. */
    public void store(long runId, Tally tally) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("delete from held_back where run_id = ?").param(runId).update();
            tally.counts.forEach(
                    (reason, pages) -> jdbc.sql("insert into held_back (run_id, reason, pages) values (?, ?, ?)")
                            .params(runId, reason.label(), pages)
                            .update());
            jdbc.sql("delete from held_back_page").update();
            for (HeldBackPage page : tally.most) {
                jdbc.sql("insert into held_back_page (run_id, url, reason, points, brands, groups)"
                                + " values (?, ?, ?, ?, ?, ?)")
                        .params(
                                runId,
                                page.url(),
                                page.reason(),
                                page.points(),
                                page.brands().toArray(String[]::new),
                                page.groups().toArray(String[]::new))
                        .update();
            }
        });
    }

    /** Returns the number of held-back pages of a run by the label of their reason; no entry for reasons without pages. */
    public Map<String, Long> counts(long runId) {
        Map<String, Long> counts = new LinkedHashMap<>();
        jdbc.sql("select reason, pages from held_back where run_id = ? order by pages desc, reason")
                .param(runId)
                .query(row -> {
                    counts.put(row.getString("reason"), row.getLong("pages"));
                });
        return counts;
    }

    /** Returns the number of the run whose pages are listed; 0 if no page is. */
    public long listedRun() {
        return jdbc.sql("select coalesce(max(run_id), 0) from held_back_page")
                .query(Long.class)
                .single();
    }

    /** Returns the listed pages, most points first; at most {@value #LISTED}. */
    public List<HeldBackPage> list() {
        return jdbc.sql("select url, reason, points, brands, groups from held_back_page order by points desc, url")
                .query((row, number) -> new HeldBackPage(
                        row.getString("url"),
                        row.getString("reason"),
                        row.getInt("points"),
                        List.of((String[]) row.getArray("brands").getArray()),
                        List.of((String[]) row.getArray("groups").getArray())))
                .list();
    }

    /** Returns what reviewers found on the pages that were sampled in the last {@link #PERIOD}. */
    public SampleResult sampleResult() {
        record DecidedSamples(long sampled, long decided, long hits) {}
        DecidedSamples counts = jdbc.sql("""
                        select count(*) as sampled,
                               count(*) filter (where i.state = 'decided' and d.verdict = any(:conclusive)) as decided,
                               count(*) filter (where i.state = 'decided' and d.verdict = any(:misuse)) as hits
                          from item i left join decision d on d.id = i.decision_id
                         where i.sampled_at > :since
                        """)
                .param("conclusive", labels(DecisionKind.Answer.MISUSE, DecisionKind.Answer.NO_MISUSE))
                .param("misuse", labels(DecisionKind.Answer.MISUSE))
                .param("since", Times.utc(clock.instant().minus(PERIOD)))
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
