package org.markwatch.cli;

import java.util.Optional;
import java.util.OptionalLong;
import org.markwatch.crawl.run.Runs;
import org.markwatch.report.Reports;
import org.markwatch.report.RunSummary;
import org.markwatch.review.RunControl;

/** Lets the console see the active run and stop it. */
record ConsoleRuns(Runs runs, Reports reports) implements RunControl {
    @Override
    public Optional<RunSnapshot> activeRun() {
        return runs.active().map(run -> new RunSnapshot(run.id(), run.known(), run.done(), run.stopping()));
    }

    @Override
    public OptionalLong lastRunWithoutText() {
        return reports.recent(1).stream()
                .filter(RunSummary::readNoPage)
                .mapToLong(RunSummary::runId)
                .findFirst();
    }

    @Override
    public void stop(long run) {
        runs.requestStop(run);
    }
}
