package org.markwatch.crawl;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRulesParser;
import edu.uci.ics.crawler4j.robotstxt.RobotstxtConfig;
import edu.uci.ics.crawler4j.robotstxt.RobotstxtServer;
import edu.uci.ics.crawler4j.url.WebURL;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.TextOnlyFetcher.RobotsFile;
import org.markwatch.watchlist.RobotsMetaPolicy;

/**
 * Learns what each host's robots.txt says (RFC 9309), one request a turn, and remembers it for the run.
 *
 * <p>No file (4xx, more than five redirects) allows everything; a file that cannot be had (5xx, 429) is asked for again later and,
 * if that does not help, disallows everything, as does one that moved to where nothing is asked for. Contents are parsed whatever
 * their declared type. One that moved to another host is asked for in that host's turn.
 */
final class RobotsPolicy extends RobotstxtServer {
    private static final String PRODUCT_TOKEN = "markwatch";
    private static final int MAX_ATTEMPTS = 4;
    /** A longer crawl-delay is waited for no longer than this. */
    private static final Duration MAX_CRAWL_DELAY = Duration.ofMinutes(2);

    /**
     * A file of 500 KiB holds 26,000 rules with wildcards, which cost a second of CPU for each URL, and all hosts wait for it. A host
     * with so many is treated as one that disallows everything, which it could have said in one line.
     */
    static final int MAX_WILDCARDS = 2_000;

    /** Requests made against the rules of a host, as in {@code run_count}. */
    private static final CrawlCounters.CounterKey DESPITE_ROBOTS = new CrawlCounters.CounterKey("robots", "despite");

    private static final CrawlCounters.CounterKey NOFOLLOW = new CrawlCounters.CounterKey("skipped", "nofollow");

    private final TextOnlyFetcher fetcher;
    private final HostFrontier frontier;
    private final RobotsMetaPolicy meta;
    private final CrawlCounters tally;

    RobotsPolicy(TextOnlyFetcher fetcher, HostFrontier frontier, RobotsMetaPolicy meta, CrawlCounters tally) {
        super(new RobotstxtConfig(), fetcher, () -> {
            throw new UnsupportedOperationException("robots.txt is asked for by learn(Host)");
        });
        this.fetcher = fetcher;
        this.frontier = frontier;
        this.meta = meta;
        this.tally = tally;
    }

    /** What a turn spent on robots.txt came to. */
    sealed interface RobotsOutcome {
        /** The host's rules are known. */
        record RulesKnown() implements RobotsOutcome {}

        /** The host may not be asked at all. */
        record HostRefused(Disposition.Refused refused) implements RobotsOutcome {}

        /** It takes another turn, after trouble if there was any. */
        record FurtherRequest(ExchangeResult.@Nullable Retryable trouble) implements RobotsOutcome {}
    }

    /** Makes one request on behalf of a visit, at {@link HostQueue#robotsTarget}; the caller holds the host, and the one that is asked. */
    RobotsOutcome fetch(HostQueue host, FrontierUrl url) {
        return switch (fetcher.fetchRobots(url, host.robotsTarget())) {
            case RobotsFile.Text(byte[] content) -> {
                if (!url.site().admitRobots(content.length)) {
                    yield rulesKnown(
                            host,
                            new RobotRules.Unreachable("those of the hosts of "
                                    + url.site().url() + " come to more than " + Site.MAX_ROBOTS_BYTES + " bytes"));
                }
                // a parser is not thread-safe; its own limit would drop hosts with a long crawl-delay
                SimpleRobotRulesParser parser = new SimpleRobotRulesParser(Long.MAX_VALUE, 0);
                yield rulesKnown(
                        host,
                        rules(parser.parseContent(
                                host.key() + "/robots.txt", content, "text/plain", List.of(PRODUCT_TOKEN))));
            }
            case RobotsFile.Unavailable none -> rulesKnown(host, RobotRules.ALLOW_ALL);
            case RobotsFile.RobotsRedirect(var target) ->
                host.followRobotsRedirect(target)
                        ? new RobotsOutcome.FurtherRequest(null)
                        : rulesKnown(host, RobotRules.ALLOW_ALL);
            case RobotsFile.TargetRefused(var refused)
            when refused.status() > 0 || host.isRobotsRedirected() ->
                rulesKnown(
                        host,
                        new RobotRules.Unreachable("it moved to where nothing is asked for: " + refused.reason()));
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

    private static RobotRules rules(SimpleRobotRules file) {
        long wildcards = file.getRobotRules().stream()
                .filter(rule -> rule.getPrefix().indexOf('*') >= 0)
                .count();
        return wildcards > MAX_WILDCARDS
                ? new RobotRules.Unreachable("it has " + wildcards + " rules with wildcards, and no more than "
                        + MAX_WILDCARDS + " are compared with each URL")
                : new RobotRules.Parsed(file, MAX_CRAWL_DELAY);
    }

    /** Whether rules keep the crawl from a URL; the authority of a seed outweighs them, and each such request is counted. */
    boolean disallows(RobotRules rules, FrontierUrl url) {
        if (rules.allows(url.target())) {
            return false;
        }
        if (url.site().seed().robotsAuthority().isEmpty()) {
            return true;
        }
        tally.add(DESPITE_ROBOTS, 1);
        url.disregardRobots();
        return false;
    }

    /** The links of a page without those that it asks not to follow, if that is heeded; they are counted. */
    List<Link> followableLinks(List<Link> links) {
        if (meta == RobotsMetaPolicy.IGNORE) {
            return links;
        }
        List<Link> followed = links.stream().filter(link -> !link.nofollow()).toList();
        if (followed.size() < links.size()) {
            tally.add(NOFOLLOW, links.size() - followed.size());
        }
        return followed;
    }

    /** Whether a page leaves us to keep it, if that is heeded. */
    boolean mayKeep(PageAnalysis<?> page) {
        return meta != RobotsMetaPolicy.OBEY || !page.noindex();
    }

    private static RobotsOutcome rulesKnown(HostQueue host, RobotRules rules) {
        host.resetFailures();
        host.rules(rules);
        return new RobotsOutcome.RulesKnown();
    }

    /** Whether rules that are known already allow the URL. */
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
