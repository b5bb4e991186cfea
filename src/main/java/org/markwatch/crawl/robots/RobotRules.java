package org.markwatch.crawl.robots;

import crawlercommons.robots.BaseRobotRules;
import crawlercommons.robots.SimpleRobotRules;
import java.time.Duration;
import java.util.List;
import org.markwatch.url.HttpUrl;

/** The robots.txt rules of one host for the product token {@code markwatch} (RFC 9309). */
public sealed interface RobotRules {
    /** Limit of the sitemaps of one robots.txt that are used. */
    int MAX_SITEMAPS = 10;

    /** Whether the URL may be requested. */
    boolean allows(HttpUrl url);

    /** The crawl-delay of the host, zero or more. */
    Duration crawlDelay();

    /** Why a URL is disallowed, one line for people. */
    String reason();

    /** The canonical URLs of the sitemaps that it names, at most {@link #MAX_SITEMAPS}. */
    List<HttpUrl> sitemaps();

    /** Rules of a host without robots.txt (RFC 9309 section 2.3.1.3, 'unavailable'). */
    RobotRules ALLOW_ALL = new Parsed(new SimpleRobotRules(SimpleRobotRules.RobotRulesMode.ALLOW_ALL), Duration.ZERO);

    /** Rules of a file that was fetched; {@code maxDelay} is the upper limit of its crawl-delay. */
    record Parsed(BaseRobotRules rules, Duration maxDelay) implements RobotRules {
        @Override
        public boolean allows(HttpUrl url) {
            return rules.isAllowed(url.toString());
        }

        @Override
        public Duration crawlDelay() {
            // crawler-commons gives milliseconds, and a large negative number for none
            return Duration.ofMillis(Math.clamp(rules.getCrawlDelay(), 0, maxDelay.toMillis()));
        }

        @Override
        public String reason() {
            return "robots.txt disallows it";
        }

        @Override
        public List<HttpUrl> sitemaps() {
            return rules.getSitemaps().stream()
                    .limit(MAX_SITEMAPS)
                    .flatMap(written -> HttpUrl.parse(written).stream())
                    .toList();
        }
    }

    /**
     * Everything is disallowed, because robots.txt cannot be reached (5xx, 429, time-out: RFC 9309 section 2.3.1.4,
     * 'unreachable') or cannot be used.
     *
     * @param fault one line for people
     */
    record Unreachable(String fault) implements RobotRules {
        @Override
        public boolean allows(HttpUrl url) {
            return false;
        }

        @Override
        public Duration crawlDelay() {
            return Duration.ZERO;
        }

        @Override
        public String reason() {
            return "robots.txt cannot be used: " + fault;
        }

        @Override
        public List<HttpUrl> sitemaps() {
            return List.of();
        }
    }
}
