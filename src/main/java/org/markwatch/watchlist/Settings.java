package org.markwatch.watchlist;

import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code markwatch.yaml}. */
public record Settings(
        ScheduleSettings schedule,
        CrawlSettings crawl,
        ReviewSettings review,
        RetentionSettings retention,
        MatchingSettings matching) {
    /** Without keys, and what is kept for as long as usual. */
    public Settings(ScheduleSettings schedule, CrawlSettings crawl, ReviewSettings review) {
        this(
                schedule,
                crawl,
                review,
                new RetentionSettings(Duration.ofDays(30)),
                new MatchingSettings("", "", "", Diacritics.DROP));
    }

    /**
     * When {@code serve} starts a run by itself.
     *
     * @param cron a Quartz cron expression; empty for never
     * @param zone the zone in which the expression is read
     */
    public record ScheduleSettings(String cron, ZoneId zone) {}

    /**
     * How sites are crawled.
     *
     * @param userAgent            begins with the product token {@code markwatch} and carries the contact, if there is one
     * @param contact              mail address or URL that site owners can write to; empty only in the demo
     * @param threads              pages in work at once, at least 1
     * @param delay                default of {@link Seed#delay}
     * @param maxDepth             default of {@link Seed#maxDepth}
     * @param maxPages             default of {@link Seed#maxPages}
     * @param revisitNights        the longest that a page which does not change is not asked for; 1 for every night
     * @param timeout              the most one request may take from connect to the last byte
     * @param maxBodyBytes         the most decoded bytes of a page that are read; the rest is cut off
     * @param allowedPorts         ports that may be connected to; a seed's own port is allowed for that seed
     * @param resolve              addresses by {@code host} or {@code host:port}, like curl's {@code --resolve}; values are
     *                             {@code address} or {@code address:port}
     * @param allowedPrivateRanges CIDR blocks that the address guard lets through
     * @param politeness              what sites are owed beside the pause between requests
     */
    public record CrawlSettings(
            String userAgent,
            String contact,
            int threads,
            Duration delay,
            int maxDepth,
            int maxPages,
            int revisitNights,
            Duration timeout,
            int maxBodyBytes,
            Set<Integer> allowedPorts,
            Map<String, String> resolve,
            List<String> allowedPrivateRanges,
            PolitenessSettings politeness) {
        public CrawlSettings {
            allowedPorts = Set.copyOf(allowedPorts);
            resolve = Map.copyOf(resolve);
            allowedPrivateRanges = List.copyOf(allowedPrivateRanges);
        }

        CrawlSettings withAddresses(Map<String, String> addresses) {
            Map<String, String> all = new HashMap<>(resolve);
            all.putAll(addresses);
            return new CrawlSettings(
                    userAgent,
                    contact,
                    threads,
                    delay,
                    maxDepth,
                    maxPages,
                    revisitNights,
                    timeout,
                    maxBodyBytes,
                    allowedPorts,
                    all,
                    allowedPrivateRanges,
                    politeness);
        }
    }

    /**
     * What sites are owed beside the pause between requests.
     *
     * @param requestsPerAddress requests in flight to one address over all its hosts, at least 1; 0 if nothing was written: a few to
     *                   public addresses, no limit to those in {@link CrawlSettings#allowedPrivateRanges}, which are the operator's own
     * @param robotsMeta what pages and their headers may ask of the crawl
     * @param tls        what becomes of sites whose certificate is not in order
     */
    public record PolitenessSettings(int requestsPerAddress, RobotsMetaPolicy robotsMeta, TlsPolicy tls) {
        /** What holds when nothing is written. */
        public static final PolitenessSettings DEFAULTS =
                new PolitenessSettings(0, RobotsMetaPolicy.IGNORE, TlsPolicy.RECORD);
    }

    /**
     * The review console.
     *
     * @param address address to listen on
     * @param port    port to listen on, 0 for any free one
     * @param lease   how long a claim holds without a sign of life
     */
    public record ReviewSettings(String address, int port, Duration lease) {}

    /**
     * What matching needs beside the rules; files are relative to the folder, empty for none.
     *
     * @param hashKey           file with the key of indicators of type keyed-hash
     * @param restrictedLexicon sealed table of indicators that nobody may read
     * @param lexiconKey        file with its key
     * @param diacritics        what marks on letters are
     */
    public record MatchingSettings(
            String hashKey, String restrictedLexicon, String lexiconKey, Diacritics diacritics) {}

    /**
     * How long things are kept.
     *
     * @param text what the rules see of a page, from when it was read; at least a day
     */
    public record RetentionSettings(Duration text) {}
}
