package org.markwatch.job;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.markwatch.crawl.Capture;
import org.markwatch.extract.PageExtractor;
import org.markwatch.extract.PageText;
import org.markwatch.extract.PageTraits;
import org.markwatch.match.Copy;
import org.markwatch.match.CopySign;
import org.markwatch.match.NearMiss;
import org.markwatch.match.NearMisses;
import org.markwatch.score.Finding;
import org.markwatch.score.Scorer;
import org.markwatch.watchlist.Watchlist;

/** A {@link Judge} that also tells what nearly counted; for people who write rules, not for a crawl. */
public final class PageExplainer {
    /** Points that a page may lack to be a copy, to be told why it is none. */
    private static final int NEAR_COPY_POINTS = 15;

    private final PageExtractor extractor = new PageExtractor();
    private final RulesetAnalyser analyser;
    private final NearMisses nearMisses;
    private final Scorer scorer;

    /** @param today the day (UTC) that validities and grants are held against */
    public PageExplainer(Watchlist watchlist, LocalDate today) {
        analyser = new RulesetAnalyser(watchlist, today);
        nearMisses = new NearMisses(watchlist, today);
        scorer = new Scorer(watchlist, today);
    }

    /**
     * A finding and what is beside it.
     *
     * @param copies what makes the page a copy of a brand's, or nearly does
     * @param traits what joins the page to others of its maker, whether it is flagged or not; see {@link Traits}
     * @param nearMisses rules that had no say, and how little was missing
     */
    public record ExplainedPage(Finding finding, List<Copy> copies, List<String> traits, List<NearMiss> nearMisses) {
        public ExplainedPage {
            copies = List.copyOf(copies);
            traits = List.copyOf(traits);
            nearMisses = List.copyOf(nearMisses);
        }
    }

    /** What the rules make of a page, and nearly made of it. */
    public ExplainedPage explain(Capture capture) {
        PageText page = extractor.extract(capture).text();
        Finding finding = analyser.analyse(page);
        List<NearMiss> nearly = new ArrayList<>(scorer.nearly(finding));
        nearly.addAll(nearMisses.of(analyser.maskRestricted(page), finding.matches()));
        List<Copy> copies = analyser.copies(page).stream()
                .filter(copy -> copy.points() >= CopySign.ENOUGH - NEAR_COPY_POINTS)
                .toList();
        return new ExplainedPage(finding, copies, PageTraits.of(page), nearly);
    }
}
