package org.markwatch.crawl.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.HostConnection;
import org.markwatch.crawl.HostConnection.ServerCertificate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.modulith.NamedInterface;

/**
 * Where hosts answered (table {@code host_connection}): one row for each address and certificate of a host, so that a night
 * writes a row for a host, not for a page. Thread-safe.
 */
@NamedInterface("store")
public final class HostConnections {
    /** Most rows of a host that a purge leaves. */
    private static final int KEPT = 20;

    private static final HexFormat HEX = HexFormat.of();
    private static final Comparator<HostConnection> BY_KEY = Comparator.comparing(HostConnection::host)
            .thenComparing(HostConnection::address)
            .thenComparing(HostConnections::sha256);

    private final JdbcTemplate jdbc;

    /** Works on this database. */
    public HostConnections(DataSource database) {
        this.jdbc = new JdbcTemplate(database);
    }

    /**
     * A stored connection.
     *
     * @param firstRun first run that made it
     * @param lastRun  last run that made it, among others perhaps
     */
    public record SeenConnection(HostConnection connection, long firstRun, long lastRun) {}

    /** Returns the connections to a host, latest run first; at most {@code limit}. */
    public List<SeenConnection> of(String host, int limit) {
        return jdbc.query(
                "select * from host_connection where host = ? order by last_run desc, first_run desc, address, certificate limit ?",
                HostConnections::seen,
                host,
                limit);
    }

    /**
     * Stores the connections of a run, in the order of their keys, so that two processes do not wait for each other. Only
     * reads what the run has stored before: a conflict would lock the row, which is a write.
     */
    void record(long runId, Collection<HostConnection> connections) {
        if (connections.isEmpty()) {
            return;
        }
        List<HostConnection> rows = connections.stream().sorted(BY_KEY).toList();
        jdbc.update(connection -> {
            ColumnArrays columns = new ColumnArrays(connection, rows.size());
            PreparedStatement upsert = connection.prepareStatement("""
                    insert into host_connection as c (host, address, certificate, names, more_names, subject, issuer, not_before,
                        not_after, first_run, last_run)
                    select v.*, r.id, r.id
                    from unnest(?::text[], ?::text[], ?::bytea[], ?::text[], ?::int4[], ?::text[], ?::text[], ?::timestamptz[],
                        ?::timestamptz[]) as v(host, address, certificate), (select ?::int8) as r(id)
                    where not exists (select from host_connection o
                        where (o.host, o.address, o.certificate) = (v.host, v.address, v.certificate) and o.last_run >= r.id)
                    on conflict (host, address, certificate) do update set last_run = excluded.last_run
                        where c.last_run < excluded.last_run""");
            upsert.setArray(1, columns.of("text", i -> rows.get(i).host()));
            upsert.setArray(2, columns.of("text", i -> rows.get(i).address()));
            upsert.setArray(3, columns.ofBytes(i -> HEX.parseHex(sha256(rows.get(i)))));
            upsert.setArray(4, columns.of("text", i -> of(rows.get(i), c -> String.join(" ", c.names()), "")));
            upsert.setArray(5, columns.of("int4", i -> of(rows.get(i), ServerCertificate::moreNames, 0)));
            upsert.setArray(6, columns.of("text", i -> of(rows.get(i), ServerCertificate::subject, "")));
            upsert.setArray(7, columns.of("text", i -> of(rows.get(i), ServerCertificate::issuer, "")));
            upsert.setArray(8, columns.of("timestamptz", i -> of(rows.get(i), c -> utc(c.notBefore()), null)));
            upsert.setArray(9, columns.of("timestamptz", i -> of(rows.get(i), c -> utc(c.notAfter()), null)));
            upsert.setLong(10, runId);
            return upsert;
        });
    }

    private static String sha256(HostConnection connection) {
        return connection.certificate() == null ? "" : connection.certificate().sha256();
    }

    private static @Nullable Object of(
            HostConnection connection, Function<ServerCertificate, Object> value, @Nullable Object without) {
        return connection.certificate() == null ? without : value.apply(connection.certificate());
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static SeenConnection seen(ResultSet row, int number) throws SQLException {
        return new SeenConnection(
                new HostConnection(row.getString("host"), row.getString("address"), certificate(row)),
                row.getLong("first_run"),
                row.getLong("last_run"));
    }

    private static @Nullable ServerCertificate certificate(ResultSet row) throws SQLException {
        byte[] sha256 = row.getBytes("certificate");
        String names = row.getString("names");
        return sha256.length == 0
                ? null
                : new ServerCertificate(
                        HEX.formatHex(sha256),
                        names.isEmpty() ? List.of() : List.of(names.split(" ")),
                        row.getInt("more_names"),
                        row.getString("subject"),
                        row.getString("issuer"),
                        instant(row, "not_before"),
                        instant(row, "not_after"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Condition for rows to delete; parameters: last run to delete, host names under a legal hold. */
    private static final String OLD = """
            from (select *, row_number() over (partition by host order by last_run desc, first_run desc, address, certificate) as n
                  from host_connection) c
            where (c.last_run <= ? or c.n > %d) and regexp_replace(c.host, '^[a-z]+://|:[0-9]+$', '', 'g') <> all (?)
            """.formatted(KEPT);

    /** Returns how many rows {@link #delete} would remove. */
    public long count(long lastRun, Collection<String> heldHosts) {
        Long rows = jdbc.queryForObject("select count(*) " + OLD, Long.class, lastRun, held(heldHosts));
        return rows == null ? 0 : rows;
    }

    /**
     * Removes connections that no run after {@code lastRun} made, and of each host all but the latest {@value #KEPT}. Hosts
     * under a legal hold keep all.
     *
     * @return the number of rows removed
     */
    public long delete(long lastRun, Collection<String> heldHosts) {
        return jdbc.update(
                "delete from host_connection d using (select c.host, c.address, c.certificate " + OLD + ") o"
                        + " where (d.host, d.address, d.certificate) = (o.host, o.address, o.certificate)",
                lastRun,
                held(heldHosts));
    }

    private static String[] held(Collection<String> hosts) {
        return hosts.toArray(String[]::new);
    }
}
