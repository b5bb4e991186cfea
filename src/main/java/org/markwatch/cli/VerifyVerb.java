package org.markwatch.cli;

import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Audit;
import org.markwatch.queue.AuditEntry;
import org.markwatch.report.AttestationFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description = {
            "Checks an exported attestation: that each line says what the run attested to, and that this is what was hashed.",
            "Without --data and --db by the file alone; with one of them also against the audit of that database, from its"
                    + " first entry on.",
            "Anybody can hash: to somebody without the database, --sha256 is the proof, with the hash that 'run' prints at its"
                    + " end and that was noted where the machine that ran cannot write."
        },
        mixinStandardHelpOptions = true)
final class VerifyVerb implements Callable<Integer> {
    private static final long MAX_BYTES = 16L << 20;

    @Mixin
    private final Options.Config config = new Options.Config();

    @Mixin
    private final Options.Data data = new Options.Data();

    @Parameters(paramLabel = "FILE", description = "What 'export attestation' wrote, in any of its formats.")
    private Path file = Path.of("attestation.tsv");

    @Option(
            names = "--sha256",
            paramLabel = "HASH",
            description = "The hash of the attestation as it was noted: 64 hexadecimal digits.")
    private @Nullable String recordedSha256;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (recordedSha256 != null && !recordedSha256.matches("[0-9a-fA-F]{64}")) {
            throw new BadInputException(
                    "--sha256 " + recordedSha256 + " is no SHA-256; give the 64 hexadecimal digits that 'run' printed");
        }
        AttestationFile attestation = read();
        if (recordedSha256 != null) {
            attestation.compare(recordedSha256);
        }
        boolean compare = spec.commandLine().getParseResult().hasMatchedOption("--data")
                || spec.commandLine().getParseResult().hasMatchedOption("--db");
        if (compare) {
            try (Application application = Application.batch(data, CheckVerb.read(config))) {
                attestation.compare(application.bean(Audit.class));
            }
        }
        if (!attestation.discrepancies().isEmpty()) {
            PrintWriter err = spec.commandLine().getErr();
            attestation
                    .discrepancies()
                    .forEach(fault -> err.println(Terminal.sanitise(
                            (fault.line() == 0 ? file.toString() : file + ":" + fault.line()) + ": " + fault.why())));
            return ExitCode.FAILED;
        }
        AuditEntry entry = attestation.entry().orElseThrow();
        spec.commandLine()
                .getOut()
                .println(
                        Terminal.sanitise(
                                file + " is whole: attestation of " + entry.subject() + " at " + entry.at()
                                        + ", audit entry " + entry.seq() + ", sha256 " + entry.sha256()
                                        + (recordedSha256 == null ? "" : "; the hash is the noted one")
                                        + (compare ? "; it is the database's, whose audit is unbroken" : "")
                                        + (compare || recordedSha256 != null
                                                ? ""
                                                : "; compare the hash with the one that was noted, or give it as --sha256, or --data or --db")));
        return ExitCode.COMPLETE;
    }

    private AttestationFile read() throws Exception {
        if (!Files.isRegularFile(file)) {
            throw new BadInputException(
                    file + " is no file; give what 'markwatch export attestation --out FILE' wrote");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new BadInputException(file + " has " + Files.size(file) + " bytes, more than any attestation");
        }
        try {
            return AttestationFile.of(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new BadInputException(file + ": " + e.getMessage());
        } catch (CharacterCodingException e) {
            throw new BadInputException(file + " is not UTF-8, so it is no export");
        }
    }
}
