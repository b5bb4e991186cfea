package org.markwatch.crawl.crawler4j;

import crawlercommons.filters.basic.BasicURLNormalizer;
import edu.uci.ics.crawler4j.crawler.CrawlConfig;
import edu.uci.ics.crawler4j.crawler.CrawlController;
import edu.uci.ics.crawler4j.crawler.WebCrawler;
import edu.uci.ics.crawler4j.fetcher.PageFetcher;
import edu.uci.ics.crawler4j.frontier.FrontierConfiguration;
import edu.uci.ics.crawler4j.parser.HtmlParser;
import edu.uci.ics.crawler4j.parser.Parser;
import edu.uci.ics.crawler4j.robotstxt.RobotstxtServer;
import edu.uci.ics.crawler4j.url.TLDList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.frontier.HostFrontier;

/**
 * Starts one virtual thread for each crawler and detects when all have ended. It replaces crawler4j's monitor thread,
 * which polls every few seconds: the frontier detects by itself that it is empty.
 */
public final class TextCrawlController extends CrawlController {
    private final List<Thread> threads = new ArrayList<>();
    private final List<TextCrawler> crawlers = new ArrayList<>();

    private TextCrawlController(
            CrawlConfig config,
            PageFetcher fetcher,
            RobotstxtServer robots,
            TLDList suffixes,
            FrontierConfiguration frontier)
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

    /** Returns a controller whose crawlers take their URLs from a frontier. */
    public static TextCrawlController over(HostFrontier frontier) throws Exception {
        CrawlConfig config = config();
        CrawlerFetcher fetcher = new CrawlerFetcher(config);
        return new TextCrawlController(
                config,
                fetcher,
                new CrawlerRobots(fetcher, frontier),
                new TLDList(config),
                new FrontierSetup(frontier));
    }

    private static CrawlConfig config() {
        CrawlConfig config = new CrawlConfig();
        config.setCrawlStorageFolder(System.getProperty(
                "java.io.tmpdir")); // crawler4j requires a folder that exists; nothing is written to it
        config.setIncludeHttpsPages(false); // for crawler4j's own HTTP client, which is not used
        config.setBatchReadSize(1);
        config.setHaltOnError(false);
        config.setLanguageDetection(false);
        return config;
    }

    /**
     * Returns a parser that is not used: a {@link org.markwatch.crawl.PageAnalyser} analyses pages, and crawler4j's
     * parser would need Tika.
     */
    private static Parser noParser(CrawlConfig config, TLDList suffixes, FrontierConfiguration frontier)
            throws Exception {
        return new Parser(
                config,
                new BasicURLNormalizer(),
                new HtmlParser() {}, // its default methods refuse every page
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
                throw new IllegalStateException("crawler thread " + i + " could not be created: " + e.getMessage(), e);
            }
            Thread thread = Thread.ofVirtual().name("crawler-", i).unstarted(crawler);
            crawler.setThread(thread);
            crawler.init(i, this);
            threads.add(thread);
            crawlers.add((TextCrawler) crawler);
        }
        threads.forEach(Thread::start);
    }

    /** Whether any crawler thread is alive. */
    public boolean isRunning() {
        return threads.stream().anyMatch(Thread::isAlive);
    }

    /** Returns the exception that ended a crawler, or null. */
    @Nullable
    public Throwable failure() {
        for (TextCrawler crawler : crawlers) {
            Throwable failure = crawler.failure();
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    /** Ends the crawlers; those that wait for a response finish that request first. */
    @Override
    public void shutdown() {
        shuttingDown = true;
        frontier.finish();
    }

    /**
     * Interrupts the crawler threads and waits for them to end, up to a limit. A thread that is left is blocked in a
     * connect or a name resolution, which cannot be interrupted; its result is discarded.
     */
    public void join(Duration limit) throws InterruptedException {
        threads.forEach(Thread::interrupt);
        long end = System.nanoTime() + limit.toNanos();
        for (Thread thread : threads) {
            thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
    }
}
