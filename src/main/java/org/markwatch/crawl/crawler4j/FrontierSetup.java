package org.markwatch.crawl.crawler4j;

import edu.uci.ics.crawler4j.frontier.DocIDServer;
import edu.uci.ics.crawler4j.frontier.Frontier;
import edu.uci.ics.crawler4j.frontier.FrontierConfiguration;
import edu.uci.ics.crawler4j.url.WebURLFactory;
import org.markwatch.crawl.frontier.HostFrontier;

/** Configures crawler4j to take its URLs from a {@link HostFrontier}. */
record FrontierSetup(HostFrontier frontier) implements FrontierConfiguration {
    @Override
    public Frontier getFrontier() {
        return new CrawlerFrontier(frontier);
    }

    /**
     * Returns a stub: table {@code frontier} numbers the URLs and keeps them unique, so crawler4j's own numbers are not
     * used.
     */
    @Override
    public DocIDServer getDocIDServer() {
        return new DocIDServer() {
            @Override
            public int getDocId(String url) {
                throw notUsed();
            }

            @Override
            public int getNewDocID(String url) {
                throw notUsed();
            }

            @Override
            public void addUrlAndDocId(String url, int id) {
                throw notUsed();
            }

            @Override
            public boolean isSeenBefore(String url) {
                throw notUsed();
            }

            @Override
            public int getDocCount() {
                return Math.toIntExact(Math.min(frontier.counts().known(), Integer.MAX_VALUE));
            }

            @Override
            public void close() {
                // it holds no resources
            }
        };
    }

    @Override
    public WebURLFactory getWebURLFactory() {
        return () -> {
            throw notUsed();
        };
    }

    @Override
    public void close() {
        frontier.finish();
    }

    private static UnsupportedOperationException notUsed() {
        return new UnsupportedOperationException("not supported: table frontier creates and numbers URLs");
    }
}
