package org.markwatch.watchlist;

import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * {@code markwatch.yaml}: every key is optional but {@code crawl.contact}.
 *
 * @param rulesFrom folder of brands, indicators and policies, relative to this one; empty for this one
 * @param demo      whether a contact may be missing
 * @param contactLocation   place of {@code crawl.contact}
 * @param proxies   by the tag of the seeds that are reached through them
 */
record SettingsFile(
        Settings settings, String rulesFrom, boolean demo, SourceLocation contactLocation, Map<String, Proxy> proxies) {
    private static final List<String> KEYS =
            List.of("demo", "rules-from", "schedule", "crawl", "matching", "review", "retention");
    private static final List<String> SCHEDULE = List.of("cron", "zone");
    private static final List<String> CRAWL = List.of(
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
    private static final List<String> MATCHING = List.of("hash-key", "restricted-lexicon", "lexicon-key", "diacritics");
    private static final List<String> REVIEW = List.of("address", "port", "lease");
    private static final List<String> RETENTION = List.of("text");

    /** The product token of RFC 9309, section 2.2.1, that site owners write into robots.txt. */
    private static final String TOKEN = "markwatch";

    private static final Syntax<String> FILE = Syntax.text(1_000);

    static final Syntax<Duration> DELAY = Syntax.duration(Duration.ZERO, Duration.ofHours(24));
    static final Syntax<Integer> MAX_DEPTH = Syntax.integer(0, 100);
    static final Syntax<Integer> MAX_PAGES = Syntax.integer(1, 10_000_000);
    private static final Syntax<String> USER_AGENT = Syntax.matching(
            TOKEN + "([ /(][\\x20-\\x7e]{0,200})?",
            "must begin with the product token " + TOKEN + ", like " + TOKEN
                    + "/1.0, in ASCII, at most 200 characters");
    private static final Syntax<String> CONTACT = Syntax.matching(
            "[^\\s@:/<>()]{1,64}@[^\\s@:/<>()]{1,190}|https?://[^\\s<>()]{1,200}",
            "must be a mail address or an http(s) URL that site owners can write to");

    static SettingsFile read(ConfigNode document, Faults faults) {
        Section root = Section.of(document, faults, KEYS);
        boolean demo = root.optional("demo", Syntax.bool(), false);
        Section crawl = root.section("crawl", CRAWL);
        if (!demo && !crawl.has("contact")) {
            crawl.fault("contact", "is required: a mail address or URL that site owners can write to");
        }
        Settings settings = new Settings(
                schedule(root.section("schedule", SCHEDULE)),
                crawl(crawl, faults),
                review(root.section("review", REVIEW)),
                retention(root.section("retention", RETENTION)),
                matching(root.section("matching", MATCHING)));
        return new SettingsFile(
                settings,
                root.optional("rules-from", Syntax.text(200), ""),
                demo,
                crawl.location("contact"),
                proxies(crawl.sectionWithAnyKeys("proxies")));
    }

    /** The contact that the shipped folder carries is good for the shipped example seed, and for nobody's real site. */
    void requireRealContact(List<Seed> seeds, Faults faults) {
        String address = settings.crawl().contact();
        boolean isExample = !address.isEmpty() && !NetworkSyntax.isPublicName(hostOf(address));
        if (isExample
                && !demo
                && seeds.stream()
                        .anyMatch(seed -> NetworkSyntax.isPublicName(seed.url().getHost()))) {
            faults.add(
                    contactLocation, address, "is an example; write a mail address or URL where site owners reach you");
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
        return new Settings.ScheduleSettings(
                section.optional("cron", Syntax.cron(), "0 0 1 * * ?"),
                section.optional("zone", Syntax.zone(), ZoneId.of("UTC")));
    }

    private static Settings.CrawlSettings crawl(Section section, Faults faults) {
        String contact = section.optional("contact", CONTACT, "");
        return new Settings.CrawlSettings(
                carrying(contact, section.optional("user-agent", USER_AGENT, TOKEN)),
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
                manners(section));
    }

    private static Settings.PolitenessSettings manners(Section section) {
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

    /** The agent string names the contact, so that whoever reads a server's log can write to it. */
    private static String carrying(String contact, String userAgent) {
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

    private static Settings.MatchingSettings matching(Section section) {
        return new Settings.MatchingSettings(
                section.optional("hash-key", FILE, ""),
                section.optional("restricted-lexicon", FILE, ""),
                section.optional("lexicon-key", FILE, ""),
                section.optional("diacritics", Syntax.choice(Diacritics.class), Diacritics.DROP));
    }

    private static Settings.RetentionSettings retention(Section section) {
        return new Settings.RetentionSettings(section.optional(
                "text", Syntax.duration(Duration.ofDays(1), Duration.ofDays(3650)), Duration.ofDays(30)));
    }

    private static Settings.ReviewSettings review(Section section) {
        return new Settings.ReviewSettings(
                section.optional(
                        "address", value -> NetworkSyntax.ipLiteral(value).getHostAddress(), "127.0.0.1"),
                section.optional("port", Syntax.integer(0, 65_535), 8080),
                section.optional(
                        "lease", Syntax.duration(Duration.ofMinutes(1), Duration.ofHours(24)), Duration.ofMinutes(15)));
    }
}
