package org.markwatch.job;

import org.markwatch.crawl.RunInProgressException;
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

/**
 * The Quartz job that runs {@link NightlyJob} on schedule. It is a Quartz job and not a trigger; the name stays because
 * the Quartz tables store it.
 *
 * <p>It reads the job-config before each run, so that edits apply without a restart of {@code serve}. Exceptions are
 * the schedule, the settings of the console including the lease, and the severity bands of the queue: the process
 * reads those once, at its start.
 */
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
            boolean scheduled = !context.getMergedJobDataMap().containsKey(NightlySchedule.RECOVERY);
            if (scheduled && outcome.resumed() && outcome.status().isFinished()) {
                LOG.info("Run {} of an earlier night is complete; the run of this night begins", outcome.run());
                outcome = nightly.run(watchlist.read(), false);
            }
            if (outcome.status() == Runs.Status.FAILED) {
                LOG.error("Run {} failed; the next start resumes it", outcome.run(), outcome.failure());
            }
            reports.find(outcome.run())
                    .filter(RunSummary::readNoPage)
                    .ifPresent(run -> LOG.warn(
                            "Run {} read no page, so it has no findings; 'markwatch export pages' lists the reasons",
                            run.runId()));
        } catch (WatchlistException e) {
            e.faults().forEach(fault -> LOG.error("Scheduled run not started; fault in job-config: {}", fault));
            throw new JobExecutionException(e);
        } catch (RunInProgressException e) {
            LOG.warn("Scheduled run not started: {}", e.getMessage());
        } catch (Exception e) {
            LOG.error("Scheduled run failed", e);
            throw new JobExecutionException(e);
        }
    }
}
