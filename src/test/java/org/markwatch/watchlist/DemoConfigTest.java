package org.markwatch.watchlist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DemoConfigTest {
    @Test
    void addsTheDemosOwnBrandToTheShippedOnes() throws WatchlistException {
        Watchlist shipped = WatchlistReader.read(Path.of("job-config"));
        Watchlist demo = WatchlistReader.read(Path.of("job-config", "demo"));

        assertThat(demo.brands())
                .containsAll(shipped.brands())
                .hasSize(shipped.brands().size() + 1);
        assertThat(demo.indicators()).isEqualTo(shipped.indicators());
    }
}
