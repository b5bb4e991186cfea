package org.markwatch.crawl.visit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.CrawlCounters;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.Link;
import org.markwatch.crawl.PageAnalysis;
import org.markwatch.crawl.fetch.ExchangeResult;
import org.markwatch.crawl.fetch.RobotsFile;
import org.markwatch.crawl.fetch.TextOnlyFetcher;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.crawl.frontier.HostQueue;
import org.markwatch.crawl.frontier.HostState;
import org.markwatch.crawl.robots.RobotRules;
import org.markwatch.crawl.robots.RobotsTxt;
import org.markwatch.crawl.scope.Site;
import org.markwatch.watchlist.RobotsMetaPolicy;

/**
 * Fetches the robots.txt of each host (RFC 9309), one request at a time, applies its rules, and keeps them for the run.
 *
 * <p>Everything is allowed if the host has no usable file (section 2.3.1.3, 'unavailable'): a status other than 2xx,
 * 3xx, 429 and 5xx; more than {@value org.markwatch.crawl.frontier.HostRobots#MAX_REDIRECTS} redirects or a loop (section 2.3.1.2); a redirect without
 * Location, to an invalid URL, or to a URL whose file extension indicates that it is no page; a Content-Type of an
 * image, video or audio; content that is not text. Any other Content-Type is ignored.
 *
 * <p>A file that cannot be reached (section 2.3.1.4, 'unreachable': 5xx, 429, time-out) or read is fetched again later.
 * After {@value #MAX_ATTEMPTS} such failures everything is disallowed; failures to connect count for the host instead
 * ({@link org.markwatch.crawl.politeness.Politeness#MAX_CONNECT_FAILURES}). Everything is also disallowed if the file
 * redirects to an address or port that is not allowed, has more than {@value RobotsTxt#MAX_WILDCARDS} rules with
 * wildcards, or exceeds the limit on all robots.txt of the site ({@link Site#MAX_ROBOTS_BYTES}).
 *
 * <p>A redirect to another host is followed within the politeness delay of that host.
 */
public final class RobotsPolicy {
    private static final int MAX_ATTEMPTS = 4;

    /** Counter in {@code run_count} of calls of {@link #recordOverride}. */
    private static final CrawlCounters.CounterKey ROBOTS_OVERRIDES = new CrawlCounters.CounterKey("robots", "despite");

    private static final CrawlCounters.CounterKey NOFOLLOW = new CrawlCounters.CounterKey("skipped", "nofollow");

    private final TextOnlyFetcher fetcher;
    private final RobotsMetaPolicy meta;
    private final CrawlCounters counters;

    public RobotsPolicy(TextOnlyFetcher fetcher, RobotsMetaPolicy meta, CrawlCounters counters) {
        this.fetcher = fetcher;
        this.meta = meta;
        this.counters = counters;
    }

    /** The outcome of one request for robots.txt. */
    public sealed interface RobotsOutcome {
        /** The rules of the host are known. */
        record RulesKnown() implements RobotsOutcome {}

        /** The crawl refuses every request to the host. */
        record HostRefused(Disposition.Refused refused) implements RobotsOutcome {}

        /** Another request is needed: after a redirect, or after a failure if {@code failure} is not null. */
        record FurtherRequest(ExchangeResult.@Nullable Retryable failure) implements RobotsOutcome {}
    }

    /**
     * Makes one request for the robots.txt of a host, to {@link HostQueue#robotsTarget}, on behalf of a URL. The caller
     * holds the host that gets the request.
     */
    public RobotsOutcome fetch(HostQueue host, FrontierUrl url) {
        return switch (fetcher.siteFiles().fetchRobots(url, host.robots().target())) {
            case RobotsFile.Text(byte[] content) -> {
                if (!url.site().admitRobots(content.length)) {
                    yield rulesKnown(
                            host,
                            HostState.RobotsSource.unusable("the robots.txt files of all hosts of "
                                    + url.site().url() + " exceed " + Site.MAX_ROBOTS_BYTES + " bytes"));
                }
                yield rulesKnown(host, new HostState.RobotsSource(content, null));
            }
            case RobotsFile.NoFile none -> rulesKnown(host, HostState.RobotsSource.NONE);
            case RobotsFile.RobotsRedirect(var target) ->
                host.robots().follow(target)
                        ? new RobotsOutcome.FurtherRequest(null)
                        : rulesKnown(host, HostState.RobotsSource.NONE);
            case RobotsFile.TargetRefused(var refused)
            when refused.status() > 0 || host.robots().isRedirected() ->
                rulesKnown(host, HostState.RobotsSource.unusable("it redirects to a refused URL: " + refused.reason()));
            case RobotsFile.TargetRefused(var refused) -> new RobotsOutcome.HostRefused(refused);
            case RobotsFile.FetchFailed(ExchangeResult.Retryable later) -> {
                if (later.fault() == ExchangeResult.HostFault.UNREACHABLE
                        || host.faults().countRobotsFailure() < MAX_ATTEMPTS) {
                    yield new RobotsOutcome.FurtherRequest(later);
                }
                yield rulesKnown(
                        host, HostState.RobotsSource.unusable(later.failure().reason()));
            }
        };
    }

    /** Whether rules disallow the target of a URL. */
    boolean disallows(RobotRules rules, FrontierUrl url) {
        return !rules.allows(url.target());
    }

    /** Whether the {@code robots_authority} of its seed overrides rules that disallow a URL. */
    boolean isOverridden(FrontierUrl url) {
        return !url.site().seed().robotsAuthority().isEmpty();
    }

    /**
     * Marks a URL as requested against robots.txt, and counts it. Redirects and retries of the URL call this again, so
     * the count may exceed the number of such URLs.
     */
    void recordOverride(FrontierUrl url) {
        counters.add(ROBOTS_OVERRIDES, 1);
        url.disregardRobots();
    }

    /**
     * Returns the links without those marked {@code nofollow}, which are counted; all of them if the setting ignores
     * it.
     */
    List<Link> followableLinks(List<Link> links) {
        if (meta == RobotsMetaPolicy.IGNORE) {
            return links;
        }
        List<Link> followed = links.stream().filter(link -> !link.nofollow()).toList();
        if (followed.size() < links.size()) {
            counters.add(NOFOLLOW, links.size() - followed.size());
        }
        return followed;
    }

    /** Whether a page may be stored: false for {@code noindex} if the setting obeys it. */
    boolean mayStore(PageAnalysis<?> page) {
        return meta != RobotsMetaPolicy.OBEY || !page.noindex();
    }

    private static RobotsOutcome rulesKnown(HostQueue host, HostState.RobotsSource source) {
        host.faults().reset();
        host.robots().learn(source);
        return new RobotsOutcome.RulesKnown();
    }
}
