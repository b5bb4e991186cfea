package org.markwatch.cli;

import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.run.ConnectionLoss;
import org.markwatch.crawl.run.RunInProgressException;
import org.markwatch.database.DatabaseException;
import org.markwatch.watchlist.WatchlistException;
import org.springframework.boot.web.server.PortInUseException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints one line for the exception that ended a verb; the stack trace only if {@code MARKWATCH_TRACE} is set. */
final class ErrorReporter implements IExecutionExceptionHandler {
    private static final String TRACE = "; set MARKWATCH_TRACE=1 for the stack trace";
    private static final String REPEAT = ", then run the same command again; 'run' without --new resumes";

    /** What a line advises beside what the fault itself asks for. */
    private enum Advice {
        /** To repeat the command, or to look at the stack trace of an unexpected fault. */
        REPEAT_OR_TRACE,
        /** To look at the stack trace; how to repeat the command has been said. */
        TRACE_ONLY,
        /** Nothing: the process tries again by itself, or need not. */
        NONE;

        String repeat(String advice) {
            return this == REPEAT_OR_TRACE ? advice : "";
        }

        String trace() {
            return this == NONE ? "" : TRACE;
        }
    }

    @Override
    public int handleExecutionException(Exception fault, CommandLine verb, @Nullable ParseResult parsed) {
        PrintWriter err = verb.getErr();
        if (showsTraces()) {
            fault.printStackTrace(err);
        }
        if (ShutdownHandler.isStopping()) {
            err.println("markwatch: stopped; run the same command again to resume or restart it");
            return ExitCode.STOPPED;
        }
        WatchlistException invalid = findCause(fault, WatchlistException.class);
        if (invalid != null) {
            invalid.faults().forEach(each -> LogForm.reportFailure(err, Terminal.sanitise(each.toString())));
            LogForm.reportFailure(
                    err,
                    invalid.faults().size() + (invalid.faults().size() == 1 ? " fault" : " faults")
                            + "; nothing was started");
            return ExitCode.BAD_INPUT;
        }
        LogForm.reportFailure(err, "markwatch: " + Terminal.sanitise(describe(fault)));
        return findCause(fault, BadInputException.class) != null ? ExitCode.BAD_INPUT : ExitCode.FAILED;
    }

    /** Whether the stack traces of faults are to be shown. */
    static boolean showsTraces() {
        return System.getenv("MARKWATCH_TRACE") != null;
    }

    /** Prints one line for invalid verbs, options or arguments, with the help option that lists the valid ones. */
    static int reportUsageError(ParameterException fault, String[] args) {
        CommandLine verb = fault.getCommandLine();
        String message = String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
        String nearest = fault instanceof UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions().stream()
                        .findFirst()
                        .map(word -> "; did you mean " + word + "?")
                        .orElse("")
                : "";
        LogForm.reportFailure(
                verb.getErr(),
                "markwatch: " + Terminal.sanitise(message) + nearest + "; see "
                        + verb.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.BAD_INPUT;
    }

    /** Returns one line for a fault: what, where and what to do next. It may contain control characters of other systems. */
    static String describe(Exception fault) {
        RunVerb.RunFailedException run = findCause(fault, RunVerb.RunFailedException.class);
        return run == null || run.getCause() == null
                ? describe(fault, Advice.REPEAT_OR_TRACE)
                : run.getMessage() + ": " + describe(run.getCause(), run.isLeft() ? Advice.NONE : Advice.TRACE_ONLY);
    }

    /** Returns one line for a fault as {@link #describe} does, for a process that tries again by itself. */
    static String describeToRetry(Exception fault) {
        return describe(fault, Advice.NONE);
    }

    private static String describe(Throwable fault, Advice advice) {
        BadInputException input = findCause(fault, BadInputException.class);
        if (input != null) {
            return String.valueOf(input.getMessage());
        }
        DatabaseException database = findCause(fault, DatabaseException.class);
        if (database != null) {
            return String.valueOf(database.getMessage());
        }
        RunInProgressException other = findCause(fault, RunInProgressException.class);
        if (other != null) {
            return String.valueOf(other.getMessage());
        }
        PortInUseException port = findCause(fault, PortInUseException.class);
        if (port != null) {
            return "port " + port.getPort() + " is in use by another program; stop it, or set review.port or"
                    + " management.port in markwatch.yaml to another one (0 takes any free port)";
        }
        SQLException sql = findCause(fault, SQLException.class);
        if (sql != null) {
            return describe(sql, advice);
        }
        FileSystemException file = findCause(fault, FileSystemException.class);
        if (file != null) {
            if (Markwatch.OUTPUT_FAILED.equals(file.getReason())) {
                return Markwatch.OUTPUT_FAILED;
            }
            return file.getFile() + ": " + reason(file)
                    + "; check that the path exists, is writable and has free space";
        }
        Throwable root = fault;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String kind =
                root instanceof IllegalStateException ? "" : root.getClass().getSimpleName() + ": ";
        return kind + root.getMessage() + advice.trace();
    }

    private static String reason(FileSystemException file) {
        return switch (file) {
            case NoSuchFileException missing -> "no such file or folder";
            case AccessDeniedException denied -> "permission denied";
            default -> file.getReason() == null ? file.getClass().getSimpleName() : file.getReason();
        };
    }

    /** Maps SQLSTATE classes (PostgreSQL manual, appendix A) to a message. */
    private static String describe(SQLException sql, Advice advice) {
        String state = sql.getSQLState() == null ? "" : sql.getSQLState();
        String what = String.valueOf(sql.getMessage()).lines().findFirst().orElse("");
        if (state.startsWith("28") || state.equals("3D000") || state.equals("08004")) {
            return "the database rejected the connection (" + what
                    + "); check the database name of --db, and the user and password in MARKWATCH_DB_USER and"
                    + " MARKWATCH_DB_PASSWORD or in the URL";
        }
        if (ConnectionLoss.isCauseOf(sql)) {
            return "the database cannot be reached (" + what
                    + "); stored data is not lost; check that it is running and that --db is correct"
                    + advice.repeat(REPEAT);
        }
        if (state.equals("42501")) {
            return "the role of the connection lacks a right (" + what
                    + "); run 'migrate --grant ROLE' as the owner of the"
                    + " database, or connect as the role that owns its tables";
        }
        if (state.startsWith("53")) {
            return "the database has no disk space, memory or connections left (" + what + "); free some"
                    + advice.repeat(", then run the same command again to resume");
        }
        return "database error: " + what + " (SQLSTATE " + state + ")" + advice.trace();
    }

    /** Returns the first exception of a type in the chain of causes, or null if there is none. */
    static <T extends Throwable> @Nullable T findCause(@Nullable Throwable fault, Class<T> type) {
        for (Throwable at = fault; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }
}
