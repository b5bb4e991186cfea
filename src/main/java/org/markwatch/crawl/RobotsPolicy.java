package org.markwatch.crawl;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRulesParser;
import edu.uci.ics.crawler4j.robotstxt.RobotstxtConfig;
import edu.uci.ics.crawler4j.robotstxt.RobotstxtServer;
import edu.uci.ics.crawler4j.url.WebURL;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.RobotsMetaPolicy;

/**
 * Fetches the robots.txt of each host (RFC 9309), one request at a time, applies its rules, and keeps them for the run.
 *
 * <p>Everything is allowed if the host has no usable file (section 2.3.1.3, 'unavailable'): a status other than 2xx,
 * 3xx, 429 and 5xx; more than {@value #MAX_ROBOTS_REDIRECTS} redirects or a loop (section 2.3.1.2); a redirect without
 * Location, to an invalid URL, or to a URL whose file extension indicates that it is no page; a Content-Type of an
 * image, video or audio; content that is not text. Any other Content-Type is ignored.
 *
 * <p>A file that cannot be reached (section 2.3.1.4, 'unreachable': 5xx, 429, time-out) or read is fetched again later.
 * After {@value #MAX_ATTEMPTS} such failures everything is disallowed; failures to connect count for the host instead
 * ({@link Politeness#MAX_CONNECT_FAILURES}). Everything is also disallowed if the file redirects to
 * an address or port that is not allowed, has more than {@value #MAX_WILDCARDS} rules with wildcards, or exceeds the
 * limit on all robots.txt of the site ({@link Site#MAX_ROBOTS_BYTES}).
 *
 * <p>A redirect to another host is followed within the politeness delay of that host.
 */
final class RobotsPolicy extends RobotstxtServer {
    private static final String PRODUCT_TOKEN = "markwatch";
    private static final int MAX_ATTEMPTS = 4;

    /** Redirects of one robots.txt that are followed; RFC 9309 section 2.3.1.2 asks for at least five. */
    static final int MAX_ROBOTS_REDIRECTS = 5;

    /** Upper limit of the crawl-delay that is kept. */
    private static final Duration MAX_CRAWL_DELAY = Duration.ofMinutes(2);

    /**
     * Rules with wildcards in one file, beyond which everything is disallowed. A file of 500 KiB holds 26,000 of them,
     * which cost a second of CPU for each URL.
     */
    static final int MAX_WILDCARDS = 2_000;

    /** Counter in {@code run_count} of calls of {@link #recordOverride}. */
    private static final CrawlCounters.CounterKey ROBOTS_OVERRIDES = new CrawlCounters.CounterKey("robots", "despite");

    private static final CrawlCounters.CounterKey NOFOLLOW = new CrawlCounters.CounterKey("skipped", "nofollow");

    private final TextOnlyFetcher fetcher;
    private final HostFrontier frontier;
    private final RobotsMetaPolicy meta;
    private final CrawlCounters counters;

    RobotsPolicy(TextOnlyFetcher fetcher, HostFrontier frontier, RobotsMetaPolicy meta, CrawlCounters counters) {
        super(new RobotstxtConfig(), fetcher, () -> {
            throw new UnsupportedOperationException("robots.txt is fetched by fetch(HostQueue, FrontierUrl)");
        });
        this.fetcher = fetcher;
        this.frontier = frontier;
        this.meta = meta;
        this.counters = counters;
    }

    /** The outcome of one request for robots.txt. */
    sealed interface RobotsOutcome {
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
    RobotsOutcome fetch(HostQueue host, FrontierUrl url) {
        return switch (fetcher.siteFiles().fetchRobots(url, host.robotsTarget())) {
            case RobotsFile.Text(byte[] content) -> {
                if (!url.site().admitRobots(content.length)) {
                    yield rulesKnown(
                            host,
                            new RobotRules.Unreachable("the robots.txt files of all hosts of "
                                    + url.site().url() + " exceed " + Site.MAX_ROBOTS_BYTES + " bytes"));
                }
                // the parser is not thread-safe, and its default limit disallows hosts with a long crawl-delay
                SimpleRobotRulesParser parser = new SimpleRobotRulesParser(Long.MAX_VALUE, 0);
                yield rulesKnown(
                        host,
                        rules(parser.parseContent(
                                host.key() + "/robots.txt", parseable(content), "text/plain", List.of(PRODUCT_TOKEN))));
            }
            case RobotsFile.NoFile none -> rulesKnown(host, RobotRules.ALLOW_ALL);
            case RobotsFile.RobotsRedirect(var target) ->
                host.followRobotsRedirect(target)
                        ? new RobotsOutcome.FurtherRequest(null)
                        : rulesKnown(host, RobotRules.ALLOW_ALL);
            case RobotsFile.TargetRefused(var refused)
            when refused.status() > 0 || host.isRobotsRedirected() ->
                rulesKnown(host, new RobotRules.Unreachable("it redirects to a refused URL: " + refused.reason()));
            case RobotsFile.TargetRefused(var refused) -> new RobotsOutcome.HostRefused(refused);
            case RobotsFile.FetchFailed(ExchangeResult.Retryable later) -> {
                if (later.fault() == ExchangeResult.HostFault.UNREACHABLE || host.countRobotsFailure() < MAX_ATTEMPTS) {
                    yield new RobotsOutcome.FurtherRequest(later);
                }
                yield rulesKnown(
                        host, new RobotRules.Unreachable(later.failure().reason()));
            }
        };
    }

    /**
     * Returns the file without control bytes, and each line without the bytes before it that are not ASCII, so that a NUL
     * byte or a damaged byte order mark does not hide a rule.
     */
    static byte[] parseable(byte[] content) {
        byte[] kept = new byte[content.length];
        int n = 0;
        boolean lineStart = true;
        for (byte b : content) {
            if (BinaryDetector.isBinaryByte(b) || lineStart && b < 0) {
                continue;
            }
            kept[n++] = b;
            lineStart = b == '\n' || b == '\r' || lineStart && b == ' ';
        }
        return Arrays.copyOf(kept, n);
    }

    private static RobotRules rules(SimpleRobotRules file) {
        long wildcards = file.getRobotRules().stream()
                .filter(rule -> rule.getPrefix().indexOf('*') >= 0)
                .count();
        return wildcards > MAX_WILDCARDS
                ? new RobotRules.Unreachable(
                        "it has " + wildcards + " rules with wildcards; at most " + MAX_WILDCARDS + " are allowed")
                : new RobotRules.Parsed(file, MAX_CRAWL_DELAY);
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

    private static RobotsOutcome rulesKnown(HostQueue host, RobotRules rules) {
        host.resetFailures();
        host.rules(rules);
        return new RobotsOutcome.RulesKnown();
    }

    /** Whether the rules of the host are known and allow the URL. */
    @Override
    public boolean allows(WebURL url) {
        return url instanceof FrontierUrl known
                && frontier.nextHost(known).rules() instanceof RobotRules rules
                && rules.allows(known.target());
    }

    @Override
    public boolean allows(WebURL url, boolean isSeed) {
        return allows(url);
    }
}
