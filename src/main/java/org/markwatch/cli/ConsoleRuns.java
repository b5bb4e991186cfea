package org.markwatch.cli;

import java.util.Optional;
import org.markwatch.crawl.Runs;
import org.markwatch.review.RunControl;

/** The runs of the database, as the console may see and stop them. */
record ConsoleRuns(Runs runs) implements RunControl {
    @Override
    public Optional<UnderWay> underWay() {
        return runs.underWay().map(run -> new UnderWay(run.id(), run.known(), run.done(), run.stopping()));
    }

    @Override
    public void stop(long run) {
        runs.requestStop(run);
    }
}
