package org.markwatch.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.markwatch.queue.Audit;
import org.markwatch.schema.Schema;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Writes backups of a database: a zip file with an entry for each table, as PostgreSQL's COPY writes text, and the
 * {@link Manifest} as the last entry.
 *
 * <p>All tables are read in one snapshot, so a backup is consistent while other processes write. A backup during a run
 * restores as a run that was killed at that moment. Rows are streamed; memory does not grow with the database. The audit
 * records each backup after its file is complete.
 */
public final class Backup {
    private static final String ACTION = "database.backup";

    private final DataSource database;
    private final Clock clock;

    /** Backs up this database. */
    public Backup(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * A file that has been written.
     *
     * @param manifest what it holds
     * @param sha256   SHA-256 of the file, hexadecimal, as {@code sha256sum} prints it
     */
    public record Written(Manifest manifest, String sha256) {}

    /**
     * Writes a backup to a new file, which only its owner may read. If that fails or the process is killed, there is no
     * file of that name.
     *
     * @param actor who takes the backup, for the audit
     * @throws BackupException     if the file exists, or the database has no schema
     * @throws FileSystemException if the file cannot be written
     * @throws SQLException        if the database fails
     */
    public Written write(Path file, String actor, BytesListener progress) throws IOException, SQLException {
        int schema = new Schema(database).version();
        if (schema == 0) {
            throw new BackupException("the database has no tables of markwatch; there is nothing to back up");
        }
        Manifest manifest;
        String sha256;
        try (NewFile output = NewFile.create(file)) {
            DigestOutputStream digest = new DigestOutputStream(output.stream(), PartDigest.sha256());
            ZipOutputStream zip = new ZipOutputStream(digest);
            zip.setLevel(Deflater.BEST_SPEED);
            manifest = write(zip, schema, progress);
            zip.finish();
            zip.flush();
            sha256 = HexFormat.of().formatHex(digest.getMessageDigest().digest());
            output.complete();
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw (FileSystemException) new FileSystemException(file.toString(), null, e.getMessage()).initCause(e);
        }
        new Audit(database, clock)
                .append(actor, ACTION, "database", Map.of("schema", schema, "rows", manifest.rows(), "sha256", sha256));
        return new Written(manifest, sha256);
    }

    private Manifest write(ZipOutputStream zip, int schema, BytesListener progress) throws IOException, SQLException {
        try (Connection connection = Session.begin(database)) {
            Session.execute(connection, "set transaction isolation level repeatable read");
            Catalog catalog = new Catalog(connection);
            SequencedMap<String, List<String>> tables = catalog.tables();
            // keeps a purge from dropping a partition before it has been read
            Session.execute(
                    connection,
                    "lock table "
                            + tables.keySet().stream().map(Catalog::quote).collect(Collectors.joining(", "))
                            + " in access share mode");
            List<Manifest.TableRows> parts = new ArrayList<>();
            long bytes = 0;
            for (Map.Entry<String, List<String>> table : tables.entrySet()) {
                Manifest.TableRows part = write(zip, connection, table.getKey(), table.getValue(), bytes, progress);
                parts.add(part);
                bytes += part.bytes();
            }
            // sequences have no snapshot: read last, they are ahead of all rows
            Manifest manifest = new Manifest(
                    Manifest.FORMAT,
                    clock.instant().truncatedTo(ChronoUnit.SECONDS),
                    schema,
                    connection.getMetaData().getDatabaseProductVersion(),
                    catalog.partitions(),
                    parts,
                    catalog.sequences());
            zip.putNextEntry(new ZipEntry(Manifest.ENTRY));
            zip.write(manifest.toJson());
            zip.closeEntry();
            return manifest;
        }
    }

    private static Manifest.TableRows write(
            ZipOutputStream zip,
            Connection connection,
            String table,
            List<String> columns,
            long bytesBefore,
            BytesListener progress)
            throws IOException, SQLException {
        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        PartDigest digest = new PartDigest("writing", table, bytesBefore, progress);
        Manifest.TableRows name = new Manifest.TableRows(table, columns, 0, 0, "");
        zip.putNextEntry(new ZipEntry(name.entry()));
        long rows =
                copies.copyOut("copy " + Catalog.quote(table) + columnList(columns) + " to stdout", new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        write(new byte[] {(byte) b}, 0, 1);
                    }

                    @Override
                    public void write(byte[] buffer, int from, int length) throws IOException {
                        digest.update(buffer, from, length);
                        zip.write(buffer, from, length);
                    }
                });
        zip.closeEntry();
        if (rows != digest.rows()) {
            throw new IllegalStateException(
                    "table " + table + " has " + rows + " rows, but " + digest.rows() + " were written");
        }
        return new Manifest.TableRows(table, columns, rows, digest.bytes(), digest.sha256Hex());
    }

    /** Returns columns in parentheses. */
    static String columnList(List<String> columns) {
        return columns.stream().map(Catalog::quote).collect(Collectors.joining(", ", " (", ")"));
    }
}
