package org.markwatch.crawl;

import crawlercommons.filters.basic.BasicURLNormalizer;
import edu.uci.ics.crawler4j.crawler.CrawlConfig;
import edu.uci.ics.crawler4j.crawler.CrawlController;
import edu.uci.ics.crawler4j.crawler.WebCrawler;
import edu.uci.ics.crawler4j.frontier.FrontierConfiguration;
import edu.uci.ics.crawler4j.parser.HtmlParser;
import edu.uci.ics.crawler4j.parser.Parser;
import edu.uci.ics.crawler4j.url.TLDList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts one virtual thread a crawler, and knows when they have gone home. The stock monitor, which looks every few seconds and
 * waits half a minute to be sure, is not needed: the frontier knows by itself when it is empty.
 */
final class TextCrawlController extends CrawlController {
    private final List<Thread> threads = new ArrayList<>();
    private final List<TextCrawler<?>> crawlers = new ArrayList<>();

    TextCrawlController(
            CrawlConfig config, TextOnlyFetcher fetcher, RobotsPolicy robots, FrontierConfiguration frontier)
            throws Exception {
        this(config, fetcher, robots, frontier, new TLDList(config));
    }

    private TextCrawlController(
            CrawlConfig config,
            TextOnlyFetcher fetcher,
            RobotsPolicy robots,
            FrontierConfiguration frontier,
            TLDList suffixes)
            throws Exception {
        super(
                config,
                new BasicURLNormalizer(),
                fetcher,
                noParser(config, suffixes, frontier),
                robots,
                suffixes,
                frontier);
    }

    /** Pages are read by a {@link PageReader}; the stock parser would need Tika. */
    private static Parser noParser(CrawlConfig config, TLDList suffixes, FrontierConfiguration frontier)
            throws Exception {
        return new Parser(
                config,
                new BasicURLNormalizer(),
                new HtmlParser() {}, // which refuses every page
                suffixes,
                frontier.getWebURLFactory());
    }

    @Override
    protected <T extends WebCrawler> void start(WebCrawlerFactory<T> factory, int count, boolean isBlocking) {
        for (int i = 1; i <= count; i++) {
            T crawler;
            try {
                crawler = factory.newInstance();
            } catch (Exception e) {
                throw new IllegalStateException("crawler " + i + " cannot be made", e);
            }
            Thread thread = Thread.ofVirtual().name("crawler-", i).unstarted(crawler);
            crawler.setThread(thread);
            crawler.init(i, this);
            threads.add(thread);
            crawlers.add((TextCrawler<?>) crawler);
        }
        threads.forEach(Thread::start);
    }

    /** Whether any crawler is at work or waiting for work. */
    boolean isRunning() {
        return threads.stream().anyMatch(Thread::isAlive);
    }

    /** What killed a crawler, or null. */
    @Nullable
    Throwable failure() {
        for (TextCrawler<?> crawler : crawlers) {
            Throwable failure = crawler.failure();
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    /** Sends the crawlers home; those in the middle of a request finish it. */
    @Override
    public void shutdown() {
        shuttingDown = true;
        frontier.finish();
    }

    /**
     * Interrupts what is still waiting, and waits for the end of every thread, up to a limit. What is left then holds no more than a
     * connection or a look-up that cannot be interrupted; nobody takes what it comes to.
     */
    void join(Duration limit) throws InterruptedException {
        threads.forEach(Thread::interrupt);
        long end = System.nanoTime() + limit.toNanos();
        for (Thread thread : threads) {
            thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
    }
}
