package org.markwatch.crawl.frontier;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.HostConnection;
import org.markwatch.crawl.Validators;
import org.markwatch.crawl.content.MediaTypes;
import org.markwatch.crawl.revisit.EarlierVisits;
import org.markwatch.crawl.revisit.NextVisit;
import org.markwatch.crawl.revisit.PageHistory;
import org.markwatch.crawl.revisit.PageHistoryUpdate;
import org.markwatch.crawl.robots.Sitemaps;
import org.markwatch.crawl.scope.LinkPriority;
import org.markwatch.crawl.scope.Outlinks;
import org.markwatch.crawl.scope.Site;
import org.markwatch.url.HttpUrl;

/**
 * A URL of the frontier during its visit: the values of its row, its redirects, and what the visit found. Not
 * thread-safe; one crawler holds it at a time.
 */
public final class FrontierUrl {
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
    private @Nullable HostConnection connection;
    private boolean robotsDisregarded;
    private @Nullable Outlinks outlinks;
    private @Nullable PageHistoryUpdate historyUpdate;
    private @Nullable NextVisit nextVisit;
    private final @Nullable Sitemaps sitemaps;
    private boolean unconditional;

    /** Creates a URL that was never visited. */
    public FrontierUrl(long id, HttpUrl url, String host, Site site, int depth, int priority) {
        this(id, url, host, site, depth, priority, EarlierVisits.NONE);
    }

    public FrontierUrl(long id, HttpUrl url, String host, Site site, int depth, int priority, EarlierVisits past) {
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
    public long id() {
        return id;
    }

    public HttpUrl url() {
        return url;
    }

    /** Returns the host key of the URL itself, not of its redirects. */
    public String host() {
        return host;
    }

    public Site site() {
        return site;
    }

    /** Returns what earlier runs recorded of the page, or null. */
    @Nullable
    public PageHistory history() {
        return past.history();
    }

    /** Returns what earlier visits recorded. */
    public EarlierVisits past() {
        return past;
    }

    /** Makes the request unconditional: the page is fetched even if it has not changed. */
    public void requestUnconditionally() {
        unconditional = true;
    }

    /**
     * Returns the validators for a request to {@link #target}: those of the page history if its final URL is the same,
     * else none.
     */
    public Validators validators() {
        PageHistory history = past.history();
        return history != null && !unconditional && history.finalUrl().equals(target())
                ? history.validators()
                : Validators.NONE;
    }

    /** Returns the URL and its redirects so far: first {@link #url}, last {@link #target}. */
    public List<HttpUrl> chain() {
        return chain;
    }

    /** Whether the URL is a compressed sitemap on another host, which robots.txt names. */
    public boolean isCompressedSitemap() {
        return priority == LinkPriority.SITEMAP && MediaTypes.isCompressed(url);
    }

    /** Returns the URL to request next. */
    public HttpUrl target() {
        return chain.getLast();
    }

    public boolean isRedirected() {
        return chain.size() > 1;
    }

    public void addRedirect(HttpUrl target) {
        List<HttpUrl> longer = new ArrayList<>(chain);
        longer.add(target);
        chain = List.copyOf(longer);
    }

    /** Returns where the robots.txt of its host redirects to while that is fetched from another host; else null. */
    @Nullable
    public HttpUrl robotsRedirect() {
        return robotsRedirect;
    }

    void robotsRedirect(@Nullable HttpUrl target) {
        robotsRedirect = target;
    }

    /** Returns the fault of the certificate of the host that answered last; null if it has none, and for http. */
    @Nullable
    public String tlsFault() {
        return tlsFault;
    }

    public void tlsFault(@Nullable String fault) {
        tlsFault = fault;
    }

    /** Returns where the response came from last; null if none came. */
    @Nullable
    public HostConnection connection() {
        return connection;
    }

    public void connection(HostConnection last) {
        this.connection = last;
    }

    /** Returns the authority of the seed if the URL was requested although robots.txt disallows it; else null. */
    @Nullable
    public String robotsAuthority() {
        return robotsDisregarded ? site.seed().robotsAuthority() : null;
    }

    /** Records that the URL is requested although robots.txt disallows it. */
    public void disregardRobots() {
        robotsDisregarded = true;
    }

    /** Counts a failed attempt; returns their number. */
    public int countFailedAttempt() {
        return ++failedAttempts;
    }

    /** Returns the links of the page; null before its analysis. */
    @Nullable
    public Outlinks outlinks() {
        return outlinks;
    }

    public void outlinks(Outlinks links) {
        this.outlinks = links;
    }

    /** Returns the update of the page history that the visit leads to, or null. */
    @Nullable
    public PageHistoryUpdate historyUpdate() {
        return historyUpdate;
    }

    public void historyUpdate(@Nullable PageHistoryUpdate update) {
        this.historyUpdate = update;
    }

    /** Returns when the URL is to be visited again; null before the visit has ended, and if nothing was requested. */
    @Nullable
    public NextVisit nextVisit() {
        return nextVisit;
    }

    public void nextVisit(@Nullable NextVisit next) {
        this.nextVisit = next;
    }

    /** Returns the sitemaps that are read with the page, or null. */
    @Nullable
    public Sitemaps sitemaps() {
        return sitemaps;
    }

    /** Returns the number of links from the seed, 0 or more. */
    public int depth() {
        return depth;
    }

    /** Returns the priority; see {@link LinkPriority}. */
    public int priority() {
        return priority;
    }

    /** Returns the URL defanged, so that no terminal or screen makes it a link. */
    public String defanged() {
        String text = url.toString();
        int start = text.indexOf("://") + 3;
        int end = text.indexOf('/', start);
        return "hxx" + text.substring(3, start) + text.substring(start, end).replace(".", "[.]") + text.substring(end);
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
