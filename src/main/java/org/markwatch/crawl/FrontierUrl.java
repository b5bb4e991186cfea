package org.markwatch.crawl;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;

/**
 * A URL of the frontier during its visit: the values of its row, its redirects, and what the visit found. Not
 * thread-safe; one crawler holds it at a time.
 */
final class FrontierUrl {
    private final long id;
    private final HttpUrl url;
    private final String host;
    private final Site site;
    private final short depth;
    private final byte priority;
    private final EarlierVisits past;
    /** Immutable and replaced at each redirect: most URLs have none, and tens of thousands are in memory. */
    private List<HttpUrl> chain;

    private int failedAttempts;
    private @Nullable HttpUrl robotsRedirect;
    private @Nullable String tlsFault;
    private boolean robotsDisregarded;
    private @Nullable Outlinks outlinks;
    private @Nullable PageHistoryUpdate historyUpdate;
    private @Nullable NextVisit nextVisit;
    private final @Nullable Sitemaps sitemaps;
    private boolean unconditional;

    /** Creates a URL that was never visited. */
    FrontierUrl(long id, HttpUrl url, String host, Site site, int depth, int priority) {
        this(id, url, host, site, depth, priority, EarlierVisits.NONE);
    }

    FrontierUrl(long id, HttpUrl url, String host, Site site, int depth, int priority, EarlierVisits past) {
        this.id = id;
        this.url = url;
        this.host = host;
        this.site = site;
        this.depth = (short) depth;
        this.priority = (byte) priority;
        this.past = past;
        this.chain = List.of(url);
        this.sitemaps = readsSitemaps() ? new Sitemaps() : null;
    }

    /** Whether the sitemaps of the host are read with this page: the seed, and its redirect target on another host. */
    private boolean readsSitemaps() {
        return depth == 0 && (url.equals(site.url()) || !host.equals(site.url().origin()));
    }

    /** Returns the id of the row in table {@code page}. */
    long id() {
        return id;
    }

    HttpUrl url() {
        return url;
    }

    /** Returns the host key of the URL itself, not of its redirects. */
    String host() {
        return host;
    }

    Site site() {
        return site;
    }

    /** Returns what earlier runs recorded of the page, or null. */
    @Nullable
    PageHistory history() {
        return past.history();
    }

    /** Returns what earlier visits recorded. */
    EarlierVisits past() {
        return past;
    }

    /** Makes the request unconditional: the page is fetched even if it has not changed. */
    void requestUnconditionally() {
        unconditional = true;
    }

    /**
     * Returns the validators for a request to {@link #target}: those of the page history if its final URL is the same,
     * else none.
     */
    Validators validators() {
        PageHistory history = past.history();
        return history != null && !unconditional && history.finalUrl().equals(target())
                ? history.validators()
                : Validators.NONE;
    }

    /** Returns the URL and its redirects so far: first {@link #url}, last {@link #target}. */
    List<HttpUrl> chain() {
        return chain;
    }

    /** Whether the URL is a compressed sitemap on another host, which robots.txt names. */
    boolean isCompressedSitemap() {
        return priority == LinkPriority.SITEMAP && MediaTypes.isCompressed(url);
    }

    /** Returns the URL to request next. */
    HttpUrl target() {
        return chain.getLast();
    }

    boolean isRedirected() {
        return chain.size() > 1;
    }

    void addRedirect(HttpUrl target) {
        List<HttpUrl> longer = new ArrayList<>(chain);
        longer.add(target);
        chain = List.copyOf(longer);
    }

    /** Returns where the robots.txt of its host redirects to while that is fetched from another host; else null. */
    @Nullable
    HttpUrl robotsRedirect() {
        return robotsRedirect;
    }

    void robotsRedirect(@Nullable HttpUrl target) {
        robotsRedirect = target;
    }

    /** Returns the fault of the certificate of the host that answered last; null if it has none, and for http. */
    @Nullable
    String tlsFault() {
        return tlsFault;
    }

    void tlsFault(@Nullable String fault) {
        tlsFault = fault;
    }

    /** Returns the authority of the seed if the URL was requested although robots.txt disallows it; else null. */
    @Nullable
    String robotsAuthority() {
        return robotsDisregarded ? site.seed().robotsAuthority() : null;
    }

    /** Records that the URL is requested although robots.txt disallows it. */
    void disregardRobots() {
        robotsDisregarded = true;
    }

    /** Counts a failed attempt; returns their number. */
    int countFailedAttempt() {
        return ++failedAttempts;
    }

    /** Returns the links of the page; null before its analysis. */
    @Nullable
    Outlinks outlinks() {
        return outlinks;
    }

    void outlinks(Outlinks links) {
        this.outlinks = links;
    }

    /** Returns the update of the page history that the visit leads to, or null. */
    @Nullable
    PageHistoryUpdate historyUpdate() {
        return historyUpdate;
    }

    void historyUpdate(@Nullable PageHistoryUpdate update) {
        this.historyUpdate = update;
    }

    /** Returns when the URL is to be visited again; null before the visit has ended, and if nothing was requested. */
    @Nullable
    NextVisit nextVisit() {
        return nextVisit;
    }

    void nextVisit(@Nullable NextVisit next) {
        this.nextVisit = next;
    }

    /** Returns the sitemaps that are read with the page, or null. */
    @Nullable
    Sitemaps sitemaps() {
        return sitemaps;
    }

    /** Returns the number of links from the seed, 0 or more. */
    int depth() {
        return depth;
    }

    /** Returns the priority; see {@link LinkPriority}. */
    int priority() {
        return priority;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FrontierUrl that && that.id == id;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
