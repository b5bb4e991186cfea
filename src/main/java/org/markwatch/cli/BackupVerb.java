package org.markwatch.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.markwatch.backup.Backup;
import org.markwatch.backup.BackupException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "backup",
        description = {
            "Writes all rows of the database to a new file, in one snapshot. Reads no job-config and migrates nothing.",
            "The file has page text, password hashes and the audit, unencrypted; only this user may read it. It does"
                    + " not have the job-config and key files."
        },
        mixinStandardHelpOptions = true)
final class BackupVerb implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "File to write; must not exist.")
    private Path file = Path.of("markwatch.backup");

    @Mixin
    private final Options.Data data = new Options.Data();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        OutputFile.of("FILE", file);
        if (data.db == null) {
            MissingDatabase.check(data.folder);
        }
        Backup.Written written;
        try (OpenDatabase database = OpenDatabase.open(data);
                TransferProgress progress =
                        new TransferProgress(spec.commandLine().getErr(), Terminal.isErrorInteractive())) {
            written = new Backup(database.source(), Clock.systemUTC()).write(file, HoldVerb.actor(), progress);
        } catch (BackupException e) {
            throw new BadInputException(String.valueOf(e.getMessage()));
        }
        spec.commandLine()
                .getOut()
                .println(Terminal.sanitise(file + " has " + written.manifest().rows() + " rows of "
                        + written.manifest().parts().size() + " tables ("
                        + TransferProgress.megabytes(written.manifest().bytes()) + "), schema version "
                        + written.manifest().schema() + ", sha256 " + written.sha256()));
        return ExitCode.COMPLETE;
    }
}
