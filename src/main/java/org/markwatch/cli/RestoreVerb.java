package org.markwatch.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.markwatch.backup.BackupException;
import org.markwatch.backup.BackupFile;
import org.markwatch.backup.Manifest;
import org.markwatch.backup.Restore;
import org.markwatch.queue.Audit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "restore",
        description = {
            "Restores a backup into an empty database, migrates it to the schema of this markwatch and verifies its"
                    + " audit chain.",
            "The file is verified first; a damaged one changes nothing. A restore that was killed can be repeated."
        },
        mixinStandardHelpOptions = true)
final class RestoreVerb implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "Output of 'markwatch backup'.")
    private Path file = Path.of("markwatch.backup");

    @Mixin
    private final Options.Data data = new Options.Data();

    @Option(names = "--dry-run", description = "Verifies the file and counts its rows; opens no database.")
    private boolean dryRun;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        try (BackupFile backup = BackupFile.open(file);
                TransferProgress progress =
                        new TransferProgress(spec.commandLine().getErr(), Terminal.isErrorInteractive())) {
            backup.verify(progress);
            if (dryRun) {
                spec.commandLine().getOut().print(Terminal.sanitise(summary(backup.manifest())));
                spec.commandLine().getOut().flush();
                return ExitCode.COMPLETE;
            }
            return restore(backup, progress);
        } catch (BackupException e) {
            throw new BadInputException(String.valueOf(e.getMessage()));
        }
    }

    private int restore(BackupFile backup, TransferProgress progress) throws Exception {
        Optional<Audit.BrokenLink> broken;
        try (OpenDatabase database = OpenDatabase.open(data)) {
            broken = new Restore(database.source(), Clock.systemUTC()).restore(backup, HoldVerb.actor(), progress);
        }
        Manifest manifest = backup.manifest();
        String restored = "Restored " + manifest.rows() + " rows of "
                + manifest.parts().size() + " tables, as of " + manifest.createdAt();
        if (broken.isPresent()) {
            spec.commandLine()
                    .getErr()
                    .println(Terminal.sanitise(
                            "markwatch: " + restored + ", but the audit chain of the backup is broken" + " at entry "
                                    + broken.get().seq() + ": " + broken.get().why()));
            return ExitCode.FAILED;
        }
        spec.commandLine().getOut().println(Terminal.sanitise(restored + "; the audit chain is intact"));
        return ExitCode.COMPLETE;
    }

    /** Returns a table of the rows of each table that has any, and a line with the whole. */
    private String summary(Manifest manifest) {
        TextTable table = new TextTable("TABLE", "ROWS", "BYTES");
        manifest.parts().stream()
                .filter(part -> part.rows() > 0)
                .forEach(part -> table.row(part.table(), Long.toString(part.rows()), Long.toString(part.bytes())));
        return table + System.lineSeparator() + file + " is a complete backup of " + manifest.createdAt() + ": "
                + manifest.rows() + " rows of " + manifest.parts().size() + " tables, schema version "
                + manifest.schema() + ", from PostgreSQL " + manifest.server() + System.lineSeparator();
    }
}
