package org.markwatch.cli;

import java.io.Console;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.markwatch.queue.Audit;
import org.markwatch.review.Accounts;
import org.markwatch.review.Role;
import org.markwatch.watchlist.Watchlist;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "add",
        description = "Adds an account. Asks for a password on a terminal; otherwise makes one and prints it once.",
        mixinStandardHelpOptions = true)
final class UserAddVerb implements Callable<Integer> {
    @Mixin
    private final Options.Config config = new Options.Config();

    @Mixin
    private final Options.Data data = new Options.Data();

    @Parameters(paramLabel = "NAME", description = "1 to 64 of a-z 0-9 . _ -")
    private String name = "";

    @Option(names = "--role", required = true, paramLabel = "ROLE", description = "reviewer, lead or admin.")
    private Role role = Role.REVIEWER;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Watchlist watchlist = CheckVerb.read(config);
        String typed = typed();
        String password = typed.isEmpty() ? Accounts.generatePassword() : typed;
        try (Application application = Application.batch(data, watchlist)) {
            try {
                accounts(application).add(name, role, password);
            } catch (IllegalArgumentException e) {
                throw new BadInput(String.valueOf(e.getMessage()));
            }
        }
        spec.commandLine()
                .getOut()
                .println("Added " + name + " as " + role.name().toLowerCase(Locale.ROOT)
                        + (typed.isEmpty() ? "; password, shown only now: " + password : ""));
        return ExitCode.COMPLETE;
    }

    /** The console's own bean is there only beside the console. */
    private static Accounts accounts(Application application) {
        return new Accounts(
                application.part(DataSource.class), application.part(Audit.class), application.part(Clock.class));
    }

    /** Empty if nobody is there to type, or nothing was typed. */
    private String typed() {
        Console console = Terminal.interactive() ? System.console() : null;
        if (console == null) {
            return "";
        }
        char[] first = console.readPassword("Password for %s (empty: make one): ", name);
        if (first == null || first.length == 0) {
            return "";
        }
        char[] again = console.readPassword("Once more: ");
        try {
            if (!Arrays.equals(first, again)) {
                throw new BadInput("the two passwords differ; nothing was added");
            }
            return new String(first);
        } finally {
            Arrays.fill(first, '\0');
        }
    }
}
