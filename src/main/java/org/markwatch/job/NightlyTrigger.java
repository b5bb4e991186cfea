package org.markwatch.job;

import org.markwatch.crawl.RunUnderWayException;
import org.markwatch.crawl.Runs;
import org.markwatch.report.Reports;
import org.markwatch.report.RunSummary;
import org.markwatch.watchlist.WatchlistException;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Quartz fires: reads the job-config afresh, so that last evening's edits count tonight, and runs the night. */
@DisallowConcurrentExecution
public final class NightlyTrigger implements Job {
    private static final Logger LOG = LoggerFactory.getLogger(NightlyTrigger.class);

    private final NightlyJob nightly;
    private final WatchlistSource watchlist;
    private final Reports reports;

    NightlyTrigger(NightlyJob nightly, WatchlistSource watchlist, Reports reports) {
        this.nightly = nightly;
        this.watchlist = watchlist;
        this.reports = reports;
    }

    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        try {
            NightlyJob.RunOutcome outcome = nightly.run(watchlist.read(), false);
            if (outcome.status() == Runs.Status.FAILED) {
                LOG.error("run {} failed; the next one goes on where it was", outcome.run(), outcome.failure());
            }
            reports.find(outcome.run())
                    .filter(RunSummary::readNoPage)
                    .ifPresent(run -> LOG.warn(
                            "run {} read nothing, so that nothing could be found; see why with: markwatch export pages",
                            run.runId()));
        } catch (WatchlistException e) {
            e.faults().forEach(fault -> LOG.error("no run tonight, the job-config has a fault: {}", fault));
            throw new JobExecutionException(e);
        } catch (RunUnderWayException e) {
            LOG.warn("no second run: {}", e.getMessage());
        } catch (Exception e) {
            LOG.error("no run tonight", e);
            throw new JobExecutionException(e);
        }
    }
}
