package org.markwatch.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.markwatch.queue.Audit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "audit",
        description = "Verifies the audit of a database.",
        mixinStandardHelpOptions = true,
        subcommands = AuditVerb.VerifyChain.class)
final class AuditVerb {
    @Command(
            name = "verify",
            description = {
                "Reads every entry of the audit and names the first one that was changed, removed or re-ordered.",
                "A table that somebody rewrote as a whole is consistent again. To detect that, compare it with the"
                        + " hash of an attestation that was recorded elsewhere: 'verify FILE --sha256 HASH'."
            },
            mixinStandardHelpOptions = true)
    static final class VerifyChain implements Callable<Integer> {
        @Mixin
        private final Options.Config config = new Options.Config();

        @Mixin
        private final Options.Data data = new Options.Data();

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public Integer call() throws Exception {
            try (Application application = Application.existing(data, CheckVerb.read(config))) {
                Optional<Audit.BrokenLink> broken =
                        application.bean(Audit.class).verify();
                if (broken.isPresent()) {
                    spec.commandLine()
                            .getErr()
                            .println(Terminal.sanitise("markwatch: the audit is broken at entry "
                                    + broken.get().seq() + ": " + broken.get().why()
                                    + "; leave the database as it is and inform its administrator"));
                    return ExitCode.FAILED;
                }
                spec.commandLine()
                        .getOut()
                        .println("The audit is intact from its first entry, or the seal of a purge, to the last.");
                return ExitCode.COMPLETE;
            }
        }
    }
}
