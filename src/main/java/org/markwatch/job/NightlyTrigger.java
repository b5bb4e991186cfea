package org.markwatch.job;

import org.markwatch.crawl.run.RunInProgressException;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;

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
    private final NightlyJob nightly;
    private final WatchlistSource watchlist;
    private final NightLog log;

    NightlyTrigger(NightlyJob nightly, WatchlistSource watchlist, NightLog log) {
        this.nightly = nightly;
        this.watchlist = watchlist;
        this.log = log;
    }

    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        boolean recovery =
                context.isRecovering() || context.getMergedJobDataMap().containsKey(NightlySchedule.RECOVERY);
        try {
            Watchlist current = watchlist.read();
            if (recovery && !nightly.isInterrupted(current)) {
                log.leftInterrupted();
                return;
            }
            NightlyJob.RunOutcome outcome = run(current);
            if (!recovery && outcome.resumed() && outcome.status().isFinished()) {
                run(watchlist.read());
            }
        } catch (WatchlistException e) {
            log.notStarted(e.faults());
            throw new JobExecutionException(e);
        } catch (RunInProgressException e) {
            log.notStarted(e);
        } catch (Exception e) {
            log.failed(e);
            throw new JobExecutionException(e);
        } finally {
            log.next();
        }
    }

    private NightlyJob.RunOutcome run(Watchlist current) throws Exception {
        NightlyJob.RunOutcome outcome = nightly.run(current, ResumePolicy.IF_FIT, log::started);
        log.ended(outcome);
        return outcome;
    }
}
