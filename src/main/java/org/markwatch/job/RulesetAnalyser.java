package org.markwatch.job;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.markwatch.brand.Evidence;
import org.markwatch.crawl.Capture;
import org.markwatch.crawl.PageAnalyser;
import org.markwatch.extract.PageExtractor;
import org.markwatch.extract.PageText;
import org.markwatch.extract.PageTraits;
import org.markwatch.match.Match;
import org.markwatch.match.Matcher;
import org.markwatch.match.PageMatches;
import org.markwatch.score.AccountTraits;
import org.markwatch.score.Finding;
import org.markwatch.score.Scorer;
import org.markwatch.watchlist.Watchlist;

/**
 * Analyses pages by the rules of one watchlist: parses, matches and scores a page. Immutable and safe for use by many
 * threads.
 */
public final class RulesetAnalyser {
    private final PageExtractor extractor = new PageExtractor();
    private final Matcher matcher;
    private final Scorer scorer;
    private final AccountTraits accounts;
    private final UUID rulesetId;

    /**
     * Compiles the rules of a watchlist.
     *
     * @param today the day (UTC) for which validity periods and authorisations are evaluated
     */
    public RulesetAnalyser(Watchlist watchlist, LocalDate today) {
        this.matcher = Matcher.compile(watchlist, today);
        this.scorer = new Scorer(watchlist, today);
        this.accounts = new AccountTraits(watchlist.indicators());
        this.rulesetId = rulesetId(watchlist, today);
    }

    /** Returns the finding of a page; a page without a match gets a finding of 0 points. */
    public Finding analyse(Capture capture) {
        return analyse(extractor.extract(capture).text());
    }

    /** Returns the page analysis that crawler threads use; it parses each page once. */
    PageAnalyser<Finding> pageReader() {
        return extractor.analyser(rulesetId, this::analyse);
    }

    /**
     * Returns the id under which findings are reused. Two watchlists have the same id if they have the same ruleset
     * (the hash covers the program too) and if the same rules are in force on that day.
     */
    static UUID rulesetId(Watchlist watchlist, LocalDate today) {
        String name = watchlist.rulesetSha256() + " " + watchlist.inForceSince(today);
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns what counts for and against each brand that the page may accept or impersonate. */
    List<Evidence> evidence(PageText page) {
        return matcher.evidence(page);
    }

    /** Returns the page with matches of restricted indicators masked. */
    PageText maskRestricted(PageText page) {
        return matcher.shown(page);
    }

    Finding analyse(PageText page) {
        PageMatches found = matcher.find(page);
        Finding finding = scorer.score(page.url(), found.title(), page.language(), found.matches());
        return finding.flagged() || found.dropped() > 0
                ? finding.with(finding.flagged() ? traits(page, found.matches()) : List.of(), found.dropped())
                : finding;
    }

    private List<String> traits(PageText page, List<Match> matches) {
        return Stream.concat(PageTraits.of(page).stream(), accounts.of(matches).stream())
                .toList();
    }
}
