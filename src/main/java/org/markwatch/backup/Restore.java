package org.markwatch.backup;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.markwatch.queue.Audit;
import org.markwatch.schema.Schema;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Restores backups into an empty database. The tables come from the migrations, up to the version of the backup; the rows
 * are loaded in one transaction; then the later migrations follow. A restore that fails or is killed therefore leaves
 * tables without rows, or the complete backup, and can be repeated in the first case.
 */
public final class Restore {
    private static final String ACTION = "database.restore";

    /** Tables in which migrations put a row, which that of the backup replaces. */
    private static final Set<String> FILLED_BY_MIGRATIONS =
            Set.of("audit_head", "audit_start", "console_key", "sample_key");

    private final DataSource database;
    private final Clock clock;

    /** Restores into this database. */
    public Restore(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Restores a backup, migrates it to the latest schema and verifies its audit chain. To change nothing for a damaged
     * file, call {@link BackupFile#verify} first; otherwise the damage is detected while the rows are loaded, and none
     * is kept.
     *
     * @param backup an open backup
     * @param actor  who restores, for the audit
     * @return the first broken link of the audit chain that was restored, or empty if the chain is intact; the rows are
     *     restored in either case
     * @throws BackupException if the database is not empty, or the backup is damaged or of a newer schema
     * @throws IOException     if the file cannot be read
     * @throws SQLException    if the database fails
     */
    public Optional<Audit.BrokenLink> restore(BackupFile backup, String actor, BytesListener progress)
            throws IOException, SQLException {
        Manifest manifest = backup.manifest();
        Schema schema = new Schema(database);
        if (manifest.schema() > schema.latestVersion()) {
            throw new BackupException("the backup has schema version " + manifest.schema()
                    + ", made by a newer markwatch; this one reads up to version " + schema.latestVersion()
                    + ". Update markwatch");
        }
        checkEmpty(schema.version(), manifest.schema());
        schema.migrateTo(manifest.schema());
        load(backup, progress);
        schema.migrate();
        analyse();
        Audit audit = new Audit(database, clock);
        Optional<Audit.BrokenLink> broken = audit.verify();
        audit.append(
                actor,
                ACTION,
                "database",
                Map.of(
                        "schema",
                        manifest.schema(),
                        "rows",
                        manifest.rows(),
                        "createdAt",
                        manifest.createdAt().toString()));
        return broken;
    }

    private void checkEmpty(int version, int backupVersion) throws SQLException {
        try (Connection connection = Session.begin(database)) {
            Catalog catalog = new Catalog(connection);
            checkEmpty(catalog);
            if (version == 0 && !catalog.tables().isEmpty()) {
                throw notEmpty("it has tables of another program: "
                        + catalog.tables().keySet().iterator().next());
            }
        }
        if (version > backupVersion) {
            throw notEmpty("its tables have schema version " + version + ", and the backup has " + backupVersion);
        }
    }

    private static void checkEmpty(Catalog catalog) throws SQLException {
        for (String table : catalog.tables().keySet()) {
            if (!FILLED_BY_MIGRATIONS.contains(table) && catalog.hasRows(table)) {
                throw notEmpty("table " + table + " has rows");
            }
        }
    }

    private static BackupException notEmpty(String why) {
        return new BackupException("the database is not empty (" + why
                + "); nothing was restored. Restore into a new folder (--data) or a new, empty database (--db)");
    }

    private void load(BackupFile backup, BytesListener progress) throws IOException, SQLException {
        Manifest manifest = backup.manifest();
        try (Connection connection = Session.begin(database)) {
            Catalog catalog = new Catalog(connection);
            Session.execute(
                    connection,
                    "lock table "
                            + catalog.tables().keySet().stream()
                                    .map(Catalog::quote)
                                    .collect(Collectors.joining(", "))
                            + " in access exclusive mode");
            checkEmpty(catalog); // nobody can write from here on
            createPartitions(connection, catalog, manifest.partitions());
            checkTables(catalog.tables(), manifest.parts());
            // items and decisions refer to each other, so no order of tables satisfies all keys
            List<Catalog.ForeignKey> keys = catalog.foreignKeys();
            for (Catalog.ForeignKey key : keys) {
                Session.execute(connection, "alter table " + key.table() + " drop constraint " + key.name());
            }
            long bytes = 0;
            for (Manifest.TableRows part : manifest.parts()) {
                load(connection, backup, part, bytes, progress);
                bytes += part.bytes();
            }
            for (Catalog.ForeignKey key : keys) {
                progress.at("checking", key.table(), bytes);
                Session.execute(
                        connection,
                        "alter table " + key.table() + " add constraint " + key.name() + " " + key.definition());
            }
            setSequences(connection, catalog, manifest.sequences());
            connection.commit();
        }
    }

    private static void createPartitions(Connection connection, Catalog catalog, List<Manifest.Partition> partitions)
            throws SQLException {
        Set<String> parents = new HashSet<>(catalog.partitionedTables());
        for (Manifest.Partition partition : partitions) {
            if (!parents.contains(partition.parent())) {
                throw new BackupException("partition " + partition.table() + " is part of " + partition.parent()
                        + ", which is not a partitioned table of the schema; the backup is damaged");
            }
            Session.execute(
                    connection,
                    "create table if not exists " + Catalog.quote(partition.table()) + " partition of "
                            + Catalog.quote(partition.parent()) + " for values from ('" + partition.from() + "') to ('"
                            + partition.to() + "')");
        }
    }

    private static void checkTables(SequencedMap<String, List<String>> tables, List<Manifest.TableRows> parts) {
        for (Manifest.TableRows part : parts) {
            List<String> columns = tables.get(part.table());
            if (columns == null) {
                throw new BackupException("table " + part.table()
                        + " of the backup is not part of the schema; remove it from the database, and back up again");
            }
            if (!Set.copyOf(columns).equals(Set.copyOf(part.columns()))
                    || columns.size() != part.columns().size()) {
                throw new BackupException("table " + part.table() + " of the backup has the columns " + part.columns()
                        + ", and that of the schema has " + columns + "; the backup is damaged");
            }
        }
        Set<String> missing = new HashSet<>(tables.keySet());
        parts.forEach(part -> missing.remove(part.table()));
        if (!missing.isEmpty()) {
            throw new BackupException("the backup lacks the tables " + missing + "; it is damaged");
        }
    }

    private static void load(
            Connection connection, BackupFile backup, Manifest.TableRows part, long bytesBefore, BytesListener progress)
            throws IOException, SQLException {
        if (FILLED_BY_MIGRATIONS.contains(part.table())) {
            Session.execute(connection, "delete from " + Catalog.quote(part.table()));
        }
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + Catalog.quote(part.table()) + Backup.columnList(part.columns()) + " from stdin");
        try {
            backup.transfer(
                    "restoring", part, bytesBefore, progress, (buffer, length) -> copy.writeToCopy(buffer, 0, length));
            long rows = copy.endCopy();
            if (rows != part.rows()) {
                throw new IllegalStateException("table " + part.table() + " has " + part.rows()
                        + " rows in the backup, but the server took " + rows);
            }
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static void setSequences(Connection connection, Catalog catalog, List<Manifest.SequenceState> states)
            throws SQLException {
        Set<String> names =
                catalog.sequences().stream().map(Manifest.SequenceState::name).collect(Collectors.toSet());
        try (PreparedStatement set = connection.prepareStatement("select setval(?::regclass, ?, ?)")) {
            for (Manifest.SequenceState state : states) {
                if (!names.remove(state.name())) {
                    throw new BackupException(
                            "sequence " + state.name() + " is not part of the schema; the backup is damaged");
                }
                set.setString(1, Catalog.quote(state.name()));
                set.setLong(2, state.last());
                set.setBoolean(3, state.isCalled());
                set.execute();
            }
        }
        if (!names.isEmpty()) {
            throw new BackupException("the backup lacks the sequences " + names + "; it is damaged");
        }
    }

    /** Gathers the statistics of the planner, which a backup does not have. */
    private void analyse() throws SQLException {
        try (Connection connection = Session.begin(database)) {
            Session.execute(connection, "analyze");
            connection.commit();
        }
    }
}
