package org.markwatch.queue.welfare;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.ScreenQueries;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Measures how long people work on items (table {@code exposure}), by the times of their requests: from one to the next,
 * at most {@link #LONGEST_GAP} counts. All sessions of an account count together. Thread-safe.
 */
public final class Exposure {
    /** Longest time between two activities that counts as work. */
    public static final Duration LONGEST_GAP = Duration.ofMinutes(3);

    private static final int LISTED = 500;

    private final JdbcClient jdbc;
    /** For queries of screens, which end after {@link ScreenQueries#TIMEOUT}. */
    private final JdbcClient screen;

    private final TransactionTemplate transaction;
    private final ExposureLimits limits;
    private final Clock clock;

    public Exposure(DataSource dataSource, ExposureLimits limits, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.screen = ScreenQueries.client(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.limits = limits;
        this.clock = clock;
    }

    /** Returns the limits. */
    public ExposureLimits limits() {
        return limits;
    }

    /**
     * Records an activity of an account on an item, unless it has a break or has used up its day.
     *
     * @return the standing after the activity
     */
    public Standing record(String account) {
        return transaction.execute(status -> {
            Instant now = now();
            jdbc.sql("""
                            insert into exposure (account, day, today_ms, unbroken_ms, last_at) values (?, ?, 0, 0, ?)
                            on conflict (account) do nothing
                            """).params(account, day(now), utc(now)).update();
            Worked before = jdbc.sql(Worked.SELECT + " for update")
                    .param(account)
                    .query((row, number) -> Worked.of(row))
                    .single();
            Worked after = before.at(now, day(now), limits);
            if (before.standing(now, day(now), limits).until() == null) {
                jdbc.sql("""
                                update exposure set day = :day, today_ms = :today, unbroken_ms = :unbroken, last_at = :now,
                                       break_until = cast(:until as timestamptz) where account = :account
                                """)
                        .param("day", after.day())
                        .param("today", after.today().toMillis())
                        .param("unbroken", after.unbroken().toMillis())
                        .param("now", utc(now))
                        .param("until", after.breakUntil() == null ? null : utc(after.breakUntil()))
                        .param("account", account)
                        .update();
                return after.standing(now, day(now), limits);
            }
            return before.standing(now, day(now), limits);
        });
    }

    /** Returns the standing of an account without recording an activity. */
    public Standing standing(String account) {
        Instant now = now();
        return jdbc.sql(Worked.SELECT)
                .param(account)
                .query((row, number) -> Worked.of(row))
                .optional()
                .map(worked -> worked.standing(now, day(now), limits))
                .orElse(new Standing(Duration.ZERO, limits.continuous(), null, false));
    }

    /**
     * The load of an account.
     *
     * @param items    items that it holds and that the reader may see
     * @param standing time that it has worked today
     */
    public record Load(String account, long items, Standing standing) {}

    /**
     * Returns the load of accounts that have worked on items, by name.
     *
     * @param access lanes that the reader may see
     */
    public List<Load> loads(LaneAccess access) {
        Instant now = now();
        Map<String, Object> values = new HashMap<>(Map.of("now", utc(now), "limit", LISTED));
        return screen.sql("""
                        select e.account, e.day, e.today_ms, e.unbroken_ms, e.last_at, e.break_until,
                               (select count(*) from item i
                                 where i.claimed_by = e.account and i.claimed_until > :now and %s) as items
                          from exposure e order by e.account limit :limit
                        """.formatted(access.condition(values)))
                .params(values)
                .query((row, number) -> new Load(
                        row.getString("account"),
                        row.getLong("items"),
                        Worked.of(row).standing(now, day(now), limits)))
                .list();
    }

    /**
     * Returns how many items all accounts together have skipped today.
     *
     * @param access lanes that the reader may see
     */
    public long skipsToday(LaneAccess access) {
        Map<String, Object> values = new HashMap<>(
                Map.of("day", utc(day(now()).atStartOfDay(limits.zone()).toInstant())));
        return screen.sql("select count(*) from skip s join item i on i.id = s.item_id where s.skipped_at >= :day and "
                        + access.condition(values))
                .params(values)
                .query(Long.class)
                .single();
    }

    private LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, limits.zone());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
