package org.markwatch.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.markwatch.schema.Schema;

/**
 * Reads which tables, partitions, sequences and foreign keys the current schema of a connection has, except Flyway's
 * table. The time zone of the session is UTC.
 */
final class Catalog {
    private static final Pattern BOUND = Pattern.compile("FOR VALUES FROM \\('([^']+)'\\) TO \\('([^']+)'\\)");

    /** PostgreSQL's ISO form of a {@code timestamptz} in UTC: {@code 2026-11-01 00:00:00+00}. */
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ssx");

    private final Connection connection;

    Catalog(Connection connection) {
        this.connection = connection;
    }

    /** A foreign key: its table, its name and its definition. */
    record ForeignKey(String table, String name, String definition) {}

    /** Returns the columns of each table that holds rows: tables and partitions, by name. */
    SequencedMap<String, List<String>> tables() throws SQLException {
        SequencedMap<String, List<String>> tables = new LinkedHashMap<>();
        try (ResultSet row = query("""
                select c.relname, a.attname from pg_class c
                join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname <> '%s'
                order by c.relname collate "C", a.attnum""".formatted(Schema.HISTORY_TABLE))) {
            while (row.next()) {
                tables.computeIfAbsent(row.getString(1), table -> new ArrayList<>())
                        .add(row.getString(2));
            }
        }
        return tables;
    }

    /** Returns the partitions, by name. */
    List<Manifest.Partition> partitions() throws SQLException {
        List<Manifest.Partition> partitions = new ArrayList<>();
        try (ResultSet row = query("""
                select c.relname, p.relname, pg_get_expr(c.relpartbound, c.oid) from pg_class c
                join pg_inherits i on i.inhrelid = c.oid join pg_class p on p.oid = i.inhparent
                where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relispartition
                order by c.relname collate "C\"""")) {
            while (row.next()) {
                Matcher bound = BOUND.matcher(row.getString(3));
                if (!bound.matches()) {
                    throw new BackupException("partition " + row.getString(1) + " has the bounds " + row.getString(3)
                            + "; a backup has partitions by time only. Remove that partition");
                }
                partitions.add(new Manifest.Partition(
                        row.getString(1),
                        row.getString(2),
                        OffsetDateTime.parse(bound.group(1), TIMESTAMP).toInstant(),
                        OffsetDateTime.parse(bound.group(2), TIMESTAMP).toInstant()));
            }
        }
        return partitions;
    }

    /** Returns the partitioned tables. */
    List<String> partitionedTables() throws SQLException {
        return strings(
                "select relname from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'p'");
    }

    /** Returns the states of all sequences, by name. */
    List<Manifest.SequenceState> sequences() throws SQLException {
        List<Manifest.SequenceState> states = new ArrayList<>();
        for (String name : strings("select relname from pg_class where relnamespace = current_schema()::regnamespace"
                + " and relkind = 'S' order by relname collate \"C\"")) {
            try (ResultSet row = query("select last_value, is_called from " + quote(name))) {
                row.next();
                states.add(new Manifest.SequenceState(name, row.getLong(1), row.getBoolean(2)));
            }
        }
        return states;
    }

    List<ForeignKey> foreignKeys() throws SQLException {
        List<ForeignKey> keys = new ArrayList<>();
        try (ResultSet row = query("""
                select conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) from pg_constraint
                where connamespace = current_schema()::regnamespace and contype = 'f' and conparentid = 0
                order by 1, 2""")) {
            while (row.next()) {
                keys.add(new ForeignKey(row.getString(1), row.getString(2), row.getString(3)));
            }
        }
        return keys;
    }

    /** Returns whether a table has a row. */
    boolean hasRows(String table) throws SQLException {
        try (ResultSet row = query("select exists (select from " + quote(table) + ")")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** Returns an identifier in quotes. */
    static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private List<String> strings(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet row = query(sql)) {
            while (row.next()) {
                values.add(row.getString(1));
            }
        }
        return values;
    }

    private ResultSet query(String sql) throws SQLException {
        Statement statement = connection.createStatement();
        statement.closeOnCompletion();
        return statement.executeQuery(sql);
    }
}
