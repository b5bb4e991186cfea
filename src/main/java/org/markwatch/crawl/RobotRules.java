package org.markwatch.crawl;

import crawlercommons.robots.BaseRobotRules;
import crawlercommons.robots.SimpleRobotRules;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** What a host's robots.txt says to markwatch (RFC 9309). */
sealed interface RobotRules {
    /** Whether the URL may be asked for. */
    boolean allows(URI url);

    /** The pause that the host asks for between requests, or zero. */
    Duration crawlDelay();

    /** Why a URL may not be asked for. */
    String reason();

    /** The sitemaps it names, canonical. */
    List<URI> sitemaps();

    /** There is no file, or nothing in it. */
    RobotRules ALLOW_ALL = new Parsed(new SimpleRobotRules(SimpleRobotRules.RobotRulesMode.ALLOW_ALL), Duration.ZERO);

    /** The file could be had; its crawl-delay counts up to a limit. */
    record Parsed(BaseRobotRules rules, Duration maxDelay) implements RobotRules {
        @Override
        public boolean allows(URI url) {
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
        public List<URI> sitemaps() {
            return rules.getSitemaps().stream()
                    .limit(Sitemaps.MAX_FILES)
                    .flatMap(written -> CanonicalUrl.of(written).stream())
                    .toList();
        }
    }

    /** The file exists perhaps, but cannot be had: everything is disallowed (RFC 9309 section 2.3.1.4). */
    record Unreachable(String fault) implements RobotRules {
        @Override
        public boolean allows(URI url) {
            return false;
        }

        @Override
        public Duration crawlDelay() {
            return Duration.ZERO;
        }

        @Override
        public String reason() {
            return "robots.txt cannot be had: " + fault;
        }

        @Override
        public List<URI> sitemaps() {
            return List.of();
        }
    }
}
