package org.markwatch.crawl.crawler4j;

import edu.uci.ics.crawler4j.crawler.CrawlConfig;
import edu.uci.ics.crawler4j.fetcher.PageFetchResult;
import edu.uci.ics.crawler4j.fetcher.PageFetcher;
import edu.uci.ics.crawler4j.url.WebURL;
import java.security.GeneralSecurityException;

/**
 * Takes the place of crawler4j's fetcher, which reads a body before it can be refused;
 * {@link org.markwatch.crawl.visit.VisitRequests} fetches.
 */
final class CrawlerFetcher extends PageFetcher {
    /** @throws GeneralSecurityException if TLS is not available */
    CrawlerFetcher(CrawlConfig config) throws GeneralSecurityException {
        super(config, null);
        super.shutDown(); // closes the client of crawler4j, which nothing uses
    }

    /** Not supported. */
    @Override
    public PageFetchResult fetchPage(WebURL url) {
        throw new UnsupportedOperationException("pages are fetched by VisitRequests, which accepts text only");
    }
}
