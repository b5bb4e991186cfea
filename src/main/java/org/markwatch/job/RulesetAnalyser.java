package org.markwatch.job;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.markwatch.crawl.Capture;
import org.markwatch.crawl.PageAnalyser;
import org.markwatch.extract.PageExtractor;
import org.markwatch.extract.PageText;
import org.markwatch.extract.PageTraits;
import org.markwatch.match.Copy;
import org.markwatch.match.Matcher;
import org.markwatch.score.Finding;
import org.markwatch.score.Scorer;
import org.markwatch.watchlist.Watchlist;

/** A watchlist, compiled: parses, matches and scores a page in one go. Immutable; one serves all threads. */
public final class RulesetAnalyser {
    private final PageExtractor extractor = new PageExtractor();
    private final Matcher matcher;
    private final Scorer scorer;
    private final UUID rulesetId;

    /** @param today the day (UTC) that validities and grants are held against */
    public RulesetAnalyser(Watchlist watchlist, LocalDate today) {
        this.matcher = Matcher.compile(watchlist, today);
        this.scorer = new Scorer(watchlist, today);
        this.rulesetId = rulesetId(watchlist, today);
    }

    /** What the rules make of a page. */
    public Finding analyse(Capture capture) {
        return analyse(extractor.extract(capture).text());
    }

    /** For crawler threads, from one parse of the page. */
    PageAnalyser<Finding> pageReader() {
        return extractor.analyser(rulesetId, this::analyse);
    }

    /** Judgements depend on the ruleset, of which the program is part, and on what of it is in force on the day. */
    static UUID rulesetId(Watchlist watchlist, LocalDate today) {
        String name = watchlist.rulesetSha256() + " " + watchlist.inForceSince(today);
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** What speaks for and against a page being a copy of the brands that it names or shows. */
    List<Copy> copies(PageText page) {
        return matcher.copies(page);
    }

    /** The page as it may be shown. */
    PageText maskRestricted(PageText page) {
        return matcher.shown(page);
    }

    Finding analyse(PageText page) {
        Matcher.Found found = matcher.find(page);
        Finding finding = scorer.score(page.url(), found.title(), page.language(), found.matches());
        return finding.flagged() || found.dropped() > 0
                ? finding.with(finding.flagged() ? PageTraits.of(page) : List.of(), found.dropped())
                : finding;
    }
}
