package org.markwatch.demo;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;

class DemoConfigTest {
    private static final Path FOLDER = Path.of("job-config", "demo");

    @Test
    void hasSeedForEveryHostOfDemo() throws WatchlistException {
        Watchlist watchlist = WatchlistReader.read(FOLDER);
        Set<String> seeded =
                watchlist.seeds().stream().map(seed -> seed.url().host()).collect(toSet());
        assertThat(seeded)
                .isEqualTo(Expectation.readAll().stream().map(Expectation::host).collect(toSet()));
        assertThat(watchlist.seeds()).allMatch(seed -> seed.url().path().equals("/"));
    }

    @Test
    void addsDemoBrandToBuiltInBrands() throws WatchlistException {
        Set<String> brands =
                WatchlistReader.read(FOLDER).brands().stream().map(Brand::id).collect(toSet());
        assertThat(brands).contains("harbour-pay", "visa", "western-union");
        assertThat(Expectation.readAll().stream()
                        .flatMap(expected -> expected.brandUses().stream())
                        .map(use -> use.substring(0, use.indexOf(':'))))
                .isNotEmpty()
                .isSubsetOf(brands);
    }

    @Test
    void readsConfigWrittenForSyntheticWeb(@TempDir Path folder) throws IOException, WatchlistException {
        SyntheticWeb.Plan plan = new SyntheticWeb.Plan(3, 40, 2000, 7);
        try (SyntheticWeb web = SyntheticWeb.start(plan)) {
            String rules = Path.of("job-config").toAbsolutePath().toString();
            SyntheticWebMain.writeConfig(web, plan, folder, rules);

            Watchlist watchlist = WatchlistReader.read(folder);
            assertThat(watchlist.settings().crawl().resolve()).isEqualTo(web.resolve());
            assertThat(watchlist.seeds())
                    .extracting(seed -> seed.url().toString())
                    .isEqualTo(web.seeds());
        }
    }
}
