package org.markwatch.watchlist;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code seeds.csv} and {@code seeds.yaml}: sites, unique over both files. */
final class SeedsFile {
    static final List<String> COLUMNS = List.of(
            "url", "label", "owner", "scope", "max_depth", "max_pages", "delay", "proxy", "robots", "authority", "tags");
    private static final Syntax<String> ROBOTS = Syntax.choice(List.of("obey", "ignore"));
    private static final URI STAND_IN = URI.create("http://stand-in.invalid/");

    private final Settings.Crawl defaults;
    private final Faults faults;
    private final List<Seed> seeds = new ArrayList<>();
    private final Map<URI, Place> places = new HashMap<>();

    SeedsFile(Settings.Crawl defaults, Faults faults) {
        this.defaults = defaults;
        this.faults = faults;
    }

    void table(String file, String text) {
        CsvText.read(file, text, COLUMNS, faults).forEach(row -> add(Section.of(row, faults, COLUMNS)));
    }

    void document(Node document) {
        Section.of(document, faults, List.of("seeds"))
                .sections("seeds", COLUMNS)
                .forEach(this::add);
    }

    List<Seed> seeds() {
        return seeds;
    }

    private void add(Section seed) {
        URI url = seed.required("url", Address::url, STAND_IN);
        Place first = url.equals(STAND_IN) ? null : places.putIfAbsent(url, seed.place("url"));
        if (first != null) {
            seed.fault("url", "is the same seed as in " + first.file() + ", line " + first.line() + "; keep one");
        }
        notYet(seed, "proxy", "");
        seeds.add(new Seed(
                url,
                seed.optional("label", Syntax.text(200), ""),
                seed.optional("owner", Syntax.text(200), ""),
                seed.optional("scope", Syntax.choice(Scope.class), Scope.HOST),
                seed.optional("max_depth", SettingsFile.MAX_DEPTH, defaults.maxDepth()),
                seed.optional("max_pages", SettingsFile.MAX_PAGES, defaults.maxPages()),
                seed.optional("delay", SettingsFile.DELAY, defaults.delay()),
                robotsAuthority(seed),
                seed.list("tags", Syntax.text(64))));
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

    private static void notYet(Section seed, String key, String only) {
        String allowed = only.isEmpty() ? "leave it empty" : "leave it empty or write " + only;
        seed.optional(
                key,
                value -> {
                    if (!value.equals(only)) {
                        throw new Malformed("is not offered by this version yet; " + allowed);
                    }
                    return value;
                },
                only);
    }
}
