package org.markwatch.crawl.crawler4j;

import edu.uci.ics.crawler4j.crawler.WebCrawler;
import edu.uci.ics.crawler4j.url.WebURL;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.visit.VisitRequests;

/**
 * One crawler thread, which crawler4j's crawler loop runs: gives each URL whose host is due to {@link VisitRequests}.
 * crawler4j's own page processing, which reads a whole body first, is bypassed.
 */
public final class TextCrawler extends WebCrawler {
    private final VisitRequests<?> requests;

    /** @param requests makes the requests of this thread */
    public TextCrawler(VisitRequests<?> requests) {
        this.requests = requests;
    }

    /** Makes the request for a URL; returns null, so that crawler4j's loop does not process the URL itself. */
    @Override
    protected @Nullable WebURL handleUrlBeforeProcess(WebURL next) {
        try {
            requests.visit(((CrawlerUrl) next).url());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the crawl is being closed; the row stays open for the next start
        }
        return null;
    }

    /** Returns the exception that ended the crawler loop, or null. */
    @Nullable
    Throwable failure() {
        return getError();
    }
}
