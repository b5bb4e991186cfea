package org.markwatch.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.markwatch.database.TestDatabase;
import org.markwatch.queue.Audit;
import org.markwatch.schema.OldDatabase;
import org.markwatch.schema.Schema;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class BackupIT {
    private static final PGSimpleDataSource FILLED = fill();
    private static final BytesListener NO_PROGRESS = (phase, table, bytes) -> {};

    private final Clock clock = Clock.fixed(Instant.parse("2026-03-03T00:00:00.5Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    @Test
    void restoresEveryRow() throws Exception {
        DataSource source = filled();
        Map<String, String> rows = rows(source);

        Manifest manifest = write(source, "a.backup").manifest();
        DataSource target = TestDatabase.empty();
        assertThat(restore("a.backup", target)).isEmpty();

        assertThat(manifest.rows()).isGreaterThan(30);
        assertThat(manifest.createdAt()).isEqualTo("2026-03-03T00:00:00Z");
        Map<String, String> restored = rows(target);
        restored.remove("audit");
        restored.remove("audit_head");
        rows.remove("audit");
        rows.remove("audit_head");
        assertThat(restored).isEqualTo(rows).containsKey("visit_2026_03");
    }

    @Test
    void continuesAuditChain() throws Exception {
        DataSource source = filled();
        write(source, "a.backup");
        DataSource target = TestDatabase.empty();
        restore("a.backup", target);

        Audit audit = new Audit(target, clock);
        assertThat(audit.verify()).isEmpty();
        assertThat(audit.entriesBefore(Long.MAX_VALUE, 10))
                .extracting(entry -> entry.action())
                .containsExactly("database.restore", "run.attest", "item.decide");
        assertThat(new Audit(source, clock).entriesOf("database", 1))
                .singleElement()
                .satisfies(entry -> assertThat(entry.action()).isEqualTo("database.backup"));
    }

    @Test
    void continuesSequences() throws Exception {
        write(filled(), "a.backup");
        DataSource target = TestDatabase.empty();
        restore("a.backup", target);

        assertThat(JdbcClient.create(target)
                        .sql(
                                "insert into run (started_at, status, ruleset_sha256) values (now(), 'failed', '') returning id")
                        .query(Long.class)
                        .single())
                .isEqualTo(3);
    }

    @Test
    void restoresForeignKeys() throws Exception {
        DataSource source = filled();
        write(source, "a.backup");
        DataSource target = TestDatabase.empty();
        restore("a.backup", target);

        assertThat(foreignKeys(target)).isEqualTo(foreignKeys(source)).contains("item_decision_id_fkey");
    }

    @Test
    void upgradesBackupOfOlderSchema() throws Exception {
        Manifest manifest = write(OldDatabase.filled(), "old.backup").manifest();
        DataSource target = TestDatabase.empty();

        assertThat(restore("old.backup", target)).isEmpty();

        assertThat(manifest.schema()).isEqualTo(OldDatabase.VERSION);
        Schema schema = new Schema(target);
        assertThat(schema.version()).isEqualTo(schema.latestVersion());
        assertThat(JdbcClient.create(target)
                        .sql("select count(*) from page")
                        .query(Integer.class)
                        .single())
                .isEqualTo(3);
    }

    @Test
    void readsOneSnapshotWhileOthersWrite() throws Exception {
        DataSource source = filled();
        JdbcClient other = JdbcClient.create(source);

        write(source, "a.backup", (phase, table, bytes) -> {
            if (table.equals("decision")) { // read before table item
                other.sql("update item set title = 'changed meanwhile'").update();
            }
        });
        DataSource target = TestDatabase.empty();
        restore("a.backup", target);

        assertThat(JdbcClient.create(target)
                        .sql("select title from item")
                        .query(String.class)
                        .single())
                .isEqualTo("Pay here now");
    }

    @Test
    void restoresWhateverTextAndBytesHold() throws Exception {
        DataSource source = filled();
        String text = "tab\t line\n return\r back\\slash \\N \\. {\"ü\":\"\uD83D\uDE00\"} 'quote'";
        JdbcClient.create(source)
                .sql("update item set title = ?, brands = ?")
                .params(text, new String[] {"a,b", "{c}", "\"d\"", ""})
                .update();
        JdbcClient.create(source)
                .sql("update page_text set seen = '\\x000a5c4e0d09'")
                .update();

        write(source, "a.backup");
        DataSource target = TestDatabase.empty();
        restore("a.backup", target);

        assertThat(JdbcClient.create(target)
                        .sql("select title from item")
                        .query(String.class)
                        .single())
                .isEqualTo(text);
        assertThat(rows(target).get("item")).isEqualTo(rows(source).get("item"));
        assertThat(rows(target).get("page_text")).isEqualTo(rows(source).get("page_text"));
    }

    @Test
    void refusesDatabaseThatIsNotEmpty() throws Exception {
        write(filled(), "a.backup");
        DataSource used = TestDatabase.fresh();
        JdbcClient.create(used)
                .sql(
                        "insert into account (name, roles, password, created_at) values ('eve', '{administrator}', '', now())")
                .update();

        assertThatThrownBy(() -> restore("a.backup", used))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("table account has rows")
                .hasMessageContaining("--data");
    }

    @Test
    void refusesDatabaseOfAnotherProgram() throws Exception {
        write(filled(), "a.backup");
        DataSource other = TestDatabase.empty();
        JdbcClient.create(other).sql("create table customer (id int)").update();

        assertThatThrownBy(() -> restore("a.backup", other))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("customer");
    }

    @Test
    void refusesToUpgradeUsedDatabaseOfOlderSchema() throws Exception {
        write(filled(), "a.backup");
        DataSource old = OldDatabase.filled();

        assertThatThrownBy(() -> restore("a.backup", old)).isInstanceOf(BackupException.class);

        assertThat(new Schema(old).version()).isEqualTo(OldDatabase.VERSION);
    }

    @Test
    void restoresIntoDatabaseWithTablesWithoutRows() throws Exception {
        DataSource source = filled();
        write(source, "a.backup");
        DataSource fresh = TestDatabase.fresh();

        assertThat(restore("a.backup", fresh)).isEmpty();

        assertThat(rows(fresh).get("sample_key")).isEqualTo(rows(source).get("sample_key"));
    }

    @Test
    void refusesBackupOfNewerSchema() throws Exception {
        write(filled(), "a.backup");
        rewrite("a.backup", Manifest.ENTRY, json -> json.replaceFirst("\"schema\" : \\d+", "\"schema\" : 999"));

        assertThatThrownBy(() -> restore("a.backup", TestDatabase.empty()))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("schema version 999")
                .hasMessageContaining("Update markwatch");
    }

    @Test
    void detectsChangedRow() throws Exception {
        write(filled(), "a.backup");
        rewrite("a.backup", "data/item", text -> text.replace("Pay here", "Pay hare"));

        assertThatThrownBy(() -> verify("a.backup"))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("table item")
                .hasMessageContaining("nothing was restored");

        DataSource target = TestDatabase.empty();
        assertThatThrownBy(() -> restore("a.backup", target)).isInstanceOf(BackupException.class);
        assertThat(JdbcClient.create(target)
                        .sql("select count(*) from run")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void detectsMissingAndAddedEntries() throws Exception {
        write(filled(), "a.backup");
        rewrite("a.backup", Manifest.ENTRY, json -> json.replace("\"item\"", "\"item2\""));
        assertThatThrownBy(() -> verify("a.backup")).hasMessageContaining("entries are not those of its manifest");
    }

    @Test
    void detectsFileThatEndsEarly() throws Exception {
        write(filled(), "a.backup");
        byte[] bytes = Files.readAllBytes(folder.resolve("a.backup"));
        for (int length : new int[] {0, 10, bytes.length / 2, bytes.length - 1}) {
            Files.write(folder.resolve("cut.backup"), Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> verify("cut.backup"))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("cut.backup is damaged or no backup");
        }
    }

    @Test
    void leavesNoFileIfItEndsEarly() {
        DataSource source = filled();

        assertThatThrownBy(() -> write(source, "a.backup", (phase, table, bytes) -> {
                    if (table.equals("item")) {
                        throw new IllegalStateException("stopped");
                    }
                }))
                .hasMessage("stopped");

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void leavesNoRowIfRestoreEndsEarlyAndCanBeRepeated() throws Exception {
        write(filled(), "a.backup");
        DataSource target = TestDatabase.empty();
        assertThatThrownBy(() -> restore("a.backup", target, (phase, table, bytes) -> {
                    if (phase.equals("checking")) {
                        throw new IllegalStateException("stopped");
                    }
                }))
                .hasMessage("stopped");
        assertThat(JdbcClient.create(target)
                        .sql("select count(*) from item")
                        .query(Integer.class)
                        .single())
                .isZero();

        assertThat(restore("a.backup", target)).isEmpty();
    }

    @Test
    void reportsBrokenAuditChain() throws Exception {
        DataSource source = filled();
        JdbcClient.create(source).sql("update audit_head set seq = seq + 1").update();
        write(source, "a.backup");

        assertThat(restore("a.backup", TestDatabase.empty()))
                .hasValueSatisfying(broken -> assertThat(broken.why()).contains("the chain ends before entry 3"));
    }

    @Test
    void keepsExistingFile() throws Exception {
        Files.writeString(folder.resolve("a.backup"), "precious");

        assertThatThrownBy(() -> write(filled(), "a.backup"))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("already exists");

        assertThat(folder.resolve("a.backup")).hasContent("precious");
    }

    @Test
    void replacesPartOfKilledBackup() throws Exception {
        Files.writeString(folder.resolve("a.backup.part"), "x".repeat(1 << 20));

        write(filled(), "a.backup");

        verify("a.backup");
        assertThat(folder.resolve("a.backup.part")).doesNotExist();
    }

    @Test
    void writesFileForItsOwnerWithTheHashThatItReports() throws Exception {
        Backup.Written written = write(filled(), "a.backup");
        Path file = folder.resolve("a.backup");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(written.sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file))));
    }

    @Test
    void refusesDatabaseWithoutTables() {
        assertThatThrownBy(() -> write(TestDatabase.empty(), "a.backup"))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("nothing to back up");
        assertThat(folder).isEmptyDirectory();
    }

    /** Returns a database of the latest schema with rows in most tables, and with partitions. */
    private static DataSource filled() {
        return TestDatabase.copyOf(FILLED);
    }

    private static PGSimpleDataSource fill() {
        PGSimpleDataSource database = OldDatabase.filled();
        new Schema(database).migrate();
        JdbcClient.create(database).sql("""
                        create table visit_2026_03 partition of visit for values from ('2026-03-01Z') to ('2026-04-01Z');
                        create table visit_2026_04 partition of visit for values from ('2026-04-01Z') to ('2026-05-01Z');
                        insert into visit (page_id, run_id, to_run, replaced_at, disposition, status, bytes, truncated, fetched_at)
                        select id, 1, 2, '2026-03-31 23:59:59.999999Z', 'fetched', 200, 1, false, '2026-03-01Z' from page""").update();
        return database;
    }

    private Backup.Written write(DataSource source, String name) throws IOException, SQLException {
        return write(source, name, NO_PROGRESS);
    }

    private Backup.Written write(DataSource source, String name, BytesListener progress)
            throws IOException, SQLException {
        return new Backup(source, clock).write(folder.resolve(name), "ann", progress);
    }

    private void verify(String name) throws IOException {
        try (BackupFile backup = BackupFile.open(folder.resolve(name))) {
            backup.verify(NO_PROGRESS);
        }
    }

    private Optional<Audit.BrokenLink> restore(String name, DataSource target) throws IOException, SQLException {
        return restore(name, target, NO_PROGRESS);
    }

    private Optional<Audit.BrokenLink> restore(String name, DataSource target, BytesListener progress)
            throws IOException, SQLException {
        try (BackupFile backup = BackupFile.open(folder.resolve(name))) {
            return new Restore(target, clock).restore(backup, "ann", progress);
        }
    }

    /** Changes the text of an entry. */
    private void rewrite(String name, String entry, UnaryOperator<String> change) throws IOException {
        Path file = folder.resolve(name);
        Path changed = folder.resolve("changed");
        try (ZipFile from = new ZipFile(file.toFile());
                OutputStream out = Files.newOutputStream(changed);
                ZipOutputStream to = new ZipOutputStream(out)) {
            for (ZipEntry each : Collections.list(from.entries())) {
                try (InputStream in = from.getInputStream(each)) {
                    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    String result = each.getName().equals(entry) ? change.apply(text) : text;
                    to.putNextEntry(new ZipEntry(each.getName()));
                    to.write(result.getBytes(StandardCharsets.UTF_8));
                    to.closeEntry();
                }
            }
        }
        Files.move(changed, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Returns the rows of each table as text, in an order of their own. */
    private static Map<String, String> rows(DataSource database) {
        JdbcClient jdbc = JdbcClient.create(database);
        Map<String, String> rows = new TreeMap<>();
        for (String table : jdbc.sql("select relname from pg_class where relnamespace = 'public'::regnamespace"
                        + " and relkind = 'r' and relname not like 'flyway%'")
                .query(String.class)
                .list()) {
            rows.put(
                    table,
                    jdbc.sql("select coalesce(string_agg(t::text, chr(10) order by t::text), '') from " + table + " t")
                            .query(String.class)
                            .single());
        }
        return rows;
    }

    private static String foreignKeys(DataSource database) {
        return JdbcClient.create(database)
                .sql(
                        "select string_agg(conrelid::regclass || conname || pg_get_constraintdef(oid), chr(10) order by conname,"
                                + " conrelid::regclass::text) from pg_constraint where contype = 'f'")
                .query(String.class)
                .single();
    }
}
