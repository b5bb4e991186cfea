package org.markwatch.crawl.crawler4j;

import edu.uci.ics.crawler4j.url.AbstractWebURL;
import org.markwatch.crawl.frontier.FrontierUrl;

/** A {@link FrontierUrl} as the crawler loop of crawler4j takes it. */
final class CrawlerUrl extends AbstractWebURL {
    private static final long serialVersionUID = 1L;

    private final transient FrontierUrl url;

    CrawlerUrl(FrontierUrl url) {
        this.url = url;
    }

    FrontierUrl url() {
        return url;
    }

    @Override
    public String getURL() {
        return url.url().toString();
    }

    @Override
    public short getDepth() {
        return (short) url.depth();
    }

    @Override
    public byte getPriority() {
        return (byte) url.priority();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CrawlerUrl that && that.url.equals(url);
    }

    @Override
    public int hashCode() {
        return url.hashCode();
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
