package org.markwatch.crawl.fetch;

import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jsoup.parser.Parser;
import org.markwatch.crawl.Capture;
import org.markwatch.crawl.CrawlCounters;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.content.BodyMemory;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Settings;

/** Fetches a known list of URLs with the client of the crawl, as a baseline for the crawl bench. */
public final class FetchBaseline implements AutoCloseable {
    private final TextOnlyFetcher fetcher;
    private final int threads;

    /** Consumes results, so that the JIT compiler does not remove their computation. */
    private final LongAdder processed = new LongAdder();

    public FetchBaseline(Settings.CrawlSettings settings) throws GeneralSecurityException {
        fetcher = new TextOnlyFetcher(
                settings,
                new CrawlCounters(),
                Clock.systemUTC(),
                System::nanoTime,
                PublicOnlyDnsResolver.ofSystem(settings),
                () -> true);
        threads = settings.threads();
    }

    /** Downloads and decompresses all URLs. */
    public void download(List<HttpUrl> urls) throws InterruptedException {
        forEach(urls, url -> {
            if (!(fetcher.siteFiles().fetchRobots(TestFetcher.visit(url), url)
                    instanceof RobotsFile.Text(byte[] content))) {
                throw new IllegalStateException("not downloaded: " + url);
            }
            processed.add(content.length);
        });
    }

    /** Downloads, decodes and parses all URLs; extracts nothing. */
    public void downloadAndParse(List<HttpUrl> urls) throws InterruptedException {
        forEach(urls, url -> {
            BodyMemory.Reservation reservation = fetcher.newReservation();
            if (!(fetcher.fetch(TestFetcher.visit(url), reservation)
                    instanceof ExchangeResult.Completed(Disposition.Fetched(Capture capture)))) {
                throw new IllegalStateException("not fetched: " + url);
            }
            reservation.releaseAll();
            processed.add(Parser.htmlParser().parseInput(capture.text(), "").childNodeSize());
        });
    }

    private interface Work {
        void on(HttpUrl url);
    }

    private void forEach(List<HttpUrl> urls, Work work) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        LongAdder done = new LongAdder();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            workers.add(Thread.ofVirtual().start(() -> {
                for (int at = next.getAndIncrement(); at < urls.size(); at = next.getAndIncrement()) {
                    work.on(urls.get(at));
                    done.increment();
                }
            }));
        }
        for (Thread thread : workers) {
            thread.join();
        }
        if (done.sum() != urls.size()) {
            throw new IllegalStateException(
                    "only " + done.sum() + " of " + urls.size() + " URLs were fetched; see the errors above");
        }
    }

    /** Returns the number of bytes and nodes processed. */
    public long processed() {
        return processed.sum();
    }

    @Override
    public void close() {
        fetcher.shutDown();
    }
}
