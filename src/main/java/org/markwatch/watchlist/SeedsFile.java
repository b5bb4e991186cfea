package org.markwatch.watchlist;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code seeds.csv} and {@code seeds.yaml}: sites, unique over both files. */
final class SeedsFile {
    static final List<String> COLUMNS = List.of(
            "url",
            "label",
            "owner",
            "scope",
            "max_depth",
            "max_pages",
            "delay",
            "proxy",
            "robots",
            "authority",
            "tags");
    private static final Syntax<String> ROBOTS = Syntax.choice(List.of("obey", "ignore"));
    private static final URI STAND_IN = URI.create("http://stand-in.invalid/");

    private static final String DIRECT = "direct";

    private final Settings.CrawlSettings defaults;
    private final Map<String, Proxy> proxies;
    private final Faults faults;
    private final List<Seed> seeds = new ArrayList<>();
    private final Map<URI, SourceLocation> places = new HashMap<>();
    private final Map<String, HostRoute> ways = new HashMap<>();

    /** How a host is reached, and where that was said first. */
    private record HostRoute(@Nullable Proxy proxy, SourceLocation place) {}

    /** @param proxies by the tag of seeds that have none of their own */
    SeedsFile(Settings.CrawlSettings defaults, Map<String, Proxy> proxies, Faults faults) {
        this.defaults = defaults;
        this.proxies = proxies;
        this.faults = faults;
    }

    void table(String file, String text) {
        CsvReader.read(file, text, COLUMNS, faults).forEach(row -> add(Section.of(row, faults, COLUMNS)));
    }

    void document(ConfigNode document) {
        Section.of(document, faults, List.of("seeds"))
                .sections("seeds", COLUMNS)
                .forEach(this::add);
    }

    List<Seed> seeds() {
        return seeds;
    }

    private void add(Section seed) {
        URI url = seed.required("url", NetworkSyntax::url, STAND_IN);
        SourceLocation first = url.equals(STAND_IN) ? null : places.putIfAbsent(url, seed.location("url"));
        if (first != null) {
            seed.fault("url", "is the same seed as in " + first.file() + ", line " + first.line() + "; keep one");
        }
        Set<String> tags = seed.list("tags", Syntax.text(64));
        Proxy proxy = proxy(seed, tags);
        checkWay(seed, url.getHost(), proxy);
        seeds.add(new Seed(
                url,
                seed.optional("label", Syntax.text(200), ""),
                seed.optional("owner", Syntax.text(200), ""),
                seed.optional("scope", Syntax.choice(Scope.class), Scope.HOST),
                seed.optional("max_depth", SettingsFile.MAX_DEPTH, defaults.maxDepth()),
                seed.optional("max_pages", SettingsFile.MAX_PAGES, defaults.maxPages()),
                seed.optional("delay", SettingsFile.DELAY, defaults.delay()),
                proxy,
                robotsAuthority(seed),
                tags));
    }

    /** The seed's own proxy, or that of its tags. */
    private @Nullable Proxy proxy(Section seed, Set<String> tags) {
        if (seed.has("proxy")) {
            Optional<Proxy> own = seed.optional(
                    "proxy",
                    value -> value.equals(DIRECT) ? Optional.empty() : Optional.of(Proxy.parse(value)),
                    Optional.<Proxy>empty());
            return own.orElse(null);
        }
        List<Proxy> ofTags = tags.stream()
                .filter(proxies::containsKey)
                .map(proxies::get)
                .distinct()
                .toList();
        if (ofTags.size() > 1) {
            seed.fault(
                    "tags",
                    "lead to the proxies " + ofTags.get(0) + " and " + ofTags.get(1)
                            + " of crawl.proxies; write the one to use, or direct, into proxy");
        }
        return ofTags.isEmpty() ? null : ofTags.getFirst();
    }

    /** A host that one seed hides from behind a proxy must not see another seed come without it. */
    private void checkWay(Section seed, String host, @Nullable Proxy proxy) {
        if (host.endsWith(".onion") && proxy == null) {
            seed.fault(
                    "proxy", "must be a SOCKS proxy like Tor's socks5://127.0.0.1:9050, since the site is in .onion");
        }
        HostRoute first = host.equals(STAND_IN.getHost())
                ? null
                : ways.putIfAbsent(host, new HostRoute(proxy, seed.location("url")));
        if (first != null && !Objects.equals(first.proxy, proxy)) {
            seed.fault(
                    "proxy",
                    "must be the same as in " + first.place.file() + ", line " + first.place.line() + " ("
                            + (first.proxy == null ? DIRECT : first.proxy) + "): a host is reached one way");
        }
    }

    /** Disregarding robots.txt is somebody's decision, and the audit says whose. */
    private static String robotsAuthority(Section seed) {
        boolean ignored = seed.optional("robots", ROBOTS, "obey").equals("ignore");
        if (ignored && !seed.has("authority")) {
            seed.fault(
                    "authority",
                    "must say with robots = ignore who allows robots.txt to be disregarded, and on what ground; it goes into"
                            + " the audit of every run");
        }
        if (!ignored && seed.has("authority")) {
            seed.fault("authority", "is only for robots = ignore; write that, or leave it empty");
        }
        return seed.optional("authority", Syntax.text(500), "");
    }
}
