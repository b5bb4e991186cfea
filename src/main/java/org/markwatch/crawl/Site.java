package org.markwatch.crawl;

import crawlercommons.domains.EffectiveTldFinder;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.Scope;
import org.markwatch.watchlist.Seed;

/**
 * A seed under way: where its links may lead, and how much of its page budget is left. Thread-safe.
 *
 * <p>A page is reserved when it is handed to a crawler, and given back unless text came: pages refused, disallowed or failed
 * cost nothing of the budget, and no more than {@link Seed#maxPages} are ever fetched.
 */
final class Site {
    /** Known URLs per page of the budget, beyond which a site's ordinary links are no longer taken in. */
    private static final int MAX_URLS_PER_PAGE = 4;

    private static final int MIN_URL_LIMIT = 1_000;

    /** Links that look like payment are taken in until there are this many times as many. */
    private static final int PRIORITY_FACTOR = 5;

    /** Shapes of URLs that are counted of a site at once. */
    private static final int MAX_SHAPES = 256;

    /** URLs of one shape that raise no suspicion. */
    private static final int MIN_SHAPE_LIMIT = 50;

    /** Bytes of robots.txt of all its hosts: a name server can make as many hosts as there are links. */
    static final int MAX_ROBOTS_BYTES = 8 << 20;

    private final int number;
    private final Seed seed;
    private final URI url;
    private final String host;
    /** Registered domain of the host, null if it has none. */
    private final @Nullable String domain;

    /** Admitted URLs by shape. */
    private final Map<String, Integer> shapes = new HashMap<>();

    private final Traps traps = new Traps();

    private long known;
    private long robotsBytes;
    private int reserved;
    private int fetched;
    private int committed;
    private boolean isClosed;

    /**
     * @param number   number of the seed in its run
     * @param url      canonical URL of the seed
     * @param known    URLs in the frontier
     * @param captured pages fetched in earlier starts of the run
     */
    Site(int number, Seed seed, URI url, long known, int captured) {
        this.number = number;
        this.seed = seed;
        this.url = url;
        this.host = host(url);
        this.domain = EffectiveTldFinder.getAssignedDomain(host, true, false);
        this.known = known;
        this.fetched = captured;
        this.committed = captured;
    }

    int number() {
        return number;
    }

    Seed seed() {
        return seed;
    }

    URI url() {
        return url;
    }

    /** Where this site repeats itself. */
    Traps traps() {
        return traps;
    }

    /** Whether links and redirects may lead there. http and https, and a leading {@code www.}, are the same site. */
    boolean isInScope(URI target) {
        if (target.equals(url)) {
            return true;
        }
        String targetHost = host(target);
        if (!targetHost.equals(host)) {
            return seed.scope() == Scope.DOMAIN && inDomain(targetHost);
        }
        return switch (seed.scope()) {
            case DOMAIN -> true;
            case HOST -> port(target) == port(url);
            case PATH -> port(target) == port(url) && target.getRawPath().startsWith(folder(url));
        };
    }

    /** The public suffix list knows suffixes below some domains, so a common ending alone does not do. */
    private boolean inDomain(String target) {
        return domain != null
                && target.endsWith(domain)
                && domain.equals(EffectiveTldFinder.getAssignedDomain(target, true, false));
    }

    private static String host(URI url) {
        String host = url.getHost();
        return host.startsWith("www.") ? host.substring(4) : host;
    }

    private static int port(URI url) {
        int port = CanonicalUrl.port(url);
        return port == 443 ? 80 : port;
    }

    private static String folder(URI url) {
        String path = url.getRawPath();
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /** Takes one more URL into the frontier's account, unless there are enough of its priority. */
    synchronized boolean admit(int priority) {
        long limit = Math.max(MIN_URL_LIMIT, (long) MAX_URLS_PER_PAGE * seed.maxPages());
        if (known >= (priority > LinkPriority.ORDINARY ? PRIORITY_FACTOR * limit : limit)) {
            return false;
        }
        known++;
        return true;
    }

    /**
     * Ranks an admitted URL: endless calendars and piled-up query parameters differ in numbers and queries only, so once such a
     * shape of URL makes up half of the page budget, what more of it comes is visited after everything else.
     */
    synchronized int rank(URI target, int priority) {
        String shape = shape(target);
        if (shape == null) {
            return priority;
        }
        int alike = countShape(shape);
        return alike > Math.max(MIN_SHAPE_LIMIT, seed.maxPages() / 2) ? LinkPriority.SUSPECTED_TRAP : priority;
    }

    /**
     * Counts one more of a shape. When no more shapes are kept each of them loses one, so that those that occur often stay (Misra and
     * Gries, Finding repeated elements, 1982): a site of millions of URLs may have as many shapes.
     */
    private int countShape(String shape) {
        if (shapes.size() == MAX_SHAPES && !shapes.containsKey(shape)) {
            shapes.values().removeIf(n -> n == 1);
            shapes.replaceAll((each, n) -> n - 1);
            return 1;
        }
        return shapes.merge(shape, 1, Integer::sum);
    }

    /** Gives back a URL that was admitted, but known already or rolled back. */
    synchronized void withdraw(URI target) {
        known--;
        String shape = shape(target);
        if (shape != null) {
            shapes.computeIfPresent(shape, (same, n) -> n == 1 ? null : n - 1);
        }
    }

    /** A path with its numbers left out, and whether there is a query; null for a URL that has neither. */
    private static @Nullable String shape(URI url) {
        String path = url.getRawPath();
        StringBuilder shape = new StringBuilder(path.length());
        boolean numbered = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            numbered |= digit;
            if (!digit) {
                shape.append(c);
            }
        }
        boolean asked = url.getRawQuery() != null;
        return numbered || asked ? shape.append(asked ? "?" : "").toString() : null;
    }

    /** Counts a robots.txt of one of its hosts; false if there is no more room for them: the rules of a host are kept for the run. */
    synchronized boolean admitRobots(int bytes) {
        if (robotsBytes + bytes > MAX_ROBOTS_BYTES) {
            return false;
        }
        robotsBytes += bytes;
        return true;
    }

    synchronized boolean reserve() {
        if (reserved + fetched >= seed.maxPages()) {
            return false;
        }
        reserved++;
        return true;
    }

    /** Ends a reservation. */
    synchronized void release(boolean withText) {
        reserved--;
        if (withText) {
            fetched++;
        }
    }

    /** Whether the budget will be used up once {@code more} captured pages are committed. */
    synchronized boolean isBudgetUsedUpWith(int more) {
        return committed + more >= seed.maxPages();
    }

    synchronized void committed(int pages) {
        committed += pages;
    }

    /** The rest of the site's URLs have been written off. */
    synchronized void close() {
        isClosed = true;
    }

    synchronized boolean isClosed() {
        return isClosed;
    }
}
