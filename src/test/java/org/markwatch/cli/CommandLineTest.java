package org.markwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.queue.AuditEntry;
import picocli.CommandLine;

/** Invalid input is reported in one line with exit code 2, before the verb starts. */
class CommandLineTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        return Markwatch.execute(line(new PrintWriter(out)), words);
    }

    private CommandLine line(PrintWriter standard) {
        return Markwatch.commandLine().setOut(standard).setErr(new PrintWriter(err, true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    serv               | 'serv'; did you mean serve?; see markwatch --help
                    run --nope         | Unknown option: '--nope'; see markwatch run --help
                    run --config       | Missing required parameter for option '--config' (DIR); see markwatch run --help
                    export             | Missing required parameter: 'WHAT'; see markwatch export --help
                    export everything  | expected one of [pages, matches, indicators, items, queue, held-back, decisions, attestation]
                    status --watch 0   | --watch 0; must be 1 to 3600 seconds
                    user add ann --role king | role=king; must be one of viewer, reviewer, child-safety-reviewer, supervisor, brand-editor, operator, administrator
                    """)
    void reportsInvalidArgumentsInOneLine(String words, String expected) {
        assertThat(run(words.split(" "))).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).startsWith("markwatch: ").contains(expected).hasLineCount(1);
    }

    @Test
    void statusIsPrintedAgainUntilItIsStopped() throws Exception {
        CountDownLatch stop = new CountDownLatch(1);
        List<Integer> printed = new ArrayList<>();

        StatusVerb.watch(Duration.ofMillis(1), stop, () -> {
            printed.add(printed.size());
            if (printed.size() == 3) {
                stop.countDown();
            }
        });

        assertThat(printed).containsExactly(0, 1, 2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    logstash | "level":"ERROR"
                    ecs      | "message":"markwatch: --data
                    xml      | markwatch: MARKWATCH_LOG=xml; must be text, ecs, logstash, gelf
                    """)
    void standardErrorHasTheFormOfTheLogFromTheStart(String form, String expected) throws Exception {
        ProcessBuilder worker = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Markwatch.class.getName(),
                "worker",
                "--data",
                folder.resolve("none").toString());
        worker.environment().put("MARKWATCH_LOG", form);
        Path errors = folder.resolve("errors");
        Process process = worker.redirectError(errors.toFile()).start();

        assertThat(process.waitFor()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(Files.readAllLines(errors)).singleElement().asString().contains(expected);
    }

    @Test
    void checkNamesFileAndLineOfWrongExampleAndNotesExpiredGrant() throws IOException {
        Files.createDirectories(folder.resolve("indicators"));
        Files.createDirectories(folder.resolve("brands"));
        Files.writeString(folder.resolve("markwatch.yaml"), "crawl: {contact: x@bank.example}\n");
        Files.copy(Path.of("job-config", "policies.yaml"), folder.resolve("policies.yaml"));
        Files.writeString(folder.resolve("seeds.csv"), "url\nhttps://shop.example/\n");
        Files.writeString(folder.resolve("brands/acme.yaml"), "id: acme\nname: Acme\nofficial_hosts: [acme.example]\n");
        Files.writeString(
                folder.resolve("brands/merchants.csv"),
                "brand,host,owner,until\nacme,partner.example,brand desk,2020-01-31\n");
        Path rules = folder.resolve("indicators/own.csv");
        String head = "id,type,pattern,group,weight,scope,source,match\n";
        Files.writeString(rules, head + "own.rule,phrase,buy lamps,checkout,1,text,own,buy a lamp\n");

        assertThat(run("check", "--config", folder.toString())).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString())
                .contains("own.csv: line 2, own.rule.match[0]=buy a lamp; the pattern does not find this example");

        Files.writeString(rules, head + "own.rule,phrase,buy lamps,checkout,1,text,own,buy lamps\n");
        assertThat(run("check", "--config", folder.toString())).isEqualTo(ExitCode.COMPLETE);
        assertThat(out.toString()).contains("note: the grant of acme to partner.example ended on 2020-01-31");
    }

    @Test
    void checkNamesRuleThatSlowsMatchingDown() throws IOException {
        Files.createDirectories(folder.resolve("indicators"));
        Files.writeString(folder.resolve("markwatch.yaml"), "crawl: {contact: x@bank.example}\n");
        Files.copy(Path.of("job-config", "policies.yaml"), folder.resolve("policies.yaml"));
        Files.createDirectories(folder.resolve("brands"));
        Files.copy(Path.of("job-config", "brands", "visa.yaml"), folder.resolve("brands/visa.yaml"));
        Files.writeString(folder.resolve("seeds.csv"), "url\nhttps://shop.example/\n");
        Files.writeString(
                folder.resolve("indicators/own.csv"),
                "id,type,pattern,group,weight,scope,source\nown.number,regex,[0-9]{3},checkout,1,text,own\n");

        run("check", "--config", folder.toString());

        assertThat(err.toString()).isEmpty();
        assertThat(out.toString()).contains("note: own.number@1 is looked for at every position of every page");
    }

    @ParameterizedTest
    @CsvSource({"0 0 1 ? * XYZ, Invalid Day-of-Week value", "0 0 1 ? * MON#9, A numeric value between 1 and 5"})
    void checkNamesAnExpressionThatTheSchedulerDoesNotAccept(String cron, String why) throws IOException {
        Files.writeString(
                folder.resolve("markwatch.yaml"),
                "demo: true\nrules-from: " + Path.of("job-config").toAbsolutePath() + "\nschedule: {cron: '" + cron
                        + "'}\n");
        Files.writeString(folder.resolve("seeds.csv"), "url\nhttps://shop.example/\n");

        assertThat(run("check", "--config", folder.toString())).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("markwatch.yaml: schedule.cron=" + cron, "that Quartz accepts: " + why);
    }

    @Test
    void verifiesAttestationWithoutDatabaseAndNamesTheChangedLine() throws IOException {
        AuditEntry entry = attestation("{\"pictureBytesAccepted\":0}");
        Path file = folder.resolve("attestation.tsv");
        String valid = exported(entry, "pictureBytesAccepted\t\t0");
        Files.writeString(file, valid);

        assertThat(run("verify", file.toString())).isEqualTo(ExitCode.COMPLETE);
        assertThat(out.toString())
                .contains("is valid: attestation of run:7", entry.sha256())
                .hasLineCount(1);

        Files.writeString(file, valid.replace("pictureBytesAccepted\t\t0", "pictureBytesAccepted\t\t9"));
        assertThat(run("verify", file.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .startsWith(file + ":10: pictureBytesAccepted = 9 was not attested")
                .hasLineCount(1);
    }

    /** A changed attestation can be hashed again; only the hash that was recorded elsewhere shows the change. */
    @Test
    void detectsRehashedAttestationByTheExpectedHash() throws IOException {
        AuditEntry noted = attestation("{\"pictureBytesAccepted\":9}");
        AuditEntry forged = attestation("{\"pictureBytesAccepted\":0}");
        Path file = folder.resolve("attestation.tsv");
        Files.writeString(file, exported(forged, "pictureBytesAccepted\t\t0"));

        assertThat(run("verify", file.toString())).isEqualTo(ExitCode.COMPLETE);
        assertThat(run("verify", file.toString(), "--sha256", forged.sha256())).isEqualTo(ExitCode.COMPLETE);
        assertThat(out.toString()).contains("the hash is the expected one");
        assertThat(run("verify", file.toString(), "--sha256", noted.sha256())).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .contains(":8: the entry has the hash " + forged.sha256() + ", not the expected " + noted.sha256());
        assertThat(run("verify", file.toString(), "--sha256", "12ab")).isEqualTo(ExitCode.BAD_INPUT);
    }

    private static AuditEntry attestation(String details) {
        return AuditEntry.after(
                "0".repeat(64), 1, Instant.parse("2026-03-01T01:00:01Z"), "system", "run.attest", "run:7", details);
    }

    private static String exported(AuditEntry entry, String fact) {
        return "about\tname\tvalue\naudit\tseq\t1\naudit\tat\t2026-03-01T01:00:01Z\naudit\tactor\tsystem\n"
                + "audit\taction\trun.attest\naudit\tsubject\trun:7\naudit\tprevious\t" + entry.previous()
                + "\naudit\tsha256\t" + entry.sha256() + "\naudit\tdetails\t" + entry.details() + "\n" + fact + "\n";
    }

    @Test
    void refusesToVerifyFileThatIsNoExport() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "notes\n");

        assertThat(run("verify", file.toString())).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run("verify", folder.toString())).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString())
                .contains("the first line is neither", "is not a file; must be the output")
                .hasLineCount(2);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:mysql://host/base?password=secret, jdbc:mysql://host/base",
        "postgresql://ann:secret@host/base, postgresql://host/base",
        "jdbc:postgresql://host:99999/base?password=secret, jdbc:postgresql://host:99999/base"
    })
    void refusesInvalidPostgresqlUrlWithoutPrintingThePassword(String url, String named) {
        assertThat(run("status", "--config", "job-config/demo", "--db", url)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString())
                .startsWith("markwatch: --db " + named + " is not a PostgreSQL JDBC URL")
                .doesNotContain("secret")
                .hasLineCount(1);
    }

    @Test
    void reportsUnavailableDatabase() {
        int code = run("status", "--config", "job-config/demo", "--db", "jdbc:postgresql://127.0.0.1:1/markwatch");

        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .startsWith("markwatch: the database cannot be reached (jdbc:postgresql://127.0.0.1:1/markwatch: ")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "export pages",
                "rescan",
                "rescan --dry-run",
                "purge",
                "purge --dry-run",
                "hold list",
                "audit verify",
                "user list",
                "user lock ann"
            })
    void createsNoDatabaseToReadFromIt(String verb) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("notes.txt"), "");
        List<String> words = new ArrayList<>(List.of(verb.split(" ")));
        words.addAll(List.of("--config", "job-config/demo", "--data", data.toString()));

        assertThat(run(words.toArray(String[]::new))).isEqualTo(ExitCode.BAD_INPUT);

        assertThat(err.toString())
                .startsWith("markwatch: --data " + data + " has no database: the folder contains notes.txt; give ")
                .hasLineCount(1);
        try (Stream<Path> left = Files.list(data)) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void sanitisesControlCharactersOfConfiguration() throws IOException {
        Files.writeString(folder.resolve("markwatch.yaml"), "demo: true\nrules-from: ../none\n");
        Files.writeString(folder.resolve("seeds.csv"), "url\nhttp:/\u001b[31mshop.example/\u202e\n");

        assertThat(run("check", "--config", folder.toString())).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("line 2, column url=http:/").doesNotContain("\u001b", "\u202e");
    }

    @Test
    void checksSummaryFileBeforeTheRun() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        for (Path wrong : new Path[] {folder, folder.resolve("none/summary.json"), file.resolve("summary.json")}) {
            assertThat(run("run", "--config", "job-config/demo", "--json", wrong.toString()))
                    .isEqualTo(ExitCode.BAD_INPUT);
        }
        assertThat(err.toString())
                .contains("is a folder", "folder " + folder.resolve("none") + " does not exist")
                .hasLineCount(3);
    }

    @Test
    void failsWhenStandardOutputCannotBeWritten() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };

        int code = Markwatch.execute(line(new PrintWriter(full)), "check", "--config", "job-config/demo");

        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .startsWith("markwatch: standard output was closed")
                .hasLineCount(1);
    }
}
