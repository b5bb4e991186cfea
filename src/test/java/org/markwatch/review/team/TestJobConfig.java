package org.markwatch.review.team;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.markwatch.match.Matcher;
import org.markwatch.watchlist.Fault;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;

/** A small job-config folder of its own, with the policy and a brand of the shipped one. */
public final class TestJobConfig implements JobConfig {
    static final String INDICATORS = """
            # rules of the team
            indicators:
              # vouchers are rare in shops
              - id: voucher-only
                version: 2
                type: phrase
                pattern: voucher
                group: voucher
                weight: 10
                scope: [text]   # not the title
                source: test
                match: ['pay by voucher']
              - {id: help-page, type: phrase, pattern: help, group: documentation, weight: -5, scope: [text], source: test}
            """;
    static final String SEEDS = "url,label,owner\nhttps://shop.example/,Shop,team\nhttps://other.example/,Other,team\n";

    private final Path folder;

    public TestJobConfig() {
        try {
            folder = Files.createTempDirectory("job-config");
            Files.createDirectories(folder.resolve("indicators"));
            Files.createDirectories(folder.resolve("brands"));
            Path shipped = Path.of("job-config");
            Files.copy(shipped.resolve("policies.yaml"), folder.resolve("policies.yaml"));
            Files.copy(shipped.resolve("brands/visa.yaml"), folder.resolve("brands/visa.yaml"));
            Files.writeString(folder.resolve("markwatch.yaml"), "crawl: {contact: crawl@markwatch.example}\n");
            reset();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the files that tests change as they were. */
    void reset() throws IOException {
        Files.writeString(folder.resolve("indicators/team.yaml"), INDICATORS);
        Files.writeString(folder.resolve("seeds.csv"), SEEDS);
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public CheckedConfig check(Map<Path, String> changed) {
        try {
            Watchlist watchlist = WatchlistReader.readChanged(folder, changed);
            List<Fault> faults = Matcher.exampleFaults(watchlist, LocalDate.of(2026, 1, 1));
            return new CheckedConfig(faults.isEmpty() ? watchlist : null, faults, Matcher.costly(watchlist));
        } catch (WatchlistException invalid) {
            return new CheckedConfig(null, invalid.faults(), List.of());
        }
    }
}
