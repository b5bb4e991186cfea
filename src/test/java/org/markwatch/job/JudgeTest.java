package org.markwatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.markwatch.extract.Traits;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;

/** By what name a page's judgement stands: a page that carries another one is judged again. */
class JudgeTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

    @Test
    void judgesCarriedPagesAgainWhenThereIsAnotherKindOfTrait() throws WatchlistException {
        Watchlist watchlist = WatchlistReader.read(Path.of("job-config", "demo"));

        assertThat(new Judge(watchlist, TODAY).reader().rules())
                .isEqualTo(Judge.name(watchlist, TODAY, Traits.KINDS))
                .isNotEqualTo(Judge.name(watchlist, TODAY, Traits.KINDS + ":new"));
    }
}
