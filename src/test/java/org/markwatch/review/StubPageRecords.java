package org.markwatch.review;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the database has on every page, as a test says. */
final class StubPageRecords implements PageRecords {
    private volatile @Nullable FetchDetails visit;
    private volatile @Nullable AnalysisDetails judged;

    void set(@Nullable FetchDetails newVisit, @Nullable AnalysisDetails newJudged) {
        visit = newVisit;
        judged = newJudged;
    }

    @Override
    public Optional<FetchDetails> lastFetch(URI page, long run) {
        return Optional.ofNullable(visit);
    }

    @Override
    public Optional<AnalysisDetails> analysis(URI page, long run) {
        return Optional.ofNullable(judged);
    }
}
