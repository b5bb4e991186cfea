package org.markwatch.review;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the database has on every page, as a test says. */
final class SettableRecords implements PageRecords {
    private volatile @Nullable Visit visit;
    private volatile @Nullable Judged judged;

    void set(@Nullable Visit newVisit, @Nullable Judged newJudged) {
        visit = newVisit;
        judged = newJudged;
    }

    @Override
    public Optional<Visit> visit(URI page, long run) {
        return Optional.ofNullable(visit);
    }

    @Override
    public Optional<Judged> judged(URI page, long run) {
        return Optional.ofNullable(judged);
    }
}
