package org.markwatch.job;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.markwatch.brand.Evidence;
import org.markwatch.brand.UseKind;
import org.markwatch.crawl.Capture;
import org.markwatch.extract.PageExtractor;
import org.markwatch.extract.PageText;
import org.markwatch.extract.PageTraits;
import org.markwatch.match.NearMiss;
import org.markwatch.match.NearMisses;
import org.markwatch.score.Finding;
import org.markwatch.score.Scorer;
import org.markwatch.watchlist.Watchlist;

/**
 * Analyses a page as {@link RulesetAnalyser} does and adds near misses, for people who write rules. Not used by a
 * crawl.
 */
public final class PageExplainer {
    /** Brands are listed if the page has at least the threshold of impersonation minus these points. */
    private static final int NEAR_POINTS = 15;

    /** Stands for the version of the rules, since the result of the analysis is the text itself. */
    private static final UUID KEPT = new UUID(0, 0);

    private final PageExtractor extractor = new PageExtractor();
    private final RulesetAnalyser analyser;
    private final NearMisses nearMisses;
    private final Scorer scorer;

    /**
     * Compiles the rules of a watchlist.
     *
     * @param today the day (UTC) for which validity periods and authorisations are evaluated
     */
    public PageExplainer(Watchlist watchlist, LocalDate today) {
        analyser = new RulesetAnalyser(watchlist, today);
        nearMisses = new NearMisses(watchlist, today);
        scorer = new Scorer(watchlist, today);
    }

    /**
     * A finding with the details that a crawl does not store.
     *
     * @param finding    the finding
     * @param evidence   what counts for and against each brand that the page accepts or impersonates, or nearly does
     * @param traits     fingerprints and analytics accounts that link the page to others, flagged or not; see {@link
     *     PageTraits}
     * @param nearMisses rules that did not count, each with the condition that was not met
     */
    public record ExplainedPage(
            Finding finding, List<Evidence> evidence, List<String> traits, List<NearMiss> nearMisses) {
        public ExplainedPage {
            evidence = List.copyOf(evidence);
            traits = List.copyOf(traits);
            nearMisses = List.copyOf(nearMisses);
        }
    }

    /** Returns the finding of a page, its evidence, its traits and its near misses. */
    public ExplainedPage explain(Capture capture) {
        return explain(extractor.extract(capture).text());
    }

    /**
     * Returns the same of a page whose text an earlier run has kept.
     *
     * @param packedContent content as {@link org.markwatch.crawl.store.KeptTextStore} stores it
     */
    public ExplainedPage explainKept(byte[] packedContent) {
        return explain(extractor
                .analyser(KEPT, Function.<PageText>identity())
                .unpack(packedContent)
                .applyRules());
    }

    private ExplainedPage explain(PageText page) {
        Finding finding = analyser.analyse(page);
        List<NearMiss> misses = new ArrayList<>(scorer.nearly(finding));
        misses.addAll(nearMisses.of(analyser.maskRestricted(page), finding.matches()));
        List<Evidence> evidence = analyser.evidence(page).stream()
                .filter(one -> one.kind() == UseKind.ACCEPTANCE || one.sum() >= one.needed() - NEAR_POINTS)
                .toList();
        return new ExplainedPage(finding, evidence, PageTraits.of(page), misses);
    }
}
