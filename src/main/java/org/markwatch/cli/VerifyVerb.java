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
            "Checks an exported attestation: every line must match the attested values, and their hash that of"
                    + " the audit entry.",
            "With --data or --db, the whole audit chain of that database is checked too, and that it contains"
                    + " the entry.",
            "The file alone is no proof, since a changed file can be hashed again. Without the database, compare"
                    + " it with --sha256: the hash that 'run' prints at its end, recorded where the crawling machine"
                    + " cannot write."
        },
        mixinStandardHelpOptions = true)
final class VerifyVerb implements Callable<Integer> {
    private static final long MAX_BYTES = 16L << 20;

    @Mixin
    private final Options.Config config = new Options.Config();

    @Mixin
    private final Options.Data data = new Options.Data();

    @Parameters(paramLabel = "FILE", description = "Output of 'export attestation', in any format.")
    private Path file = Path.of("attestation.tsv");

    @Option(
            names = "--sha256",
            paramLabel = "HASH",
            description = "Expected hash of the attestation: 64 hexadecimal digits.")
    private @Nullable String expectedSha256;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (expectedSha256 != null && !expectedSha256.matches("[0-9a-fA-F]{64}")) {
            throw new BadInputException("--sha256 " + expectedSha256
                    + " is not a SHA-256 hash; must be the 64 hexadecimal digits that 'run' printed");
        }
        AttestationFile attestation = read();
        if (expectedSha256 != null) {
            attestation.compare(expectedSha256);
        }
        boolean compare = spec.commandLine().getParseResult().hasMatchedOption("--data")
                || spec.commandLine().getParseResult().hasMatchedOption("--db");
        if (compare) {
            try (Application application = Application.existing(data, CheckVerb.read(config))) {
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
                .println(Terminal.sanitise(file + " is valid: attestation of " + entry.subject() + " at " + entry.at()
                        + ", audit entry " + entry.seq() + ", sha256 " + entry.sha256()
                        + (expectedSha256 == null ? "" : "; the hash is the expected one")
                        + (compare ? "; the database contains the entry and its audit chain is intact" : "")
                        + (compare || expectedSha256 != null
                                ? ""
                                : "; to prove it, give the hash that 'run' printed as --sha256,"
                                        + " or use --data or --db")));
        return ExitCode.COMPLETE;
    }

    private AttestationFile read() throws Exception {
        if (!Files.isRegularFile(file)) {
            throw new BadInputException(
                    file + " is not a file; must be the output of 'markwatch export attestation --out FILE'");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new BadInputException(
                    file + " has " + Files.size(file) + " bytes; an attestation has at most " + MAX_BYTES);
        }
        try {
            return AttestationFile.of(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new BadInputException(file + ": " + e.getMessage());
        } catch (CharacterCodingException e) {
            throw new BadInputException(file + " is not UTF-8; must be the output of 'markwatch export attestation'");
        }
    }
}
