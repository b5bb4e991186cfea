package org.markwatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;

/** By what name a page's judgement stands: a page that carries another one is judged again. */
class RulesetAnalyserTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

    @Test
    void judgesCarriedPagesAgainByAnotherRuleset() throws WatchlistException {
        Watchlist demo = WatchlistReader.read(Path.of("job-config", "demo"));
        Watchlist shipped = WatchlistReader.read(Path.of("job-config"));

        assertThat(new RulesetAnalyser(demo, TODAY).pageReader().rulesVersion())
                .isEqualTo(RulesetAnalyser.rulesetId(demo, TODAY))
                .isNotEqualTo(RulesetAnalyser.rulesetId(shipped, TODAY));
    }
}
