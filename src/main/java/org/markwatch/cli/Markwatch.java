package org.markwatch.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command {@code markwatch VERB}: parses the command line and executes the verb. */
@Command(
        name = "markwatch",
        description = {
            "Crawls configured seed sites, text only, for misuse of payment marks, and queues findings for human review.",
            "It never fetches a picture. People decide about every finding.",
            ""
        },
        synopsisSubcommandLabel = "VERB",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        subcommands = {
            DemoVerb.class,
            CheckVerb.class,
            RunVerb.class,
            RescanVerb.class,
            ServeVerb.class,
            WorkerVerb.class,
            ExplainVerb.class,
            EvaluateVerb.class,
            ExportVerb.class,
            VerifyVerb.class,
            AuditVerb.class,
            HashListVerb.class,
            LexiconVerb.class,
            StatusVerb.class,
            PurgeVerb.class,
            HoldVerb.class,
            MigrateVerb.class,
            BackupVerb.class,
            RestoreVerb.class,
            UserVerb.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 complete, 1 failed, 2 bad input, 3 stopped before the end, 4 a run that read no page"
                    + " (serve and demo: 0 if stopped while the console is served; worker: 0 if stopped)."
        })
public final class Markwatch {
    static final String OUTPUT_FAILED = "standard output was closed or its disk is full; the output is incomplete";

    private Markwatch() {}

    /** Executes a verb and ends the process with its exit code. */
    public static void main(String[] args) {
        ShutdownHandler.install();
        int code = run(args);
        ShutdownHandler.verbEnded(code);
        System.exit(code);
    }

    /** Executes a verb and returns its exit code, see {@link ExitCode}. */
    static int run(String... args) {
        CommandLine line = commandLine();
        try {
            LogForm.configure(System.getenv());
        } catch (BadInputException e) {
            line.getErr().println("markwatch: " + e.getMessage());
            return ExitCode.BAD_INPUT;
        }
        if (LogForm.isStructured(System.getenv())) {
            line.setErr(LogForm.lines());
        }
        return execute(line, args);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Markwatch())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(ErrorReporter::reportUsageError)
                .setExecutionExceptionHandler(new ErrorReporter());
    }

    /** Executes a verb and returns its exit code; output that cannot be written makes a complete verb a failed one. */
    static int execute(CommandLine line, String... args) {
        int code = line.execute(args);
        boolean outputFailed = line.getOut().checkError() | System.out.checkError();
        if (outputFailed && code == ExitCode.COMPLETE) {
            line.getErr().println("markwatch: " + OUTPUT_FAILED);
            return ExitCode.FAILED;
        }
        return code;
    }
}
