package org.markwatch.crawl.frontier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.markwatch.crawl.engine.Crawling;
import org.markwatch.crawl.scope.LinkPriority;
import org.markwatch.crawl.scope.Site;
import org.markwatch.url.HttpUrl;

@Timeout(20)
class HostFrontierTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AtomicLong now = new AtomicLong();
    private final HostFrontier frontier = new HostFrontier(now::get, host -> null);
    private final Site shop = site("http://shop.example/", 100);
    private final Site news = site("http://news.example/", 100);
    private long lastId;

    HostFrontierTest() {
        frontier.seal();
    }

    @Test
    void returnsOneUrlOfEachHostAtATime() {
        add(shop, "/a", "/b");
        add(news, "/c");
        FrontierUrl first = poll();
        FrontierUrl second = poll();
        assertThat(List.of(first.site(), second.site())).containsExactlyInAnyOrder(shop, news);
        assertThat(frontier.poll()).isNull();
    }

    @Test
    void returnsPaymentPagesFirst() {
        add(shop, "/a", "/contact", "/b", "/join/checkout", "/terms");
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            FrontierUrl url = poll();
            order.add(url.url().path());
            finish(url, Duration.ZERO);
        }
        assertThat(order).containsExactly("/join/checkout", "/contact", "/terms", "/a", "/b");
    }

    @Test
    void waitsForDelayAfterEndOfRequest() {
        add(shop, "/a", "/b");
        finish(poll(), SECOND);
        pass(Duration.ofMillis(999));
        assertThat(frontier.poll()).isNull();
        pass(Duration.ofMillis(1));
        assertThat(poll().url().path()).isEqualTo("/b");
    }

    @Test
    void keepsDueTimeOfHostWithoutWork() {
        add(shop, "/a");
        finish(poll(), SECOND);
        add(shop, "/b");
        assertThat(frontier.poll()).isNull();
        pass(SECOND);
        assertThat(poll().url().path()).isEqualTo("/b");
    }

    @Test
    void returnsRequeuedUrlBeforeOthersOfTheHost() {
        add(shop, "/a", "/b");
        FrontierUrl url = poll();
        frontier.requeue(url, frontier.nextHost(url), SECOND);
        assertThat(frontier.poll()).isNull();
        pass(SECOND);
        assertThat(poll()).isSameAs(url);
    }

    @Test
    void keepsDelayOfTheHostThatRedirectLeadsTo() {
        add(shop, "/a", "/b");
        add(news, "/c");
        FrontierUrl url = poll(shop);
        FrontierUrl busy = poll(news);
        frontier.followRedirect(url, frontier.nextHost(url), HttpUrl.of("http://news.example/moved"), SECOND);
        assertThat(frontier.poll())
                .as("the host of the target is busy, the first host is not due")
                .isNull();
        finish(busy, SECOND);
        pass(SECOND);
        List<FrontierUrl> next = List.of(poll(), poll());
        assertThat(next).contains(url);
        assertThat(url.target()).isEqualTo(HttpUrl.of("http://news.example/moved"));
    }

    @Test
    void requestsRefillWhenTheWindowIsEmpty() throws Exception {
        frontier.open(0, 0, 0, List.of("http://shop.example"), null);
        HostQueue host = frontier.awaitRefills(10).getFirst();
        Set<Long> skip = host.beginRefill();
        List<FrontierUrl> rows = List.of(url(shop, "/a"), url(shop, "/b"));
        frontier.refill(host, rows, 2, skip, null);
        FrontierUrl a = poll();
        finish(a, Duration.ZERO);
        finish(poll(), Duration.ZERO);
        assertThat(frontier.poll()).isNull();
        assertThat(frontier.awaitRefills(10)).containsExactly(host);
        assertThat(host.beginRefill()).as("taken, not committed").contains(a.id());
    }

    @Test
    void skipsUncommittedRowsInRefill() throws Exception {
        frontier.open(0, 0, 0, List.of("http://shop.example"), null);
        HostQueue host = frontier.awaitRefills(10).getFirst();
        FrontierUrl a = url(shop, "/a");
        frontier.refill(host, List.of(a), 1, host.beginRefill(), null);
        finish(poll(), Duration.ZERO);
        assertThat(frontier.poll()).isNull();
        HostQueue again = frontier.awaitRefills(10).getFirst();
        frontier.refill(again, List.of(a, url(shop, "/b")), 33, again.beginRefill(), null);
        assertThat(poll().url().path()).isEqualTo("/b");
        assertThat(frontier.poll()).isNull();
    }

    @Test
    void addsNoRowTwiceThatRefillHasLoaded() throws Exception {
        frontier.open(0, 0, 0, List.of("http://shop.example"), null);
        HostQueue host = frontier.awaitRefills(10).getFirst();
        FrontierUrl a = url(shop, "/a");
        frontier.refill(host, List.of(a), 32, host.beginRefill(), null);
        frontier.committed(List.of(), List.of(a), 0); // the callback of its transaction runs after the refill
        finish(poll(), Duration.ZERO);
        assertThat(frontier.poll()).isNull();
    }

    @Test
    void holdsFewerUrlsOfEachHostTheMoreHostsAreActive() {
        add(shop, "/a");
        assertThat(frontier.window()).isEqualTo(32);
        for (int i = 1; i < 5_000; i++) {
            add(site("http://shop" + i + ".example/", 100), "/a");
        }
        assertThat(frontier.window()).isEqualTo(10);
    }

    @Test
    void makesHostsActiveOnlyWhenNoHostIsDue() throws Exception {
        List<String> keys = IntStream.range(0, 2_000)
                .mapToObj(i -> "http://shop" + i + ".example")
                .toList();
        frontier.open(0, 0, 0, keys, null);
        frontier.awaitRefills(2_000).forEach(this::refillWithOneUrl);
        for (int i = 0; i < 500; i++) {
            poll();
        }
        assertThat(frontier.hostsInMemory()).isEqualTo(500);
        assertThat(frontier.poll()).isNull();
        assertThat(frontier.hostsInMemory()).isEqualTo(1_000);
        assertThat(frontier.hostsWithWork()).isEqualTo(2_000);
    }

    @Test
    void forgetsHostsAfterTheirWork() {
        for (int i = 0; i < 5_000; i++) {
            add(site("http://shop" + i + ".example/", 100), "/a");
            FrontierUrl url = poll();
            finish(url, SECOND);
            frontier.committed(List.of(url.id()), List.of(), 0);
            pass(Duration.ofMillis(10));
        }
        assertThat(frontier.hostsInMemory()).isEqualTo(2_000);
    }

    @Test
    void keepsHostInMemoryUntilItsDelayIsOver() {
        for (int i = 0; i < 3_000; i++) {
            add(site("http://shop" + i + ".example/", 100), "/a");
            FrontierUrl url = poll();
            finish(url, Duration.ofMinutes(2));
            frontier.committed(List.of(url.id()), List.of(), 0);
        }
        assertThat(frontier.hostsInMemory()).isEqualTo(3_000);
        pass(Duration.ofMinutes(3));
        add(news, "/b");
        FrontierUrl last = poll();
        finish(last, Duration.ZERO);
        frontier.committed(List.of(last.id()), List.of(), 0);
        assertThat(frontier.hostsInMemory()).isEqualTo(2_000);
    }

    private void refillWithOneUrl(HostQueue host) {
        Site site = site(host.key() + "/", 100);
        frontier.refill(host, List.of(url(site, "/")), 32, host.beginRefill(), null);
    }

    @Test
    void leavesUrlsBeyondTheWindowInTheStore() throws Exception {
        add(shop, IntStream.range(0, 65).mapToObj(i -> "/" + i).toArray(String[]::new));
        assertThat(frontier.poll()).isNull();
        assertThat(frontier.awaitRefills(10)).containsExactly(frontier.host("http://shop.example"));
    }

    @Test
    void returnsNoUrlBeyondThePageBudget() {
        Site small = site("http://small.example/", 1);
        add(small, "/a", "/b");
        finish(poll(), Duration.ZERO);
        pass(SECOND);
        assertThat(frontier.poll()).isNull();
        frontier.closeSite(small, 1);
        pass(SECOND);
        assertThat(frontier.poll()).isNull();
    }

    @Test
    void releasesBudgetOfPageWithoutText() {
        Site small = site("http://small.example/", 1);
        add(small, "/a", "/b");
        FrontierUrl failed = poll();
        frontier.endVisit(failed, frontier.nextHost(failed), false, now.get());
        assertThat(poll().url().path()).isEqualTo("/b");
    }

    @Test
    void servesRobotsRedirectFetchesOfTwoHostsThatRedirectToEachOther() {
        add(shop, "/a");
        add(news, "/b");
        FrontierUrl a = poll(shop);
        FrontierUrl b = poll(news);
        frontier.beginRobotsRedirectFetch(
                a, frontier.nextHost(a), HttpUrl.of("http://news.example/robots.txt"), Duration.ZERO);
        frontier.beginRobotsRedirectFetch(
                b, frontier.nextHost(b), HttpUrl.of("http://shop.example/robots.txt"), Duration.ZERO);
        assertThat(List.of(poll(), poll())).containsExactlyInAnyOrder(a, b);
        assertThat(frontier.nextHost(a).key()).isEqualTo("http://news.example");
        assertThat(frontier.nextHost(b).key()).isEqualTo("http://shop.example");
        assertThat(frontier.poll()).isNull();
    }

    @Test
    void suspendsUrlsOfHostUntilItsRobotsAreFetched() {
        add(shop, "/a", "/b");
        FrontierUrl a = poll();
        frontier.beginRobotsRedirectFetch(
                a, frontier.nextHost(a), HttpUrl.of("http://news.example/robots.txt"), Duration.ZERO);
        assertThat(poll()).isSameAs(a);
        assertThat(frontier.poll()).isNull();
        assertThat(frontier.hostsWithWork()).isEqualTo(2);
        frontier.endRobotsRedirectFetch(a, frontier.nextHost(a), SECOND);
        assertThat(frontier.poll()).isNull();
        pass(SECOND);
        assertThat(poll()).isSameAs(a);
        assertThat(frontier.nextHost(a).key()).isEqualTo("http://shop.example");
        finish(a, Duration.ZERO);
        assertThat(poll().url().path()).isEqualTo("/b");
    }

    @Test
    void resumesHostWhenItsRobotsRedirectFetchIsRefusedWithItsSite() {
        Site folder = site("http://shop.example/folder/", 100);
        add(shop, "/a");
        FrontierUrl a = poll();
        add(folder, "page");
        frontier.beginRobotsRedirectFetch(
                a, frontier.nextHost(a), HttpUrl.of("http://news.example/robots.txt"), Duration.ZERO);
        frontier.closeSite(shop, 1);
        assertThat(poll().site()).isSameAs(folder);
    }

    @Test
    void isFinishedWhenEverythingIsCommitted() {
        add(shop, "/a");
        FrontierUrl url = poll();
        finish(url, Duration.ZERO);
        assertThat(frontier.isFinished()).isFalse();
        frontier.committed(List.of(url.id()), List.of(), 0);
        assertThat(frontier.isFinished()).isTrue();
    }

    @Test
    void endsWaitingCrawlers() throws Exception {
        add(shop, "/a");
        finish(poll(), Duration.ofDays(1));
        List<FrontierUrl> taken = new ArrayList<>();
        Thread crawler = Thread.ofVirtual().start(() -> taken.add(frontier.awaitNext()));
        frontier.finish();
        crawler.join();
        assertThat(taken).containsOnlyNulls();
    }

    @Test
    void retriesDeferredHostWhileThereIsOtherWork() {
        add(shop, "/a");
        add(news, "/b", "/c");
        FrontierUrl left = poll(shop);
        defer(left, Duration.ofHours(1));
        finish(poll(), Duration.ofHours(2));
        frontier.committed(List.of(2L), List.of(), 0);
        pass(Duration.ofMinutes(59));
        assertThat(frontier.poll()).isNull();
        pass(Duration.ofMinutes(1));
        assertThat(poll()).isSameAs(left);
        assertThat(frontier.nextHost(left).faults().failure()).isNull();
    }

    @Test
    void failsDeferredHostWhenThereIsNoOtherWork() {
        add(shop, "/a", "/b");
        add(news, "/c");
        FrontierUrl left = poll(shop);
        defer(left, Duration.ofHours(1));
        finish(poll(), Duration.ZERO);
        assertThat(frontier.poll()).as("the uncommitted page may have links").isNull();
        frontier.committed(List.of(3L), List.of(), 0);
        assertThat(poll()).isSameAs(left);
        assertThat(frontier.nextHost(left).faults().failure())
                .isEqualTo(new HostFaults.HostFailure("retry-after", "later"));
    }

    @Test
    void waitsForDeferredHostThatIsDueSoon() {
        add(shop, "/a");
        add(news, "/b");
        FrontierUrl left = poll(shop);
        defer(left, Duration.ofMinutes(20));
        pass(Duration.ofMinutes(6));
        finish(poll(), Duration.ZERO);
        frontier.committed(List.of(2L), List.of(), 0);
        assertThat(frontier.poll()).isNull();
        pass(Duration.ofMinutes(14));
        assertThat(poll()).isSameAs(left);
        assertThat(frontier.nextHost(left).faults().failure()).isNull();
    }

    @Test
    void failsRobotsRedirectFetchFromDeferredHost() {
        add(shop, "/a");
        FrontierUrl visit = poll();
        frontier.beginRobotsRedirectFetch(
                visit, frontier.nextHost(visit), HttpUrl.of("http://news.example/robots.txt"), Duration.ZERO);
        assertThat(poll()).isSameAs(visit);
        defer(visit, Duration.ofHours(1));
        assertThat(poll()).isSameAs(visit);
        assertThat(frontier.nextHost(visit).faults().failure()).isNotNull();
    }

    @Test
    void keepsTheDelayOfTheProcessThatHadAPartitionBetweenTwoOfItsClaims() throws Exception {
        HostFrontier crawl = new HostFrontier(now::get, host -> null);
        crawl.open(0, 0, 2, List.of("http://shop.example"), null);
        HostQueue host = crawl.awaitRefills(1).getFirst();
        FrontierUrl a = url(shop, "/a");
        FrontierUrl b = url(shop, "/b");
        crawl.refill(host, List.of(a, b), 3, host.beginRefill(), null);
        assertThat(crawl.poll()).isSameAs(a);
        crawl.endVisit(a, host, true, now.get() + SECOND.toNanos());
        crawl.committed(List.of(a.id()), List.of(), 0);
        shop.suspend();
        assertThat(crawl.remove(0)).isTrue(); // /b waits until the host is due

        pass(SECOND); // another process sends a request, and ends; no crawler has taken the host meanwhile
        HostState stored =
                new HostState(host.key(), now.get() + SECOND.toNanos(), Duration.ZERO, HostFaults.Snapshot.NONE, null);
        crawl.open(0, 1, 1, List.of("http://shop.example"), now.get());
        assertThat(crawl.poll()).isNull();
        HostQueue again = crawl.awaitRefills(1).getFirst();
        FrontierUrl left = url(site("http://shop.example/", 100), "/b");
        crawl.refill(again, List.of(left), 3, again.beginRefill(), stored);

        assertThat(crawl.poll()).isNull();
        pass(SECOND);
        assertThat(crawl.poll()).isSameAs(left);
    }

    private void defer(FrontierUrl url, Duration delay) {
        HostQueue host = frontier.nextHost(url);
        host.faults().defer(new HostFaults.HostFailure("retry-after", "later"));
        frontier.requeue(url, host, delay);
    }

    private FrontierUrl poll() {
        return Objects.requireNonNull(frontier.poll(), "no URL is due");
    }

    private FrontierUrl poll(Site site) {
        FrontierUrl url = poll();
        if (url.site() == site) {
            return url;
        }
        FrontierUrl other = poll();
        frontier.requeue(url, frontier.nextHost(url), Duration.ZERO);
        return other;
    }

    private void finish(FrontierUrl url, Duration delay) {
        frontier.endVisit(url, frontier.nextHost(url), true, now.get() + delay.toNanos());
    }

    private void add(Site site, String... paths) {
        List<FrontierUrl> urls = new ArrayList<>();
        for (String path : paths) {
            urls.add(url(site, path));
        }
        frontier.committed(List.of(), urls, 0);
    }

    private FrontierUrl url(Site site, String path) {
        HttpUrl url = site.url().resolve(path).orElseThrow();
        return new FrontierUrl(++lastId, url, url.origin(), site, 0, LinkPriority.of(url));
    }

    private static Site site(String url, int maxPages) {
        return new Site(1, Crawling.seed(HttpUrl.of(url), 10, maxPages), 0, 0);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
