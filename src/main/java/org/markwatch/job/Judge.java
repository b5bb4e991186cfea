package org.markwatch.job;

import java.time.LocalDate;
import org.markwatch.crawl.Capture;
import org.markwatch.crawl.PageReader;
import org.markwatch.extract.PageExtractor;
import org.markwatch.extract.PageText;
import org.markwatch.match.Matcher;
import org.markwatch.score.Finding;
import org.markwatch.score.Scorer;
import org.markwatch.watchlist.Watchlist;

/** A watchlist, compiled: parses, matches and scores a page in one go. Immutable; one serves all threads. */
public final class Judge {
    private final PageExtractor extractor = new PageExtractor();
    private final Matcher matcher;
    private final Scorer scorer;

    /** @param today the day (UTC) that validities and grants are held against */
    public Judge(Watchlist watchlist, LocalDate today) {
        this.matcher = Matcher.compile(watchlist, today);
        this.scorer = new Scorer(watchlist, today);
    }

    /** What the rules make of a page. */
    public Finding judge(Capture capture) {
        return judge(extractor.extract(capture).text());
    }

    /** For crawler threads, from one parse of the page. */
    PageReader<Finding> reader() {
        return extractor.reader(this::judge);
    }

    private Finding judge(PageText page) {
        return scorer.score(page.url(), page.title(), page.language(), matcher.match(page));
    }
}
