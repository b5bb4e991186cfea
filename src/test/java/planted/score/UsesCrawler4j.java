package planted.score;

import edu.uci.ics.crawler4j.crawler.CrawlConfig;

class UsesCrawler4j {
    Object violation = new CrawlConfig();
}
