package org.markwatch.job;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.TimeZone;
import javax.sql.DataSource;
import org.markwatch.watchlist.Settings;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;

/**
 * Schedules the nightly run in the configured time zone. Processes with the same database share the schedule: one of them
 * starts each run. Runs that were missed while no scheduler was up are made up once.
 */
public final class NightlySchedule {
    /** Name of the Quartz job and of its trigger. */
    static final String NAME = "nightly";

    private static final JobKey JOB = JobKey.jobKey(NAME);
    private static final TriggerKey TRIGGER = TriggerKey.triggerKey(NAME);

    private final Scheduler scheduler;
    private final NightlyJob nightly;
    private final DataSource database;

    NightlySchedule(Scheduler scheduler, NightlyJob nightly, DataSource database) {
        this.scheduler = scheduler;
        this.nightly = nightly;
        this.database = database;
    }

    /**
     * Starts the scheduler. A run that was interrupted by the end of its process is resumed at once.
     *
     * @return the time of the next run, or empty if {@code schedule.cron} is empty
     */
    public Optional<NextRun> start(Settings.ScheduleSettings schedule) throws SchedulerException {
        Optional<NextRun> next = change(() -> apply(schedule));
        if (next.isPresent() && nightly.isInterrupted()) {
            scheduler.triggerJob(JOB, StartCause.RECOVERY.data());
        }
        scheduler.start();
        return next;
    }

    /**
     * Follows another schedule, here and in all processes on this database.
     *
     * @throws IllegalStateException if the scheduler has been shut down, or the schedule never starts a run although it has
     *                               an expression
     */
    public void follow(Settings.ScheduleSettings schedule) {
        change(() -> apply(schedule));
    }

    /**
     * Starts a run as the schedule does, or resumes an unfinished one, and returns at once; black-outs do not hinder it.
     * Beside a run in progress it starts none, and stores why.
     *
     * @return false if a person has requested a start before, here or in another process, and it has not ended yet
     * @throws IllegalStateException if the scheduler has been shut down
     */
    public boolean startNow() {
        Trigger trigger = TriggerBuilder.newTrigger()
                .withIdentity("person") // Quartz stores it once and keeps it until the run ends
                .forJob(JOB)
                .usingJobData(StartCause.PERSON.data())
                .build();
        return change(() -> {
            try {
                scheduler.scheduleJob(trigger);
                return true;
            } catch (ObjectAlreadyExistsException requested) {
                return false;
            }
        });
    }

    /** A change of what Quartz stores. */
    @FunctionalInterface
    private interface ScheduleChange<T> {
        T make() throws SchedulerException;
    }

    /**
     * Changes the schedule while no other process does. Outside of its own threads, Quartz does not hold its lock so long. The
     * database ends the transaction of a process that is suspended within it after a minute: twice the time for which another one may
     * keep Quartz waiting.
     */
    private <T> T change(ScheduleChange<T> change) {
        try (Connection session = database.getConnection()) {
            session.setAutoCommit(false);
            try (PreparedStatement lock =
                    session.prepareStatement("select set_config('idle_in_transaction_session_timeout', '60s', true),"
                            + " pg_advisory_xact_lock(hashtextextended('markwatch schedule', 0))")) {
                lock.execute();
                return change.make();
            } finally {
                session.rollback();
            }
        } catch (SQLException | SchedulerException e) {
            throw new IllegalStateException("the schedule cannot be changed: " + e.getMessage(), e);
        }
    }

    private Optional<NextRun> apply(Settings.ScheduleSettings schedule) throws SchedulerException {
        JobDetail job = JobBuilder.newJob(NightlyTrigger.class)
                .withIdentity(JOB)
                .storeDurably() // so that a run can also be started by hand
                .requestRecovery() // another process with the schedule resumes the run of one that has died
                .build();
        scheduler.addJob(job, true);
        if (schedule.cron().isEmpty()) {
            scheduler.unscheduleJob(TRIGGER);
            return Optional.empty();
        }
        if (!isApplied(schedule)) {
            scheduler.unscheduleJob(TRIGGER);
            scheduler.scheduleJob(trigger(schedule));
        }
        return Optional.ofNullable(scheduler.getTrigger(TRIGGER))
                .map(Trigger::getNextFireTime)
                .map(at -> new NextRun(at.toInstant(), schedule.zone()));
    }

    /** An unchanged trigger is kept, since its stored state contains the missed runs. */
    private boolean isApplied(Settings.ScheduleSettings schedule) throws SchedulerException {
        return scheduler.getTrigger(TRIGGER) instanceof CronTrigger trigger
                && trigger.getCronExpression().equals(schedule.cron())
                && trigger.getTimeZone().toZoneId().equals(schedule.zone());
    }

    private static Trigger trigger(Settings.ScheduleSettings schedule) {
        return TriggerBuilder.newTrigger()
                .withIdentity(TRIGGER)
                .forJob(JOB)
                .withSchedule(CronScheduleBuilder.cronSchedule(schedule.cron())
                        .inTimeZone(TimeZone.getTimeZone(schedule.zone()))
                        .withMisfireHandlingInstructionFireAndProceed())
                .build();
    }
}
