package org.markwatch.job;

import java.time.LocalDate;
import java.util.List;
import org.markwatch.crawl.PageAnalyser;
import org.markwatch.crawl.store.KeptTextStore.KeptText;
import org.markwatch.score.Finding;
import org.markwatch.score.Shift;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Watchlist;

/** Compares what two watchlists find in kept text. Writes nothing and sends no request. */
public final class RuleComparison {
    private final PageAnalyser<Finding> before;
    private final PageAnalyser<Finding> after;

    /**
     * Compiles the rules of both watchlists.
     *
     * @param today the day (UTC) for which validity periods and authorisations are evaluated
     */
    public RuleComparison(Watchlist before, Watchlist after, LocalDate today) {
        this.before = new RulesetAnalyser(before, today).pageReader();
        this.after = new RulesetAnalyser(after, today).pageReader();
    }

    /**
     * A page whose points or flag differ.
     *
     * @param page   final URL
     * @param before finding by the first watchlist
     * @param after  finding by the second one
     * @param why    rules whose points differ
     */
    public record ComparedPage(HttpUrl page, Finding before, Finding after, List<Shift> why) {
        public ComparedPage {
            why = List.copyOf(why);
        }
    }

    /** Returns the pages whose points or flag differ, in the order of {@code pages}. */
    public List<ComparedPage> differences(List<KeptText> pages) {
        return pages.stream()
                .map(page -> {
                    Finding first = before.unpack(page.packedContent()).applyRules();
                    Finding second = after.unpack(page.packedContent()).applyRules();
                    return new ComparedPage(
                            first.url(), first, second, Shift.between(first.reasons(), second.reasons()));
                })
                .filter(page -> page.before().flagged() != page.after().flagged()
                        || page.before().score() != page.after().score())
                .toList();
    }
}
