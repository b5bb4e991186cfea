package org.markwatch.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code markwatch VERB}: the program's entry. */
@Command(
        name = "markwatch",
        description = {
            "Crawls configured seed sites, text only, for misuse of payment marks, and queues hits for human review.",
            "It never fetches a picture and never decides: people do.",
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
            ExplainVerb.class,
            EvaluateVerb.class,
            ExportVerb.class,
            VerifyVerb.class,
            HashListVerb.class,
            LexiconVerb.class,
            StatusVerb.class,
            UserVerb.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 complete, 1 failed, 2 bad input, 3 stopped before the end (serve and demo: 0 once they serve)."
        })
public final class Markwatch {
    static final String OUTPUT_FAILED = "standard output was closed, or its disk is full, before all was written";

    private Markwatch() {}

    /** Runs a verb and exits with its code. */
    public static void main(String[] args) {
        ShutdownHandler.install();
        int code = run(args);
        ShutdownHandler.verbEnded(code);
        System.exit(code);
    }

    /** Runs a verb and returns its exit code. */
    static int run(String... args) {
        return execute(commandLine(), args);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Markwatch())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(ErrorReporter::reportUsageError)
                .setExecutionExceptionHandler(new ErrorReporter());
    }

    /** What could not be said was not done: a closed or full standard output is a failure too. */
    static int execute(CommandLine line, String... args) {
        int code = line.execute(args);
        boolean unsaid = line.getOut().checkError() | System.out.checkError();
        if (unsaid && code == ExitCode.COMPLETE) {
            line.getErr().println("markwatch: " + OUTPUT_FAILED);
            return ExitCode.FAILED;
        }
        return code;
    }
}
