package org.markwatch.job;

import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import org.quartz.JobDataMap;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;

/** Why the Quartz job of the nightly run fires. */
enum StartCause {
    /** The schedule: an unfinished run is resumed, then a new one starts. */
    SCHEDULE,
    /** A person, whom no black-out hinders. */
    PERSON,
    /** A run was interrupted by the end of its process: it is resumed. */
    RECOVERY,
    /** A black-out that stopped a run has ended: the run is resumed. */
    AFTER_BLACK_OUT;

    private static final String KEY = "cause";

    /** Returns the cause that a trigger names; the schedule if it names none. */
    static StartCause of(JobDataMap data) {
        String name = data.getString(KEY);
        return name == null ? SCHEDULE : valueOf(name);
    }

    /** Whether a new run starts after one that is resumed. */
    boolean startsNewRun() {
        return this == SCHEDULE || this == PERSON;
    }

    /** Returns the data of a trigger with this cause. */
    JobDataMap data() {
        JobDataMap data = new JobDataMap();
        data.put(KEY, name());
        return data;
    }

    /** Lets the job fire once with this cause at a later time, in place of an earlier request for the same. */
    void putOff(Scheduler scheduler, Instant time) throws SchedulerException {
        Trigger trigger = TriggerBuilder.newTrigger()
                .withIdentity("black-out-" + name().toLowerCase(Locale.ROOT))
                .forJob(JobKey.jobKey(NightlySchedule.NAME))
                .usingJobData(data())
                .startAt(Date.from(time))
                .withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
                .build();
        if (scheduler.rescheduleJob(trigger.getKey(), trigger) == null) {
            scheduler.scheduleJob(trigger);
        }
    }
}
