package org.markwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.database.TestDatabase;
import org.markwatch.schema.OldDatabase;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine;

class BackupVerbIT {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void restoresIntoEmptyDatabaseWhatItBackedUp() {
        PGSimpleDataSource empty = TestDatabase.empty();

        assertThat(run(OldDatabase.filled(), "backup", file())).isEqualTo(ExitCode.COMPLETE);
        assertThat(out.toString()).startsWith(file() + " has ").contains("schema version 24, sha256 ");
        assertThat(run(empty, "restore", file())).isEqualTo(ExitCode.COMPLETE);
        assertThat(out.toString()).contains("Restored ").contains("the audit chain is intact");

        assertThat(JdbcClient.create(empty)
                        .sql("select count(*) from item")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void verifiesAndCountsInDryRunWithoutDatabase() {
        run(OldDatabase.filled(), "backup", file());

        assertThat(run(
                        "restore",
                        file(),
                        "--dry-run",
                        "--data",
                        folder.resolve("none").toString()))
                .isEqualTo(ExitCode.COMPLETE);

        assertThat(out.toString()).containsPattern("item +1 +\\d+").contains("is a complete backup of ");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void refusesToRestoreIntoUsedDatabase() {
        PGSimpleDataSource used = OldDatabase.filled();
        run(used, "backup", file());

        assertThat(run(used, "restore", file())).isEqualTo(ExitCode.BAD_INPUT);

        assertThat(err.toString())
                .startsWith("markwatch: the database is not empty (table ")
                .hasLineCount(1);
    }

    @Test
    void createsNoDatabaseForDamagedFile() throws Exception {
        Files.writeString(folder.resolve("a.backup"), "no backup");

        assertThat(run("restore", file(), "--data", folder.resolve("none").toString()))
                .isEqualTo(ExitCode.BAD_INPUT);

        assertThat(err.toString()).contains("a.backup is damaged or no backup");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void createsNoDatabaseToBackUp() {
        assertThat(run("backup", file(), "--data", folder.resolve("typo").toString()))
                .isEqualTo(ExitCode.BAD_INPUT);

        assertThat(err.toString()).contains("typo has no database").contains("--data");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "audit verify", "export items"})
    void createsNoTablesToReadFromThem(String verb) throws Exception {
        PGSimpleDataSource database = TestDatabase.empty();
        List<String> words = new ArrayList<>(List.of(verb.split(" ")));
        words.addAll(List.of("--config", "job-config/demo"));

        assertThat(run(database, words.toArray(String[]::new))).isEqualTo(ExitCode.BAD_INPUT);

        assertThat(err.toString()).contains("has no tables of markwatch").doesNotContain("user=");
        assertThat(JdbcClient.create(database)
                        .sql("select count(*) from pg_tables where schemaname = 'public'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private String file() {
        return folder.resolve("a.backup").toString();
    }

    private int run(PGSimpleDataSource database, String... args) {
        String url = database.getUrl() + (database.getUrl().contains("?") ? "&" : "?") + "user=" + database.getUser()
                + "&password=" + database.getPassword();
        return run(Stream.concat(Arrays.stream(args), Stream.of("--db", url)).toArray(String[]::new));
    }

    private int run(String... args) {
        CommandLine line =
                Markwatch.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return Markwatch.execute(line, args);
    }
}
