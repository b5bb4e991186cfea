package org.markwatch.crawl;

import edu.uci.ics.crawler4j.url.AbstractWebURL;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A URL of the frontier on its way: what its row says, and how far its redirects have led. Not thread-safe; one crawler
 * holds it at a time.
 */
final class FrontierUrl extends AbstractWebURL {
    private static final long serialVersionUID = 1L;

    private final long id;
    private final URI url;
    private final String host;
    private final transient Site site;
    private final short depth;
    private final byte priority;
    private final transient @Nullable PageHistory history;
    /** Made anew at each hop: most URLs have none, and tens of thousands wait in memory. */
    private transient List<URI> chain;

    private int failedAttempts;
    private transient @Nullable URI robotsRedirect;
    private @Nullable String tlsFault;
    private boolean robotsDisregarded;
    private transient @Nullable Outlinks outlinks;
    private transient @Nullable PageHistoryUpdate historyUpdate;
    private final transient @Nullable Sitemaps sitemaps;
    private transient boolean unconditional;

    /** A URL that no earlier run has read. */
    FrontierUrl(long id, URI url, String host, Site site, int depth, int priority) {
        this(id, url, host, site, depth, priority, null);
    }

    FrontierUrl(long id, URI url, String host, Site site, int depth, int priority, @Nullable PageHistory known) {
        this.id = id;
        this.url = url;
        this.host = host;
        this.site = site;
        this.depth = (short) depth;
        this.priority = (byte) priority;
        this.history = known;
        this.chain = List.of(url);
        this.sitemaps = depth == 0 ? new Sitemaps() : null;
    }

    long id() {
        return id;
    }

    URI url() {
        return url;
    }

    /** Politeness key of the URL itself, wherever its redirects lead. */
    String host() {
        return host;
    }

    Site site() {
        return site;
    }

    /** What earlier runs know of it, or null. */
    @Nullable
    PageHistory history() {
        return history;
    }

    /** Asks for the page whether it has changed or not. */
    void requestUnconditionally() {
        unconditional = true;
    }

    /** What to ask {@link #target} with: its validators, if that is where the page was read. */
    Validators validators() {
        return history != null && !unconditional && history.finalUrl().equals(target())
                ? history.validators()
                : Validators.NONE;
    }

    /** Every URL asked or to be asked next: first {@link #url}, last {@link #target}. */
    List<URI> chain() {
        return chain;
    }

    /** The URL to ask for next. */
    URI target() {
        return chain.getLast();
    }

    boolean isRedirected() {
        return chain.size() > 1;
    }

    void addRedirect(URI target) {
        List<URI> longer = new ArrayList<>(chain);
        longer.add(target);
        chain = List.copyOf(longer);
    }

    /** Where the robots.txt of the URL's host was moved to, if the visit is on its way to ask another host for it. */
    @Nullable
    URI robotsRedirect() {
        return robotsRedirect;
    }

    void robotsRedirect(@Nullable URI file) {
        robotsRedirect = file;
    }

    /** What is wrong with the certificate of the host that answered last; null if nothing is, and for http. */
    @Nullable
    String tlsFault() {
        return tlsFault;
    }

    void tlsFault(@Nullable String fault) {
        tlsFault = fault;
    }

    /** By whose authority it was asked for although robots.txt disallows it; null if nothing was disregarded. */
    @Nullable
    String robotsAuthority() {
        return robotsDisregarded ? site.seed().robotsAuthority() : null;
    }

    void disregardRobots() {
        robotsDisregarded = true;
    }

    /** Counts one more attempt that came to nothing, and says how many there have been. */
    int countFailedAttempt() {
        return ++failedAttempts;
    }

    /** Where the page links to; null until it has been read, and for what was not. */
    @Nullable
    Outlinks outlinks() {
        return outlinks;
    }

    void outlinks(Outlinks links) {
        this.outlinks = links;
    }

    /** What the visit taught about the page, or null. */
    @Nullable
    PageHistoryUpdate historyUpdate() {
        return historyUpdate;
    }

    void historyUpdate(@Nullable PageHistoryUpdate page) {
        this.historyUpdate = page;
    }

    /** What its site's sitemaps list; null unless this is the seed itself. */
    @Nullable
    Sitemaps sitemaps() {
        return sitemaps;
    }

    @Override
    public String getURL() {
        return url.toString();
    }

    @Override
    public short getDepth() {
        return depth;
    }

    @Override
    public byte getPriority() {
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
