package org.markwatch.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.run.Runs;

/** Lists runs with their summaries. Thread-safe. */
public final class RunHistory {
    private static final Runs.Progress NONE = new Runs.Progress(0, 0);

    private final Runs runs;
    private final Reports reports;

    public RunHistory(Runs runs, Reports reports) {
        this.runs = runs;
        this.reports = reports;
    }

    /**
     * Returns the runs with a lower number than {@code before}, latest first.
     *
     * @param before {@link Long#MAX_VALUE} for the latest ones
     * @param limit  maximum number of runs, at least 1
     */
    public List<ListedRun> before(long before, int limit) {
        long active = active();
        return runs.before(before, limit).stream()
                .map(run -> listed(run, active))
                .toList();
    }

    /** Returns a run; empty if there is none with this number. */
    public Optional<ListedRun> find(long id) {
        return runs.find(id).map(run -> listed(run, active()));
    }

    private long active() {
        return runs.active().map(Runs.ActiveRun::id).orElse(0L);
    }

    private ListedRun listed(Runs.RunRecord run, long active) {
        boolean running = run.status() == Runs.Status.RUNNING;
        @Nullable RunSummary summary = running ? null : reports.find(run.id()).orElse(null);
        Runs.Progress progress = summary == null ? runs.progress(run.id()) : NONE;
        return new ListedRun(
                run.id(),
                run.kind().name().toLowerCase(Locale.ROOT),
                running && run.id() != active
                        ? ListedRun.KILLED
                        : run.status().name().toLowerCase(Locale.ROOT),
                run.startedAt(),
                run.endedAt(),
                runs.executions(run.id()).size(),
                progress.known(),
                progress.done(),
                summary);
    }
}
