package org.markwatch.watchlist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small valid job-config folder, for tests to change. */
final class JobConfigFolder {
    static final String SETTINGS = "crawl:\n  contact: crawl@bank.test\n";
    static final String SEEDS = "url,delay\nhttps://shop.example/,2s\n";
    static final String BRAND = """
            id: acme
            name: Acme Pay
            aliases: [AcmePay]
            official_hosts: [acme.example]
            """;
    static final String INDICATOR = """
            indicators:
              - id: checkout.buy
                type: phrase
                pattern: buy now
                group: checkout
                weight: 5
                scope: [text]
                source: own
            """;
    static final String POLICIES = """
            groups:
              marks: {label: Marks, cap: 40}
              checkout: {label: Checkout, cap: 10, effect: offer}
            brand_use: {acceptance: 15, logo: 10, impersonation: 40, lookalike-host: 35, asset: 5, mention: 0}
            review_from: 20
            bands:
              - {severity: low, from: 20, min_groups: 1}
              - {severity: high, from: 45, min_groups: 2}
            lanes:
              - {name: checkout, groups: [checkout]}
              - {name: general}
            sample_one_in: 50
            """;

    private final Path folder;

    JobConfigFolder(Path folder) {
        this.folder = folder;
        with("markwatch.yaml", SETTINGS)
                .with("seeds.csv", SEEDS)
                .with("brands/acme.yaml", BRAND)
                .with("indicators/checkout.yaml", INDICATOR)
                .with("policies.yaml", POLICIES);
    }

    JobConfigFolder with(String file, String text) {
        return with(file, text.getBytes(StandardCharsets.UTF_8));
    }

    JobConfigFolder with(String file, byte[] bytes) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.resolveSibling("."));
            Files.write(path, bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JobConfigFolder without(String file) {
        try {
            Files.delete(folder.resolve(file));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Watchlist read() throws WatchlistException {
        return WatchlistReader.read(folder);
    }

    /** Returns the faults, one line each, with file names relative to the folder. */
    List<String> faults() {
        try {
            read();
            return List.of();
        } catch (WatchlistException e) {
            return e.faults().stream()
                    .map(fault -> fault.toString().replace(folder + "/", ""))
                    .toList();
        }
    }
}
