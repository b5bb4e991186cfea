package org.markwatch.review;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;

/** Returns the records that a test sets, for every page. */
final class StubPageRecords implements PageRecords {
    private volatile @Nullable FetchDetails fetch;
    private volatile @Nullable AnalysisDetails analysis;

    void set(@Nullable FetchDetails newFetch, @Nullable AnalysisDetails newAnalysis) {
        fetch = newFetch;
        analysis = newAnalysis;
    }

    @Override
    public Optional<FetchDetails> lastFetch(HttpUrl page, long run) {
        return Optional.ofNullable(fetch);
    }

    @Override
    public Optional<AnalysisDetails> analysis(HttpUrl page, long run) {
        return Optional.ofNullable(analysis);
    }
}
