package org.markwatch.crawl.scope;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;
import org.markwatch.url.RegistrableDomain;
import org.markwatch.watchlist.Scope;
import org.markwatch.watchlist.Seed;
import org.springframework.modulith.NamedInterface;

/**
 * A seed during a run: the scope of its links, and the rest of its page budget. Thread-safe.
 *
 * <p>A crawler reserves a page of the budget when it takes a URL, and releases it when the visit ends without using it
 * ({@link org.markwatch.crawl.Disposition#usesBudget}). So at most {@link Seed#maxPages} URLs
 * are requested in a run, whatever they answer; pages that are not due do not count.
 */
@NamedInterface("scope")
public final class Site {
    /** Known URLs for each page of the budget, beyond which links of ordinary priority are not added. */
    private static final int MAX_URLS_PER_PAGE = 4;

    /** The least limit of known URLs, however small the budget is. */
    private static final int MIN_URL_LIMIT = 1_000;

    /** For links of higher priority, the limit is this many times as large. */
    private static final int PRIORITY_FACTOR = 5;

    /** Limit of the numberless paths that are counted at the same time. */
    private static final int MAX_COUNTED_PATHS = 256;

    /** The least limit of URLs with the same numberless path, beyond which they count as a suspected trap. */
    private static final int MIN_TRAP_LIMIT = 50;

    /** Limit of the bytes of robots.txt over all hosts of the site: wildcard DNS makes any number of hosts. */
    public static final int MAX_ROBOTS_BYTES = 8 << 20;

    private final int number;
    private final int partition;
    private final Seed seed;
    private final String host;
    /** Registrable domain of the host, null if it has none. */
    private final @Nullable String domain;

    /** Number of admitted URLs by {@link #numberlessPath}. */
    private final Map<String, Integer> numberlessPaths = new HashMap<>();

    private final Traps traps = new Traps();

    private long known;
    private long robotsBytes;
    private int reserved;
    private int asked;
    private int committed;
    private boolean closed;
    private boolean suspended;

    /**
     * Creates a site.
     *
     * @param number   number of the seed in its run
     * @param known    URLs of the seed that the database knows
     * @param asked    visits that count for the budget and that earlier starts of the run committed
     */
    public Site(int number, Seed seed, long known, int asked) {
        this(number, 0, seed, known, asked);
    }

    /**
     * Creates a site of a partition.
     *
     * @param number    number of the seed in its run
     * @param partition number of the partition that its URLs belong to
     * @param known     URLs of the seed that the database knows
     * @param asked     visits that count for the budget and that earlier starts of the run committed
     */
    public Site(int number, int partition, Seed seed, long known, int asked) {
        this.number = number;
        this.partition = partition;
        this.seed = seed;
        this.host = host(seed.url());
        this.domain = RegistrableDomain.of(host);
        this.known = known;
        this.asked = asked;
        this.committed = asked;
    }

    public int number() {
        return number;
    }

    /** Returns the number of the partition that the URLs of the site belong to. */
    public int partition() {
        return partition;
    }

    public Seed seed() {
        return seed;
    }

    public HttpUrl url() {
        return seed.url();
    }

    /** Returns the trap detection of the site. */
    public Traps traps() {
        return traps;
    }

    /**
     * Whether links and redirects to a URL are in scope. http and https, and a leading {@code www.}, are the same site.
     */
    public boolean isInScope(HttpUrl target) {
        if (target.equals(seed.url())) {
            return true;
        }
        String targetHost = host(target);
        if (!targetHost.equals(host)) {
            return seed.scope() == Scope.DOMAIN && inDomain(targetHost);
        }
        return switch (seed.scope()) {
            case DOMAIN -> true;
            case HOST -> port(target) == port(seed.url());
            case PATH -> port(target) == port(seed.url()) && target.path().startsWith(folder(seed.url()));
        };
    }

    /** A common ending is not enough: the public suffix list has suffixes below some domains. */
    private boolean inDomain(String target) {
        return domain != null && target.endsWith(domain) && domain.equals(RegistrableDomain.of(target));
    }

    /** Returns the host of a URL without a leading {@code www.}. */
    static String host(HttpUrl url) {
        String host = url.host();
        return host.startsWith("www.") ? host.substring(4) : host;
    }

    /** Returns the port of a URL; http and https are the same site. */
    static int port(HttpUrl url) {
        int port = url.port();
        return port == 443 ? 80 : port;
    }

    private static String folder(HttpUrl url) {
        String path = url.path();
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /** Counts a URL that is to be added to the frontier; returns false if the limit of its priority is reached. */
    synchronized boolean admit(int priority) {
        long limit = Math.max(MIN_URL_LIMIT, (long) MAX_URLS_PER_PAGE * seed.maxPages());
        if (known >= (priority > LinkPriority.ORDINARY ? PRIORITY_FACTOR * limit : limit)) {
            return false;
        }
        known++;
        return true;
    }

    /**
     * Returns the priority of an admitted URL. Endless calendars and piled-up query parameters differ in numbers and
     * queries only, so once the URLs with the same numberless path exceed half of the page budget, further ones get
     * {@link LinkPriority#SUSPECTED_TRAP}.
     */
    synchronized int rank(HttpUrl target, int priority) {
        String path = numberlessPath(target);
        if (path == null) {
            return priority;
        }
        int samePath = countPath(path);
        return samePath > Math.max(MIN_TRAP_LIMIT, seed.maxPages() / 2) ? LinkPriority.SUSPECTED_TRAP : priority;
    }

    /**
     * Counts a URL by its numberless path, in bounded memory: when the table is full, every count decreases by one, so
     * that frequent paths stay (Misra and Gries, Finding repeated elements, 1982).
     */
    private int countPath(String path) {
        if (numberlessPaths.size() == MAX_COUNTED_PATHS && !numberlessPaths.containsKey(path)) {
            numberlessPaths.values().removeIf(n -> n == 1);
            numberlessPaths.replaceAll((each, n) -> n - 1);
            return 1;
        }
        return numberlessPaths.merge(path, 1, Integer::sum);
    }

    /** Withdraws an admitted URL that is in the frontier already, or whose transaction was rolled back. */
    synchronized void withdraw(HttpUrl target) {
        known--;
        String path = numberlessPath(target);
        if (path != null) {
            numberlessPaths.computeIfPresent(path, (same, n) -> n == 1 ? null : n - 1);
        }
    }

    /**
     * Returns the path without digits, and a question mark if there is a query; null for a URL with neither digits nor
     * query.
     */
    private static @Nullable String numberlessPath(HttpUrl url) {
        String path = url.path();
        StringBuilder numberless = new StringBuilder(path.length());
        boolean numbered = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            numbered |= digit;
            if (!digit) {
                numberless.append(c);
            }
        }
        boolean query = url.query() != null;
        return numbered || query ? numberless.append(query ? "?" : "").toString() : null;
    }

    /**
     * Counts the bytes of a robots.txt, which is kept for the run; returns false if {@link #MAX_ROBOTS_BYTES} would be
     * exceeded.
     */
    public synchronized boolean admitRobots(int bytes) {
        if (robotsBytes + bytes > MAX_ROBOTS_BYTES) {
            return false;
        }
        robotsBytes += bytes;
        return true;
    }

    /** Reserves a page of the budget; returns false if none is left, or if the site is passed over. */
    public synchronized boolean reserve() {
        if (isPassedOver() || reserved + asked >= seed.maxPages()) {
            return false;
        }
        reserved++;
        return true;
    }

    /** Ends a reservation; {@code counts} tells whether the visit used it. */
    public synchronized void release(boolean counts) {
        reserved--;
        if (counts) {
            asked++;
        }
    }

    /** Whether the budget is used up once {@code more} visits that count are committed. */
    public synchronized boolean isBudgetUsedUpWith(int more) {
        return committed + more >= seed.maxPages();
    }

    /** Counts visits that have been committed and that count for the budget. */
    public synchronized void committed(int pages) {
        committed += pages;
    }

    /** Returns why URLs beyond the page budget are refused, one line for people. */
    public String beyondBudget() {
        return "beyond max_pages = " + seed.maxPages() + " of " + seed.url();
    }

    /** Closes the site: its remaining URLs have been refused. */
    public synchronized void close() {
        closed = true;
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    /** Suspends the site: this process makes no more requests for its URLs, which stay in the frontier for another one. */
    public synchronized void suspend() {
        suspended = true;
    }

    /** Whether URLs of the site that are in memory are passed over. */
    public synchronized boolean isPassedOver() {
        return closed || suspended;
    }

    /** Whether no URL of the site is with a crawler. */
    public synchronized boolean isIdle() {
        return reserved == 0;
    }
}
