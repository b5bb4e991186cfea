package org.markwatch.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.markwatch.crawl.run.ConnectionLoss;
import org.markwatch.crawl.run.RunInProgressException;
import org.markwatch.crawl.run.Runs;
import org.markwatch.notify.RunNotices;
import org.markwatch.watchlist.BlackOuts;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

/**
 * The Quartz job that runs {@link NightlyJob} on schedule. It is a Quartz job and not a trigger; the name stays because
 * the Quartz tables store it.
 *
 * <p>It reads the job-config before each run, so that edits apply without a restart of {@code serve}. Exceptions are
 * cron expression and zone of the schedule, which the console applies if they are changed there, the settings of the console including the lease, and the severity bands of
 * the queue: the process reads those once, at its start.
 */
@DisallowConcurrentExecution
public final class NightlyTrigger implements Job {
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    /** Longest wait for the database to end the session of a process whose machine has lost power: more than it takes. */
    private static final Duration LONGEST_DEATH = Duration.ofSeconds(60);

    private final NightlyJob nightly;
    private final WatchlistSource watchlist;
    private final NightLog log;
    private final RunNotices notices;
    private final Clock clock;

    NightlyTrigger(NightlyJob nightly, WatchlistSource watchlist, NightLog log, RunNotices notices, Clock clock) {
        this.nightly = nightly;
        this.watchlist = watchlist;
        this.log = log;
        this.notices = notices;
        this.clock = clock;
    }

    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        try {
            execute(cause(context), context.getScheduler());
        } catch (WatchlistException e) {
            log.notStarted(e.faults());
            throw new JobExecutionException(e);
        } catch (RunInProgressException e) {
            log.notStarted(e);
        } catch (Exception e) {
            if (ConnectionLoss.isCauseOf(e)) {
                log.waitsForDatabase(e);
                resumeAfterOutage(context.getScheduler());
            } else {
                log.failed(e);
            }
            throw new JobExecutionException(e);
        } finally {
            log.next();
        }
    }

    /** Lets the run that has lost the database be resumed when the database answers again, unless this process stops before. */
    private void resumeAfterOutage(Scheduler scheduler) throws JobExecutionException {
        try {
            while (!scheduler.isInStandbyMode()) { // as it is when the process stops
                if (nightly.isDatabaseAvailable()) {
                    scheduler.triggerJob(JobKey.jobKey(NightlySchedule.NAME), StartCause.RECOVERY.data());
                    return;
                }
                Thread.sleep(POLL_INTERVAL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SchedulerException e) {
            throw new JobExecutionException(e);
        }
    }

    private static StartCause cause(JobExecutionContext context) {
        return context.isRecovering() ? StartCause.RECOVERY : StartCause.of(context.getMergedJobDataMap());
    }

    /** Runs, resumes or puts off a run. */
    void execute(StartCause cause, Scheduler scheduler) throws Exception {
        Watchlist current = watchlist.read();
        BlackOuts blackOuts = cause == StartCause.PERSON
                ? new BlackOuts(List.of(), ZoneOffset.UTC)
                : current.settings().schedule().blackOuts();
        Optional<Instant> end = blackOuts.end(clock.instant());
        if (end.isPresent()) {
            cause.putOff(scheduler, end.get());
            log.putOff(end.get());
            return;
        }
        if (cause == StartCause.RECOVERY && !isLeft(current, scheduler)) {
            return;
        }
        if (cause == StartCause.AFTER_BLACK_OUT && !nightly.hasUnfinishedRun()) {
            return;
        }
        RunOutcome outcome = run(current, blackOuts, scheduler);
        if (cause.startsNewRun() && outcome.resumed() && outcome.status().isFinished()) {
            execute(cause, scheduler); // what was resumed is an earlier run
        }
    }

    /** Whether a run is interrupted that is to be resumed. The session of a process that has died may hold it for some seconds. */
    private boolean isLeft(Watchlist current, Scheduler scheduler) throws InterruptedException, SchedulerException {
        if (nightly.isActive()) {
            log.waitsForLock(LONGEST_DEATH);
        }
        Instant latest = clock.instant().plus(LONGEST_DEATH);
        while (nightly.isActive() && clock.instant().isBefore(latest) && !scheduler.isInStandbyMode()) {
            Thread.sleep(POLL_INTERVAL);
        }
        if (nightly.isActive()) {
            log.leftActive();
            return false;
        }
        if (!nightly.isInterrupted(current)) {
            log.leftInterrupted();
            return false;
        }
        return true;
    }

    private RunOutcome run(Watchlist current, BlackOuts blackOuts, Scheduler scheduler) throws Exception {
        RunOutcome outcome;
        boolean stopped;
        BooleanSupplier begun = () -> blackOuts.end(clock.instant()).isPresent();
        try (BlackOutWatch watch = new BlackOutWatch(begun, nightly::stop, log)) {
            outcome = nightly.run(current, ResumePolicy.IF_FIT, start -> {});
            stopped = watch.hasStopped();
        }
        if (outcome.takenOver()) { // the process that has taken it over tells its end
            return outcome;
        }
        log.ended(outcome);
        if (stopped && outcome.status() == Runs.Status.STOPPED) {
            Instant now = clock.instant();
            Instant end = blackOuts.end(now).orElse(now);
            StartCause.AFTER_BLACK_OUT.putOff(scheduler, end);
            log.stoppedByBlackOut(outcome.run(), end);
        }
        notices.send(current.settings().notices(), outcome.run()); // last, since a receiver may be slow
        return outcome;
    }
}
