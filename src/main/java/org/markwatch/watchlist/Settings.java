package org.markwatch.watchlist;

import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of {@code markwatch.yaml}, with defaults for keys that the file leaves out.
 *
 * @param schedule  when {@code serve} starts runs
 * @param crawl     how runs crawl
 * @param review    the review console
 * @param retention how long data is kept
 * @param matching  keys and options of matching
 * @param oidc      single sign-on to the console; null if it is off
 * @param management where {@code serve} answers health checks and metrics
 * @param notices   where the end of a run is told
 */
public record Settings(
        ScheduleSettings schedule,
        CrawlSettings crawl,
        ReviewSettings review,
        RetentionSettings retention,
        MatchingSettings matching,
        @Nullable OidcSettings oidc,
        ManagementSettings management,
        NoticeSettings notices) {
    /** Creates settings with the default retention and management, without keys for matching. */
    public Settings(ScheduleSettings schedule, CrawlSettings crawl, ReviewSettings review) {
        this(
                schedule,
                crawl,
                review,
                RetentionSettings.DEFAULTS,
                new MatchingSettings("", "", "", Diacritics.DROP),
                null,
                ManagementSettings.DEFAULTS,
                NoticeSettings.NONE);
    }

    /** Returns a copy with other notices. */
    Settings withNotices(NoticeSettings other) {
        return new Settings(schedule, crawl, review, retention, matching, oidc, management, other);
    }

    /**
     * When {@code serve} starts a run.
     *
     * @param cron      Quartz cron expression; empty for never
     * @param zone      time zone of the expression and of the black-outs
     * @param blackOuts times in which a scheduled run does not crawl
     */
    public record ScheduleSettings(String cron, ZoneId zone, BlackOuts blackOuts) {
        /** Creates a schedule without black-outs. */
        public ScheduleSettings(String cron, ZoneId zone) {
            this(cron, zone, new BlackOuts(List.of(), zone));
        }
    }

    /**
     * How sites are crawled.
     *
     * @param userAgent            value of the User-Agent header; begins with the product token {@code markwatch} (RFC
     *                             9309 section 2.2.1) and contains the contact, if there is one
     * @param contact              mail address or URL for site owners; empty only in the demo
     * @param threads              number of pages that the crawl works on concurrently, 1 to 10,000
     * @param delay                default of {@link Seed#delay}
     * @param maxDepth             default of {@link Seed#maxDepth}
     * @param maxPages             default of {@link Seed#maxPages}
     * @param revisitNights        longest interval between two fetches of an unchanged page, in nights, 1 to 365; 1 for
     *                             every night
     * @param timeout              time-out of a request from connect to the last byte, 1 second to 10 minutes
     * @param maxBodyBytes         maximum number of decoded bytes read of a page, 64 KiB to 64 MiB; the rest is
     *                             truncated
     * @param allowedPorts         ports that the crawl may connect to; a seed's own port is also allowed for that seed
     * @param resolve              addresses by {@code host} or {@code host:port}, like {@code curl --resolve}; values
     *                             are {@code address} or {@code address:port}
     * @param allowedPrivateRanges CIDR blocks of private addresses that the address guard allows
     * @param politeness           limits and policies in addition to the politeness delay
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

        /** Returns a copy with additional entries of {@link #resolve}. */
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
     * Limits and policies that spare and respect sites, in addition to the politeness delay.
     *
     * @param requestsPerAddress maximum number of concurrent requests to one IP address over all its hosts, 1 to
     *                           10,000; 0 for the default: 4 for public addresses, no limit in {@link
     *                           CrawlSettings#allowedPrivateRanges}
     * @param robotsMeta         policy for robots directives in pages and response headers
     * @param tls                policy for hosts whose certificate is not valid
     */
    public record PolitenessSettings(int requestsPerAddress, RobotsMetaPolicy robotsMeta, TlsPolicy tls) {
        /** The settings of a file without these keys. */
        public static final PolitenessSettings DEFAULTS =
                new PolitenessSettings(0, RobotsMetaPolicy.IGNORE, TlsPolicy.RECORD);
    }

    /**
     * The review console.
     *
     * @param address IP address to listen on
     * @param port    port to listen on, 0 to 65535; 0 for any free port
     * @param lease   time after which a claim without activity expires, 1 minute to 24 hours
     * @param trustedProxies CIDR blocks of reverse proxies whose {@code X-Forwarded-For} and {@code X-Forwarded-Proto}
     *                headers count; empty for none
     * @param checks  how decisions are checked
     * @param targets how soon items are to be decided, by severity; key {@code other} for those below all that are named
     * @param exposure how long people read page text
     */
    public record ReviewSettings(
            String address,
            int port,
            Duration lease,
            List<String> trustedProxies,
            CheckSettings checks,
            Map<String, TargetSetting> targets,
            ExposureSettings exposure) {
        public ReviewSettings {
            trustedProxies = List.copyOf(trustedProxies);
            targets = Map.copyOf(targets);
        }

        /** Creates settings without a trusted proxy, with the defaults of the other keys. */
        public ReviewSettings(String address, int port, Duration lease) {
            this(
                    address,
                    port,
                    lease,
                    List.of(),
                    CheckSettings.DEFAULTS,
                    TargetSetting.DEFAULTS,
                    ExposureSettings.DEFAULTS);
        }
    }

    /**
     * How soon an item is to be decided.
     *
     * @param days     number of days, 1 to 365
     * @param business whether only Monday to Friday count
     */
    public record TargetSetting(int days, boolean business) {
        /** Key of all severities that are not named. */
        public static final String OTHER = "other";
        /** The settings of a file without these keys. */
        public static final Map<String, TargetSetting> DEFAULTS =
                Map.of("high", new TargetSetting(1, false), OTHER, new TargetSetting(5, true));
    }

    /**
     * How decisions are checked.
     *
     * @param secondReviewOneIn    one decision in so many gets a second review, 0 to 1000; 0 for none but those that always do
     * @param calibrationOneIn     one item in so many that a reviewer takes is a calibration item, 0 to 1000; 0 for none
     * @param longestAuthorisation longest period of an authorisation, 1 to 1096 days
     * @param bulkUndo             how long a bulk decision can be taken back, 10 minutes to 30 days
     */
    public record CheckSettings(
            int secondReviewOneIn, int calibrationOneIn, Duration longestAuthorisation, Duration bulkUndo) {
        /** The settings of a file without these keys. */
        public static final CheckSettings DEFAULTS =
                new CheckSettings(10, 50, Duration.ofDays(366), Duration.ofDays(1));
    }

    /**
     * How long a person works on items.
     *
     * @param daily      longest time in a day, 10 minutes to 12 hours
     * @param continuous longest time without a break, 5 minutes to 4 hours
     * @param pause      shortest break, 1 minute to 2 hours
     */
    public record ExposureSettings(Duration daily, Duration continuous, Duration pause) {
        /** The settings of a file without these keys. */
        public static final ExposureSettings DEFAULTS =
                new ExposureSettings(Duration.ofHours(5), Duration.ofMinutes(50), Duration.ofMinutes(10));
    }

    /**
     * Single sign-on to the console by OpenID Connect Core 1.0.
     *
     * @param issuer         URL of the provider
     * @param clientId       client that the provider knows the console by
     * @param nameClaim      claim of the ID token with the name of the account
     * @param rolesClaim     claim of the ID token with names of roles; empty if local accounts have the roles
     * @param localPasswords whether names and passwords of local accounts can be used too
     */
    public record OidcSettings(
            String issuer, String clientId, String nameClaim, String rolesClaim, boolean localPasswords) {}

    /**
     * Where {@code serve} answers health checks and metrics.
     *
     * @param address IP address to listen on
     * @param port    port to listen on, 0 to 65535; 0 for any free port
     */
    public record ManagementSettings(String address, int port) {
        /** The settings of a file without these keys. */
        public static final ManagementSettings DEFAULTS = new ManagementSettings("127.0.0.1", 8081);
    }

    /**
     * Where the end of a run is told.
     *
     * @param webhook     URL that the JSON summary is posted to; empty for none
     * @param webhookFile file with the key of its signature, relative to the job-config folder; empty for none
     * @param webhookKey  the key; null without a webhook
     * @param mailTo      addresses that the report is mailed to; empty for none
     * @param mailFrom    sender of the mail; empty without recipients
     * @param smtpHost    mail server; empty without recipients
     * @param smtpPort    its port, 1 to 65535
     * @param smtpTls     how the connection to it is encrypted
     * @param smtpUser    account on it; empty for none
     */
    public record NoticeSettings(
            String webhook,
            String webhookFile,
            @Nullable Secret webhookKey,
            List<String> mailTo,
            String mailFrom,
            String smtpHost,
            int smtpPort,
            MailEncryption smtpTls,
            String smtpUser) {
        /** The settings of a file without these keys. */
        public static final NoticeSettings NONE =
                new NoticeSettings("", "", null, List.of(), "", "", 587, MailEncryption.STARTTLS, "");

        public NoticeSettings {
            mailTo = List.copyOf(mailTo);
        }

        NoticeSettings withWebhookKey(@Nullable Secret key) {
            return new NoticeSettings(
                    webhook, webhookFile, key, mailTo, mailFrom, smtpHost, smtpPort, smtpTls, smtpUser);
        }
    }

    /**
     * Keys and options of matching. Files are relative to the job-config folder, empty for none.
     *
     * @param hashKey           file with the key of indicators of type keyed-hash
     * @param restrictedLexicon file with restricted indicators, see {@link SealedLexicon}
     * @param lexiconKey        file with the key of {@code restrictedLexicon}
     * @param diacritics        how matching treats diacritics
     */
    public record MatchingSettings(
            String hashKey, String restrictedLexicon, String lexiconKey, Diacritics diacritics) {}

    /**
     * How long data is kept.
     *
     * @param text     retention of extracted page text after its fetch, 1 to 3650 days
     * @param visits   retention of replaced dispositions, by whole months, and of known URLs without text, 31 to 3650
     *                 days
     * @param findings retention of findings after they have ended, 31 to 3650 days
     * @param items    retention of the text of items after their latest decision, 31 to 36500 days
     * @param audit    retention of the entries of the audit, 366 to 36500 days; null to keep all
     */
    public record RetentionSettings(
            Duration text,
            Duration visits,
            Duration findings,
            Duration items,
            @Nullable Duration audit) {
        /** The default retention. */
        public static final RetentionSettings DEFAULTS = new RetentionSettings(
                Duration.ofDays(30), Duration.ofDays(400), Duration.ofDays(400), Duration.ofDays(3650), null);
    }
}
