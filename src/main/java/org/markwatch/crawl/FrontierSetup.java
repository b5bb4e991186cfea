package org.markwatch.crawl;

import edu.uci.ics.crawler4j.frontier.DocIDServer;
import edu.uci.ics.crawler4j.frontier.Frontier;
import edu.uci.ics.crawler4j.frontier.FrontierConfiguration;
import edu.uci.ics.crawler4j.url.WebURLFactory;

/** What crawler4j asks for to run its loop over our frontier. */
record FrontierSetup(HostFrontier frontier) implements FrontierConfiguration {
    @Override
    public Frontier getFrontier() {
        return frontier;
    }

    /** Rows of table {@code frontier} number URLs, and its unique hash keeps them apart; crawler4j's own numbers are not used. */
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
                return Math.toIntExact(Math.min(frontier.known(), Integer.MAX_VALUE));
            }

            @Override
            public void close() {
                // nothing is open
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
        frontier.close();
    }

    private static UnsupportedOperationException notUsed() {
        return new UnsupportedOperationException("URLs are made and numbered by table frontier");
    }
}
