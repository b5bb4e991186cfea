package org.markwatch.watchlist;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;

/** Reads {@code seeds.csv} and {@code seeds.yaml}. Rows of the same URL in both files together are one seed. */
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
    private static final HttpUrl PLACEHOLDER = HttpUrl.of("http://placeholder.invalid/");

    /** Value of {@code proxy} for a direct connection despite the seed's tags. */
    private static final String DIRECT = "direct";

    private final Settings.CrawlSettings defaults;
    private final Map<String, Proxy> proxies;
    private final Faults faults;
    private final List<Section> rows = new ArrayList<>();
    private final Map<String, HostRoute> routes = new HashMap<>();

    /** The proxy of a host, and the location of the first seed that uses it. */
    private record HostRoute(@Nullable Proxy proxy, SourceLocation location) {}

    /** @param proxies proxies by tag, for seeds without a proxy of their own */
    SeedsFile(Settings.CrawlSettings defaults, Map<String, Proxy> proxies, Faults faults) {
        this.defaults = defaults;
        this.proxies = proxies;
        this.faults = faults;
    }

    void table(String file, String text) {
        CsvReader.read(file, text, COLUMNS, faults).forEach(row -> rows.add(Section.of(row, faults, COLUMNS)));
    }

    void document(ConfigNode document) {
        rows.addAll(Section.of(document, faults, List.of("seeds")).sections("seeds", COLUMNS));
    }

    /** Returns the seeds of the files so far. */
    List<Seed> seeds() {
        return Section.merged(rows, List.of("url"), row -> row.peek("url", NetworkSyntax::url)).stream()
                .map(this::seed)
                .toList();
    }

    private Seed seed(Section seed) {
        HttpUrl url = seed.required("url", NetworkSyntax::url, PLACEHOLDER);
        Set<String> tags = seed.list("tags", Syntax.text(64));
        Proxy proxy = proxy(seed, tags);
        checkRoute(seed, url.host(), proxy);
        return new Seed(
                url,
                seed.optional("label", Syntax.text(200), ""),
                seed.optional("owner", Syntax.text(200), ""),
                seed.optional("scope", Syntax.choice(Scope.class), Scope.HOST),
                seed.optional("max_depth", SettingsFile.MAX_DEPTH, defaults.maxDepth()),
                seed.optional("max_pages", SettingsFile.MAX_PAGES, defaults.maxPages()),
                seed.optional("delay", SettingsFile.DELAY, defaults.delay()),
                proxy,
                robotsAuthority(seed),
                tags);
    }

    /** Returns the seed's own proxy, or else the proxy of its tags; null for a direct connection. */
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
                    "select two proxies of crawl.proxies, " + ofTags.get(0) + " and " + ofTags.get(1)
                            + "; set proxy to the one to use, or to direct");
        }
        return ofTags.isEmpty() ? null : ofTags.getFirst();
    }

    /**
     * Requires one proxy per host: a seed without it would reveal the crawler to a host that another seed reaches
     * through a proxy.
     */
    private void checkRoute(Section seed, String host, @Nullable Proxy proxy) {
        if (host.endsWith(".onion") && proxy == null) {
            seed.fault(
                    "proxy", "must be a SOCKS proxy like Tor's socks5://127.0.0.1:9050, because the host is in .onion");
        }
        HostRoute first = host.equals(PLACEHOLDER.host())
                ? null
                : routes.putIfAbsent(host, new HostRoute(proxy, seed.location("url")));
        if (first != null && !Objects.equals(first.proxy, proxy)) {
            seed.fault(
                    "proxy",
                    "must be the same as in " + first.location.file() + ", line " + first.location.line() + " ("
                            + (first.proxy == null ? DIRECT : first.proxy) + "), as all seeds of a host use one proxy");
        }
    }

    /** Returns who authorises the crawl to ignore robots.txt, for the audit; empty if it obeys robots.txt. */
    private static String robotsAuthority(Section seed) {
        boolean ignored = seed.optional("robots", ROBOTS, "obey").equals("ignore");
        if (ignored && !seed.has("authority")) {
            seed.fault(
                    "authority",
                    "is required with robots = ignore: who authorises the crawl to ignore robots.txt, and why; the audit of"
                            + " every run records it");
        }
        if (!ignored && seed.has("authority")) {
            seed.fault("authority", "is allowed only with robots = ignore; set robots, or leave authority empty");
        }
        return seed.optional("authority", Syntax.text(500), "");
    }
}
