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
import org.markwatch.watchlist.RobotsMeta;

/**
 * Learns what each host's robots.txt says (RFC 9309), one request a turn, and remembers it for the run.
 *
 * <p>No file (4xx, more than five redirects) allows everything; a file that cannot be had (5xx, 429) is asked for again later and,
 * if that does not help, disallows everything, as does one that moved to where nothing is asked for. Contents are parsed whatever
 * their declared type. One that moved to another host is asked for in that host's turn.
 */
final class HostRobots extends RobotstxtServer {
    private static final String PRODUCT = "markwatch";
    private static final int MAX_ATTEMPTS = 4;
    /** A longer crawl-delay is waited for no longer than this. */
    private static final Duration LONGEST_CRAWL_DELAY = Duration.ofMinutes(2);

    /**
     * A file of 500 KiB holds 26,000 rules with wildcards, which cost a second of CPU for each URL, and all hosts wait for it. A host
     * with so many is treated as one that disallows everything, which it could have said in one line.
     */
    static final int MAX_WILDCARDS = 2_000;

    /** Requests made against the rules of a host, as in {@code run_count}. */
    private static final Tally.Key DESPITE_ROBOTS = new Tally.Key("robots", "despite");

    private static final Tally.Key NOFOLLOW = new Tally.Key("skipped", "nofollow");

    private final TextOnlyFetcher fetcher;
    private final HostFrontier frontier;
    private final RobotsMeta meta;
    private final Tally tally;

    HostRobots(TextOnlyFetcher fetcher, HostFrontier frontier, RobotsMeta meta, Tally tally) {
        super(new RobotstxtConfig(), fetcher, () -> {
            throw new UnsupportedOperationException("robots.txt is asked for by learn(Host)");
        });
        this.fetcher = fetcher;
        this.frontier = frontier;
        this.meta = meta;
        this.tally = tally;
    }

    /** What a turn spent on robots.txt came to. */
    sealed interface Lesson {
        /** The host's rules are known. */
        record Learned() implements Lesson {}

        /** The host may not be asked at all. */
        record Refused(Fetch.Refused refused) implements Lesson {}

        /** It takes another turn, after trouble if there was any. */
        record NotYet(Answer.@Nullable Later trouble) implements Lesson {}
    }

    /** Makes one request on behalf of a visit, at {@link Host#robotsTarget}; the caller holds the host, and the one that is asked. */
    Lesson learn(Host host, FrontierUrl url) {
        return switch (fetcher.robots(url, host.robotsTarget())) {
            case RobotsFile.Text(byte[] content) -> {
                if (!url.site().admitRobots(content.length)) {
                    yield learned(
                            host,
                            new RobotRules.Unreachable("those of the hosts of "
                                    + url.site().url() + " come to more than " + Site.MAX_ROBOTS_BYTES + " bytes"));
                }
                // a parser is not thread-safe; its own limit would drop hosts with a long crawl-delay
                SimpleRobotRulesParser parser = new SimpleRobotRulesParser(Long.MAX_VALUE, 0);
                yield learned(
                        host,
                        rules(parser.parseContent(
                                host.key() + "/robots.txt", content, "text/plain", List.of(PRODUCT))));
            }
            case RobotsFile.None none -> learned(host, RobotRules.ALLOW_ALL);
            case RobotsFile.Moved(var target) ->
                host.moveRobots(target) ? new Lesson.NotYet(null) : learned(host, RobotRules.ALLOW_ALL);
            case RobotsFile.Refused(var refused)
            when refused.status() > 0 || host.robotsMoved() ->
                learned(
                        host,
                        new RobotRules.Unreachable("it moved to where nothing is asked for: " + refused.reason()));
            case RobotsFile.Refused(var refused) -> new Lesson.Refused(refused);
            case RobotsFile.Trouble(Answer.Later later) -> {
                if (later.trouble() == Answer.Trouble.UNREACHABLE || host.failRobotsOnce() < MAX_ATTEMPTS) {
                    yield new Lesson.NotYet(later);
                }
                yield learned(host, new RobotRules.Unreachable(later.otherwise().reason()));
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
                : new RobotRules.Known(file, LONGEST_CRAWL_DELAY);
    }

    /** Whether rules keep the crawl from a URL; the authority of a seed outweighs them, and each such request is counted. */
    boolean forbid(RobotRules rules, FrontierUrl url) {
        if (rules.allows(url.target())) {
            return false;
        }
        if (url.site().seed().robotsAuthority().isEmpty()) {
            return true;
        }
        tally.add(DESPITE_ROBOTS, 1);
        url.askDespiteRobots();
        return false;
    }

    /** The links of a page without those that it asks not to follow, if that is heeded; they are counted. */
    List<Link> followed(List<Link> links) {
        if (meta == RobotsMeta.IGNORE) {
            return links;
        }
        List<Link> followed = links.stream().filter(link -> !link.nofollow()).toList();
        if (followed.size() < links.size()) {
            tally.add(NOFOLLOW, links.size() - followed.size());
        }
        return followed;
    }

    /** Whether a page leaves us to keep it, if that is heeded. */
    boolean mayKeep(Reading<?> page) {
        return meta != RobotsMeta.OBEY || !page.noindex();
    }

    private static Lesson learned(Host host, RobotRules rules) {
        host.succeed();
        host.rules(rules);
        return new Lesson.Learned();
    }

    /** Whether rules that are known already allow the URL. */
    @Override
    public boolean allows(WebURL url) {
        return url instanceof FrontierUrl known
                && frontier.turnOf(known).rules() instanceof RobotRules rules
                && rules.allows(known.target());
    }

    @Override
    public boolean allows(WebURL url, boolean isSeed) {
        return allows(url);
    }
}
