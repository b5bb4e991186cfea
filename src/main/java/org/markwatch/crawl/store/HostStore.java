package org.markwatch.crawl.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.frontier.HostFaults;
import org.markwatch.crawl.frontier.HostState;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads and writes table {@code host}: what the current run keeps of hosts. Times are by the clock of the database, since those of
 * machines may differ. Uses the transaction of the calling thread.
 */
public final class HostStore {
    /** A robots.txt is fetched again after 24 hours (RFC 9309 section 2.4). */
    private static final String SELECT = """
            select *, (extract(epoch from due_at - clock_timestamp()) * 1000000)::int8 as wait_micros,
                robots_at > clock_timestamp() - interval '24 hours' as robots_valid
            from host where host = any (?)""";

    private static final String WAITS = "due_at > clock_timestamp() and not deferred";

    private final JdbcTemplate jdbc;
    private final LongSupplier nanos;

    /** @param nanos monotonic clock in nanoseconds */
    public HostStore(DataSource database, LongSupplier nanos) {
        this.jdbc = new JdbcTemplate(database);
        this.nanos = nanos;
    }

    /**
     * Removes what an earlier run left, except the due times and robots.txt of hosts that still wait: that run may have ended just
     * now. A host that it left because of a long Retry-After is asked again.
     */
    public void clear() {
        if (!isAnyWaiting()) {
            jdbc.execute("truncate host");
            return;
        }
        jdbc.update("delete from host where not (%s)".formatted(WAITS));
        jdbc.update(
                "update host set busy_answers = 0, connect_failures = 0, robots_failures = 0, cause = null, reason = null");
    }

    /** Returns whether a host is not due yet. */
    public boolean isAnyWaiting() {
        return Boolean.TRUE.equals(
                jdbc.queryForObject("select exists (select from host where %s)".formatted(WAITS), Boolean.class));
    }

    /** Returns the state of a host, or null if there is none. */
    @Nullable
    public HostState state(String host) {
        return states(List.of(host)).get(host);
    }

    /** Returns the states of those hosts that have one. */
    public Map<String, HostState> states(Collection<String> hosts) {
        Map<String, HostState> states = new HashMap<>();
        jdbc.query(
                SELECT,
                row -> {
                    states.put(row.getString("host"), state(row));
                },
                (Object) hosts.toArray(String[]::new));
        return states;
    }

    private HostState state(ResultSet row) throws SQLException {
        String host = row.getString("host");
        long due = nanos.getAsLong() + TimeUnit.MICROSECONDS.toNanos(row.getLong("wait_micros"));
        String cause = row.getString("cause");
        HostFaults.HostFailure failure =
                cause == null ? null : new HostFaults.HostFailure(cause, row.getString("reason"));
        boolean deferred = row.getBoolean("deferred");
        return new HostState(
                host,
                due,
                Duration.ofMillis(row.getLong("response_ms")),
                new HostFaults.Snapshot(
                        row.getInt("busy_answers"),
                        row.getInt("connect_failures"),
                        row.getInt("robots_failures"),
                        deferred ? null : failure,
                        deferred ? failure : null),
                robots(row));
    }

    private HostState.@Nullable RobotsSource robots(ResultSet row) throws SQLException {
        return row.getBoolean("robots_valid")
                ? new HostState.RobotsSource(row.getBytes("robots"), row.getString("robots_fault"))
                : null;
    }

    /** Stores states, at most one of each host; a state without robots.txt leaves the stored one. */
    void save(List<HostState> states) {
        if (states.isEmpty()) {
            return;
        }
        long now = nanos.getAsLong(); // before the database reads its clock, so that no host is due too early
        jdbc.update(connection -> {
            ColumnArrays columns = new ColumnArrays(connection, states.size());
            PreparedStatement upsert = connection.prepareStatement("""
                    insert into host as h
                    select v.host, clock_timestamp() + v.wait_micros * interval '1 microsecond', v.response_ms, v.busy_answers,
                        v.connect_failures, v.robots_failures, v.cause, v.reason, v.deferred, v.robots, v.robots_fault, case when v.robots is not null then clock_timestamp() end
                    from unnest(?::text[], ?::int8[], ?::int4[], ?::int2[], ?::int2[], ?::int2[], ?::text[], ?::text[],
                            ?::bool[], ?::bytea[], ?::text[])
                        as v(host, wait_micros, response_ms, busy_answers, connect_failures, robots_failures, cause, reason, deferred,
                            robots, robots_fault)
                    order by v.host
                    on conflict (host) do update set due_at = excluded.due_at,
                        response_ms = excluded.response_ms, busy_answers = excluded.busy_answers,
                        connect_failures = excluded.connect_failures, robots_failures = excluded.robots_failures,
                        cause = excluded.cause, reason = excluded.reason, deferred = excluded.deferred,
                        robots = case when excluded.robots is not null
                            then excluded.robots else h.robots end,
                        robots_fault = case when excluded.robots is not null
                            then excluded.robots_fault else h.robots_fault end,
                        robots_at = case when excluded.robots is not null
                            then excluded.robots_at else h.robots_at end""");
            upsert.setArray(1, columns.of("text", i -> states.get(i).host()));
            upsert.setArray(
                    2,
                    columns.of(
                            "int8",
                            i -> TimeUnit.NANOSECONDS.toMicros(states.get(i).dueNanos() - now)));
            upsert.setArray(3, columns.of("int4", i ->
                    (int) states.get(i).responseTime().toMillis()));
            upsert.setArray(
                    4, columns.of("int2", i -> (short) states.get(i).faults().busyAnswers()));
            upsert.setArray(
                    5, columns.of("int2", i -> (short) states.get(i).faults().connectFailures()));
            upsert.setArray(
                    6, columns.of("int2", i -> (short) states.get(i).faults().robotsFailures()));
            upsert.setArray(7, columns.of("text", i -> cause(states.get(i).faults())));
            upsert.setArray(8, columns.of("text", i -> reason(states.get(i).faults())));
            upsert.setArray(9, columns.of("bool", i -> states.get(i).faults().deferred() != null));
            upsert.setArray(10, columns.ofBytes(i -> content(states.get(i).robots())));
            upsert.setArray(11, columns.of("text", i -> fault(states.get(i).robots())));
            return upsert;
        });
    }

    private static @Nullable String cause(HostFaults.Snapshot faults) {
        HostFaults.HostFailure failure = failure(faults);
        return failure == null ? null : failure.cause();
    }

    private static @Nullable String reason(HostFaults.Snapshot faults) {
        HostFaults.HostFailure failure = failure(faults);
        return failure == null ? null : failure.reason();
    }

    private static HostFaults.@Nullable HostFailure failure(HostFaults.Snapshot faults) {
        return faults.deferred() == null ? faults.failure() : faults.deferred();
    }

    private static byte @Nullable [] content(HostState.@Nullable RobotsSource robots) {
        return robots == null ? null : robots.content();
    }

    private static @Nullable String fault(HostState.@Nullable RobotsSource robots) {
        return robots == null ? null : robots.fault();
    }
}
