package org.markwatch.crawl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StallWatchTest {
    private static final StallWatch.Memory IDLE = new StallWatch.Memory(Duration.ZERO, 100 << 20, 1000 << 20);
    private final StallWatch watch = new StallWatch(0, IDLE);

    @Test
    void saysNothingWhilePagesEnd() {
        for (int minute = 1; minute < 10; minute++) {
            assertThat(check(minute, activity(minute, 3, 1_000, null))).isNull();
        }
    }

    @Test
    void saysNothingWithoutWork() {
        assertThat(check(1, new StallWatch.CrawlState(0, 0, 0, 0, 0, 0, null, IDLE)))
                .isNull();
    }

    @Test
    void saysOnceAMinuteWhatTheCrawlWaitsFor() {
        assertThat(watch.check(Duration.ofSeconds(59).toNanos(), activity(0, 0, 7, null)))
                .isNull();
        assertThat(check(1, activity(0, 0, 7, null)))
                .isEqualTo("No page has ended in the last 60 s: 7 requests wait for their hosts");
        assertThat(watch.check(Duration.ofSeconds(61).toNanos(), activity(0, 0, 7, null)))
                .isNull();
        assertThat(check(2, activity(0, 256, 7, null)))
                .isEqualTo("No page has ended in the last 60 s: 256 pages wait for the database to commit them;"
                        + " 7 requests wait for their hosts");
        assertThat(check(3, activity(0, 0, 0, Duration.ofMillis(90_500))))
                .isEqualTo("No page has ended in the last 60 s: 20 hosts wait for their delay, the first for 91 s");
        assertThat(check(4, activity(0, 0, 0, Duration.ZERO)))
                .isEqualTo("No page has ended in the last 60 s: 20 hosts have work, and no crawler thread takes it");
    }

    @Test
    void saysThatGarbageCollectionTakesTheTime() {
        StallWatch.Memory full = new StallWatch.Memory(Duration.ofSeconds(54), 980L << 20, 1000 << 20);
        assertThat(check(1, new StallWatch.CrawlState(5, 0, 0, 0, 0, 20, null, full)))
                .isEqualTo(
                        "Only 5 pages have ended in the last 60 s: garbage collection takes 90 % of the time, with 980"
                                + " of 1000 MiB of heap in use; give the process more heap (MARKWATCH_HEAP), or lower"
                                + " crawl.threads");
        assertThat(check(2, new StallWatch.CrawlState(10, 0, 0, 0, 0, 20, null, full)))
                .isNull();
    }

    private @Nullable String check(int minute, StallWatch.CrawlState activity) {
        return watch.check(Duration.ofMinutes(minute).toNanos(), activity);
    }

    private static StallWatch.CrawlState activity(
            long ended, int uncommitted, int inFlight, @Nullable Duration nextDue) {
        return new StallWatch.CrawlState(ended, uncommitted, inFlight, 0, 0, 20, nextDue, IDLE);
    }
}
