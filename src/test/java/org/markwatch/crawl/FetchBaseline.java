package org.markwatch.crawl;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jsoup.parser.Parser;
import org.markwatch.watchlist.Settings;

/** What the machine can do at best with a known list of URLs and the crawl's own client, for the bench. */
public final class FetchBaseline implements AutoCloseable {
    private final TextOnlyFetcher fetcher;
    private final int threads;

    /** Keeps sums from being optimised away. */
    private final LongAdder processed = new LongAdder();

    public FetchBaseline(Settings.CrawlSettings settings) throws GeneralSecurityException {
        fetcher = new TextOnlyFetcher(
                CrawlEngine.config(settings), settings, new CrawlCounters(), Clock.systemUTC(), System::nanoTime);
        threads = settings.threads();
    }

    /** Headers judged and bodies unpacked, of which nothing is made. */
    public void download(List<URI> urls) throws InterruptedException {
        forEach(urls, url -> {
            if (!(fetcher.fetchRobots(TestFetcher.visit(url), url)
                    instanceof TextOnlyFetcher.RobotsFile.Text(byte[] content))) {
                throw new IllegalStateException("not downloaded: " + url);
            }
            processed.add(content.length);
        });
    }

    /** Bodies judged, decoded and parsed; nothing is read in the document. */
    public void downloadAndParse(List<URI> urls) throws InterruptedException {
        forEach(urls, url -> {
            BodyMemory.Reservation room = fetcher.newReservation();
            if (!(fetcher.fetch(TestFetcher.visit(url), room)
                    instanceof ExchangeResult.Completed(Disposition.Fetched(Capture capture)))) {
                throw new IllegalStateException("not fetched: " + url);
            }
            room.releaseAll();
            processed.add(Parser.htmlParser().parseInput(capture.text(), "").childNodeSize());
        });
    }

    private interface Work {
        void on(URI url);
    }

    private void forEach(List<URI> urls, Work work) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        LongAdder done = new LongAdder();
        List<Thread> crowd = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            crowd.add(Thread.ofVirtual().start(() -> {
                for (int at = next.getAndIncrement(); at < urls.size(); at = next.getAndIncrement()) {
                    work.on(urls.get(at));
                    done.increment();
                }
            }));
        }
        for (Thread thread : crowd) {
            thread.join();
        }
        if (done.sum() != urls.size()) {
            throw new IllegalStateException("only " + done.sum() + " of " + urls.size() + " URLs; see above");
        }
    }

    /** Bytes and nodes seen. */
    public long processed() {
        return processed.sum();
    }

    @Override
    public void close() {
        fetcher.shutDown();
    }
}
