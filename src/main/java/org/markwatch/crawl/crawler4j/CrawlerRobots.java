package org.markwatch.crawl.crawler4j;

import edu.uci.ics.crawler4j.fetcher.PageFetcher;
import edu.uci.ics.crawler4j.robotstxt.RobotstxtConfig;
import edu.uci.ics.crawler4j.robotstxt.RobotstxtServer;
import edu.uci.ics.crawler4j.url.WebURL;
import org.markwatch.crawl.frontier.HostFrontier;
import org.markwatch.crawl.robots.RobotRules;

/** Answers crawler4j by the robots.txt rules that a {@link HostFrontier} holds; it fetches none. */
final class CrawlerRobots extends RobotstxtServer {
    private final HostFrontier frontier;

    CrawlerRobots(PageFetcher fetcher, HostFrontier frontier) {
        super(new RobotstxtConfig(), fetcher, () -> {
            throw new UnsupportedOperationException("robots.txt is fetched by RobotsPolicy");
        });
        this.frontier = frontier;
    }

    /** Whether the rules of the host are known and allow the URL. */
    @Override
    public boolean allows(WebURL url) {
        return url instanceof CrawlerUrl known
                && frontier.nextHost(known.url()).robots().rules() instanceof RobotRules rules
                && rules.allows(known.url().target());
    }

    @Override
    public boolean allows(WebURL url, boolean isSeed) {
        return allows(url);
    }
}
