package org.markwatch.job;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * When the schedule starts the next run.
 *
 * @param at   the time; in the past if the run was missed and is about to start
 * @param zone time zone of the schedule
 */
public record NextRun(Instant at, ZoneId zone) {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss VV '(UTC'xxx')'", Locale.ROOT);

    /** Returns the next run of the schedule that was applied last, whether or not a scheduler is running. */
    public static Optional<NextRun> of(DataSource database) {
        return JdbcClient.create(database)
                .sql("""
                        select t.next_fire_time, c.time_zone_id
                          from qrtz_triggers t
                          join qrtz_cron_triggers c using (sched_name, trigger_name, trigger_group)
                         where t.trigger_name = ? and t.next_fire_time > 0""")
                .param(NightlySchedule.NAME)
                .query((row, number) -> new NextRun(
                        Instant.ofEpochMilli(row.getLong("next_fire_time")), ZoneId.of(row.getString("time_zone_id"))))
                .optional();
    }

    /** Returns date, time, zone and offset, for example {@code 2026-12-01 01:00:00 Europe/Paris (UTC+01:00)}. */
    @Override
    public String toString() {
        return FORMAT.format(at.atZone(zone));
    }
}
