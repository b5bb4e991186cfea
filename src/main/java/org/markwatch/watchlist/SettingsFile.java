package org.markwatch.watchlist;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code markwatch.yaml}. Every key except {@code crawl.contact} is optional.
 *
 * @param settings        the settings
 * @param rulesFrom       folder with brands, indicators and policies, relative to the job-config folder; empty for the
 *                        same folder
 * @param demo            whether the contact may be missing
 * @param contactLocation location of {@code crawl.contact}
 * @param proxies         proxies by seed tag
 */
record SettingsFile(
        Settings settings, String rulesFrom, boolean demo, SourceLocation contactLocation, Map<String, Proxy> proxies) {
    private static final List<String> KEYS = List.of(
            "demo",
            "rules-from",
            "schedule",
            "crawl",
            "matching",
            "review",
            "retention",
            "oidc",
            "management",
            "notices");
    private static final List<String> SCHEDULE_KEYS = List.of("cron", "zone", "black-outs");
    private static final List<String> CRAWL_KEYS = List.of(
            "user-agent",
            "contact",
            "threads",
            "delay",
            "max-depth",
            "max-pages",
            "revisit-nights",
            "timeout",
            "max-body",
            "allowed-ports",
            "resolve",
            "allowed-private-ranges",
            "per-address",
            "robots-meta",
            "tls",
            "proxies");
    private static final List<String> MATCHING_KEYS =
            List.of("hash-key", "restricted-lexicon", "lexicon-key", "diacritics");
    private static final List<String> REVIEW_KEYS = List.of(
            "address",
            "port",
            "lease",
            "trusted-proxies",
            "second-review-one-in",
            "calibration-one-in",
            "longest-authorisation",
            "bulk-undo",
            "targets",
            "daily-exposure",
            "continuous-exposure",
            "break");
    private static final List<String> OIDC_KEYS =
            List.of("issuer", "client-id", "name-claim", "roles-claim", "local-passwords");
    private static final Syntax<String> ISSUER = Syntax.matching(
            "https://[^\\s?#]{1,500}|http://(127[.]0[.]0[.]1|localhost)(:[0-9]{1,5})?(/[^\\s?#]{0,500})?",
            "must be a URL with https and without query; http only for 127.0.0.1 and localhost");
    private static final Syntax<String> CLAIM =
            Syntax.matching("[A-Za-z0-9_:/.-]{1,200}", "must be the name of a claim");
    private static final List<String> MANAGEMENT_KEYS = List.of("address", "port");
    private static final List<String> NOTICE_KEYS = List.of(
            "webhook", "webhook-key", "mail-to", "mail-from", "smtp-host", "smtp-port", "smtp-tls", "smtp-user");
    private static final List<String> RETENTION_KEYS = List.of("text", "visits", "findings", "items", "audit");

    private static final Pattern TARGET = Pattern.compile("(\\d{1,4}) ?(?:d|days?|(business days?))");
    private static final int MAX_TARGET_DAYS = 365;

    /** The product token for robots.txt (RFC 9309 section 2.2.1). */
    private static final String PRODUCT_TOKEN = "markwatch";

    private static final Syntax<String> FILE = Syntax.text(1_000);

    static final Syntax<Duration> DELAY = Syntax.duration(Duration.ZERO, Duration.ofHours(24));
    static final Syntax<Integer> MAX_DEPTH = Syntax.integer(0, 100);
    static final Syntax<Integer> MAX_PAGES = Syntax.integer(1, 10_000_000);
    private static final Syntax<String> USER_AGENT = Syntax.matching(
            PRODUCT_TOKEN + "([ /(][\\x20-\\x7e]{0,200})?",
            "must begin with the product token " + PRODUCT_TOKEN + ", like " + PRODUCT_TOKEN
                    + "/1.0, in ASCII, at most 200 characters");
    private static final String WEBHOOK_FORM =
            "must be an http(s) URL of at most 1,000 characters (RFC 3986), whose host has letters, digits, '.' and '-' only";
    private static final Syntax<String> WEBHOOK = SettingsFile::webhook;
    private static final Syntax<String> MAIL = Syntax.matching(
            "[^\\s@:;,/<>()\"]{1,64}@[^\\s@:;,/<>()\"]{1,190}", "must be a mail address, like ops@bank.example");
    private static final Syntax<String> HOST =
            Syntax.matching("[A-Za-z0-9.:-]{1,253}", "must be the name or the address of a host");
    private static final Syntax<String> CONTACT = Syntax.matching(
            "[^\\s@:/<>()]{1,64}@[^\\s@:/<>()]{1,190}|https?://[^\\s<>()]{1,200}",
            "must be a mail address or an http(s) URL that site owners can write to");

    private static String webhook(String value) throws MalformedValueException {
        try {
            URI url = new URI(value);
            if (value.matches("https?://.{1,1000}") && url.getHost() != null) {
                return value;
            }
        } catch (URISyntaxException e) { // its message would repeat the URL, which may hold a token
            throw new MalformedValueException(WEBHOOK_FORM);
        }
        throw new MalformedValueException(WEBHOOK_FORM);
    }

    static SettingsFile read(ConfigNode document, Faults faults) {
        Section root = Section.of(document, faults, KEYS);
        boolean demo = root.optional("demo", Syntax.bool(), false);
        Section crawl = root.section("crawl", CRAWL_KEYS);
        if (!demo && !crawl.has("contact")) {
            crawl.fault("contact", "is required: a mail address or URL that site owners can write to");
        }
        Settings settings = new Settings(
                schedule(root.section("schedule", SCHEDULE_KEYS)),
                crawl(crawl, faults),
                review(root.section("review", REVIEW_KEYS)),
                retention(root.section("retention", RETENTION_KEYS)),
                matching(root.section("matching", MATCHING_KEYS)),
                root.has("oidc") ? oidc(root.section("oidc", OIDC_KEYS)) : null,
                management(root.section("management", MANAGEMENT_KEYS)),
                notices(root.section("notices", NOTICE_KEYS)));
        return new SettingsFile(
                settings,
                root.optional("rules-from", Syntax.text(200), ""),
                demo,
                crawl.location("contact"),
                proxies(crawl.sectionWithAnyKeys("proxies")));
    }

    /** Adds a fault if the contact is an example address and a seed is a real site. */
    void requireRealContact(List<Seed> seeds, Faults faults) {
        String address = settings.crawl().contact();
        boolean isExample = !address.isEmpty() && !NetworkSyntax.isPublicName(hostOf(address));
        if (isExample
                && !demo
                && seeds.stream()
                        .anyMatch(seed -> NetworkSyntax.isPublicName(seed.url().host()))) {
            faults.add(contactLocation, address, "is an example; set a mail address or URL that reaches you");
        }
    }

    private static String hostOf(String contact) {
        int at = contact.indexOf('@');
        String host = contact.startsWith("http") && contact.contains("://")
                ? contact.substring(contact.indexOf("://") + 3).replaceFirst("[:/?#].*", "")
                : contact.substring(at + 1);
        return host.toLowerCase(Locale.ROOT);
    }

    private static Settings.ScheduleSettings schedule(Section section) {
        String cron = section.optional("cron", Syntax.cron(), "0 0 1 * * ?");
        ZoneId zone = section.optional("zone", Syntax.zone(), ZoneId.of("UTC"));
        BlackOuts blackOuts = new BlackOuts(List.copyOf(section.list("black-outs", BlackOutSyntax::parse)), zone);
        if (blackOuts.coverEachWeek()) {
            section.fault("black-outs", "leave no hour of the week in which a run may crawl");
        }
        return new Settings.ScheduleSettings(cron, zone, blackOuts);
    }

    private static Settings.CrawlSettings crawl(Section section, Faults faults) {
        String contact = section.optional("contact", CONTACT, "");
        return new Settings.CrawlSettings(
                withContact(contact, section.optional("user-agent", USER_AGENT, PRODUCT_TOKEN)),
                contact,
                section.optional("threads", Syntax.integer(1, 10_000), 1_000),
                section.optional("delay", DELAY, Duration.ofSeconds(1)),
                section.optional("max-depth", MAX_DEPTH, 5),
                section.optional("max-pages", MAX_PAGES, 500),
                section.optional("revisit-nights", Syntax.integer(1, 365), 8),
                section.optional(
                        "timeout",
                        Syntax.duration(Duration.ofSeconds(1), Duration.ofMinutes(10)),
                        Duration.ofSeconds(30)),
                section.optional("max-body", Syntax.size(64 << 10, 64 << 20), 4 << 20),
                section.has("allowed-ports")
                        ? section.requiredList("allowed-ports", Syntax.integer(1, 65_535))
                        : Set.of(80, 443),
                resolve(section.sectionWithAnyKeys("resolve"), faults),
                List.copyOf(section.list("allowed-private-ranges", NetworkSyntax::cidrBlock)),
                politeness(section));
    }

    private static Settings.PolitenessSettings politeness(Section section) {
        Settings.PolitenessSettings standard = Settings.PolitenessSettings.DEFAULTS;
        return new Settings.PolitenessSettings(
                section.optional("per-address", Syntax.integer(1, 10_000), standard.requestsPerAddress()),
                section.optional("robots-meta", Syntax.choice(RobotsMetaPolicy.class), standard.robotsMeta()),
                section.optional("tls", Syntax.choice(TlsPolicy.class), standard.tls()));
    }

    private static Map<String, Proxy> proxies(Section section) {
        Map<String, Proxy> proxies = new LinkedHashMap<>();
        for (String tag : section.keys()) {
            Proxy proxy = section.optional(tag, Proxy::parse);
            if (proxy != null) {
                proxies.put(tag, proxy);
            }
        }
        return proxies;
    }

    /** Returns the User-Agent with the contact, so that site owners find it in their server logs. */
    private static String withContact(String contact, String userAgent) {
        return contact.isEmpty() || userAgent.contains(contact) ? userAgent : userAgent + " (+" + contact + ")";
    }

    private static Map<String, String> resolve(Section section, Faults faults) {
        Map<String, String> addresses = new LinkedHashMap<>();
        for (String host : section.keys()) {
            String address = section.required(host, NetworkSyntax::addressAndPort, "");
            try {
                if (addresses.put(NetworkSyntax.hostAndPort(host), address) != null) {
                    faults.add(section.location(host), "names the same host as another key");
                }
            } catch (MalformedValueException malformed) {
                faults.add(section.location(host), "the key " + malformed.allowed());
            }
        }
        return addresses;
    }

    private static Settings.OidcSettings oidc(Section section) {
        return new Settings.OidcSettings(
                section.required("issuer", ISSUER, ""),
                section.required("client-id", Syntax.text(200), ""),
                section.optional("name-claim", CLAIM, "preferred_username"),
                section.optional("roles-claim", CLAIM, ""),
                section.optional("local-passwords", Syntax.bool(), true));
    }

    private static Settings.MatchingSettings matching(Section section) {
        return new Settings.MatchingSettings(
                section.optional("hash-key", FILE, ""),
                section.optional("restricted-lexicon", FILE, ""),
                section.optional("lexicon-key", FILE, ""),
                section.optional("diacritics", Syntax.choice(Diacritics.class), Diacritics.DROP));
    }

    private static Settings.ManagementSettings management(Section section) {
        Settings.ManagementSettings defaults = Settings.ManagementSettings.DEFAULTS;
        return new Settings.ManagementSettings(
                section.optional(
                        "address", value -> NetworkSyntax.ipLiteral(value).getHostAddress(), defaults.address()),
                section.optional("port", Syntax.integer(0, 65_535), defaults.port()));
    }

    private static Settings.NoticeSettings notices(Section section) {
        Settings.NoticeSettings defaults = Settings.NoticeSettings.NONE;
        Settings.NoticeSettings notices = new Settings.NoticeSettings(
                section.optional("webhook", WEBHOOK, defaults.webhook()),
                section.optional("webhook-key", FILE, defaults.webhookFile()),
                null,
                List.copyOf(section.list("mail-to", MAIL)),
                section.optional("mail-from", MAIL, defaults.mailFrom()),
                section.optional("smtp-host", HOST, defaults.smtpHost()),
                section.optional("smtp-port", Syntax.integer(1, 65_535), defaults.smtpPort()),
                section.optional("smtp-tls", Syntax.choice(MailEncryption.class), defaults.smtpTls()),
                section.optional("smtp-user", Syntax.text(200), defaults.smtpUser()));
        for (String key : List.of("mail-from", "smtp-host")) {
            if (!notices.mailTo().isEmpty() && !section.has(key)) {
                section.fault(key, "is required with mail-to");
            }
        }
        return notices;
    }

    private static Settings.RetentionSettings retention(Section section) {
        Settings.RetentionSettings defaults = Settings.RetentionSettings.DEFAULTS;
        return new Settings.RetentionSettings(
                section.optional("text", Syntax.duration(Duration.ofDays(1), Duration.ofDays(3650)), defaults.text()),
                section.optional(
                        "visits", Syntax.duration(Duration.ofDays(31), Duration.ofDays(3650)), defaults.visits()),
                section.optional(
                        "findings", Syntax.duration(Duration.ofDays(31), Duration.ofDays(3650)), defaults.findings()),
                section.optional(
                        "items", Syntax.duration(Duration.ofDays(31), Duration.ofDays(36_500)), defaults.items()),
                section.optional("audit", Syntax.duration(Duration.ofDays(366), Duration.ofDays(36_500))));
    }

    private static Settings.ReviewSettings review(Section section) {
        return new Settings.ReviewSettings(
                section.optional(
                        "address", value -> NetworkSyntax.ipLiteral(value).getHostAddress(), "127.0.0.1"),
                section.optional("port", Syntax.integer(0, 65_535), 8080),
                section.optional(
                        "lease", Syntax.duration(Duration.ofMinutes(1), Duration.ofHours(24)), Duration.ofMinutes(15)),
                List.copyOf(section.list("trusted-proxies", NetworkSyntax::cidrBlock)),
                checks(section),
                targets(section.sectionWithAnyKeys("targets")),
                exposure(section));
    }

    private static Map<String, Settings.TargetSetting> targets(Section section) {
        Map<String, Settings.TargetSetting> targets = new LinkedHashMap<>(Settings.TargetSetting.DEFAULTS);
        for (String severity : section.keys()) {
            Settings.TargetSetting target = section.optional(severity, SettingsFile::target);
            if (target != null) {
                targets.put(severity, target);
            }
        }
        return targets;
    }

    private static Settings.TargetSetting target(String value) throws MalformedValueException {
        Matcher parts = TARGET.matcher(value);
        int days = parts.matches() ? Integer.parseInt(parts.group(1)) : 0;
        if (days < 1 || days > MAX_TARGET_DAYS) {
            throw new MalformedValueException(
                    "must be 1 to " + MAX_TARGET_DAYS + " days like 1d, or business days like '5 business days'");
        }
        return new Settings.TargetSetting(days, parts.group(2) != null);
    }

    private static Settings.CheckSettings checks(Section section) {
        Settings.CheckSettings defaults = Settings.CheckSettings.DEFAULTS;
        return new Settings.CheckSettings(
                section.optional("second-review-one-in", Syntax.integer(0, 1000), defaults.secondReviewOneIn()),
                section.optional("calibration-one-in", Syntax.integer(0, 1000), defaults.calibrationOneIn()),
                section.optional(
                        "longest-authorisation",
                        Syntax.duration(Duration.ofDays(1), Duration.ofDays(1096)),
                        defaults.longestAuthorisation()),
                section.optional(
                        "bulk-undo",
                        Syntax.duration(Duration.ofMinutes(10), Duration.ofDays(30)),
                        defaults.bulkUndo()));
    }

    private static Settings.ExposureSettings exposure(Section section) {
        Settings.ExposureSettings defaults = Settings.ExposureSettings.DEFAULTS;
        return new Settings.ExposureSettings(
                section.optional(
                        "daily-exposure",
                        Syntax.duration(Duration.ofMinutes(10), Duration.ofHours(12)),
                        defaults.daily()),
                section.optional(
                        "continuous-exposure",
                        Syntax.duration(Duration.ofMinutes(5), Duration.ofHours(4)),
                        defaults.continuous()),
                section.optional(
                        "break", Syntax.duration(Duration.ofMinutes(1), Duration.ofHours(2)), defaults.pause()));
    }
}
