package org.markwatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;

/** The ruleset id, by which stored findings are reused. */
class RulesetAnalyserTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

    @Test
    void givesDifferentIdsToDifferentRulesets() throws WatchlistException {
        Watchlist demo = WatchlistReader.read(Path.of("job-config", "demo"));
        Watchlist builtIn = WatchlistReader.read(Path.of("job-config"));

        assertThat(new RulesetAnalyser(demo, TODAY).pageReader().rulesVersion())
                .isEqualTo(RulesetAnalyser.rulesetId(demo, TODAY))
                .isNotEqualTo(RulesetAnalyser.rulesetId(builtIn, TODAY));
    }
}
