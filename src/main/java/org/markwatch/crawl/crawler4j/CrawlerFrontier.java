package org.markwatch.crawl.crawler4j;

import edu.uci.ics.crawler4j.frontier.Frontier;
import edu.uci.ics.crawler4j.url.WebURL;
import java.util.List;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.crawl.frontier.HostFrontier;

/** Gives the crawler loop of crawler4j the URLs of a {@link HostFrontier}. */
record CrawlerFrontier(HostFrontier frontier) implements Frontier {
    /** Waits for a URL whose host is due and adds it to {@code result}; adds none after {@link #finish}. */
    @Override
    public void getNextURLs(int max, List<WebURL> result) {
        FrontierUrl next = frontier.awaitNext();
        if (next != null) {
            result.add(new CrawlerUrl(next));
        }
    }

    @Override
    public long getQueueLength() {
        return frontier.counts().open();
    }

    @Override
    public long getNumberOfAssignedPages() {
        return frontier.counts().requests();
    }

    @Override
    public long getNumberOfProcessedPages() {
        return frontier.counts().done();
    }

    @Override
    public long getNumberOfScheduledPages() {
        return frontier.counts().known();
    }

    @Override
    public boolean isFinished() {
        return frontier.isFinished();
    }

    @Override
    public void finish() {
        frontier.finish();
    }

    @Override
    public void close() {
        finish();
    }

    /**
     * Not supported: {@link HostFrontier#committed} adds URLs, after the transaction that stores the page that links to
     * them.
     */
    @Override
    public void schedule(WebURL url) {
        throw new UnsupportedOperationException("URLs enter the frontier after a commit, by committed()");
    }

    @Override
    public void scheduleAll(List<WebURL> urls) {
        throw new UnsupportedOperationException("URLs enter the frontier after a commit, by committed()");
    }

    @Override
    public void setProcessed(WebURL url) {
        throw new UnsupportedOperationException(
                "setProcessed is not supported; a request ends with endVisit, requeue or followRedirect");
    }
}
