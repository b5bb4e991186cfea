package org.markwatch.cli;

import java.io.Console;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Audit;
import org.markwatch.review.Accounts;
import org.markwatch.review.Role;
import org.markwatch.watchlist.WatchlistException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "user",
        description =
                "Accounts of the review console. Every change goes into the audit and ends the account's sessions.",
        mixinStandardHelpOptions = true)
final class UserVerb {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Command(
            description = "Adds an account. Asks for a password on a terminal; otherwise makes one and prints it once.",
            mixinStandardHelpOptions = true)
    int add(
            @Mixin Options.Config config,
            @Mixin Options.Data data,
            @Parameters(paramLabel = "NAME", description = "1 to 64 of a-z 0-9 . _ -") String name,
            @Option(names = "--role", required = true, paramLabel = "ROLE", description = "reviewer, lead or admin.")
                    Role role)
            throws Exception {
        NewPassword password = NewPassword.of(name);
        withAccounts(config, data, accounts -> accounts.add(name, role, password.text));
        return print("Added " + name + " as " + role.label() + password.suffix());
    }

    @Command(description = "Every account: role, state, last sign-in.", mixinStandardHelpOptions = true)
    int list(@Mixin Options.Config config, @Mixin Options.Data data) throws Exception {
        List<Accounts.AccountSummary> all = new ArrayList<>();
        withAccounts(config, data, accounts -> all.addAll(accounts.list()));
        if (all.isEmpty()) {
            return print("No account yet; add one with: markwatch user add NAME --role ROLE");
        }
        TextTable table = new TextTable("NAME", "ROLE", "STATE", "ADDED (UTC)", "LAST SIGN-IN (UTC)");
        all.forEach(account -> table.row(
                account.name(),
                account.role().label(),
                account.disabledAt() == null ? "active" : "disabled since " + time(account.disabledAt()),
                time(account.createdAt()),
                account.lastSignInAt() == null ? "never" : time(account.lastSignInAt())));
        return print(table.toString().stripTrailing());
    }

    @Command(
            description = "Gives an account another password: asked for on a terminal, else made and printed once.",
            mixinStandardHelpOptions = true)
    int password(
            @Mixin Options.Config config,
            @Mixin Options.Data data,
            @Parameters(paramLabel = "NAME", description = "Whose password.") String name)
            throws Exception {
        NewPassword password = NewPassword.of(name);
        update(config, data, name, accounts -> accounts.replacePassword(name, password.text));
        return print("Replaced the password of " + name + password.suffix());
    }

    @Command(description = "Gives an account another role.", mixinStandardHelpOptions = true)
    int role(
            @Mixin Options.Config config,
            @Mixin Options.Data data,
            @Parameters(paramLabel = "NAME", description = "Whose role.") String name,
            @Parameters(paramLabel = "ROLE", description = "reviewer, lead or admin.") Role role)
            throws Exception {
        update(config, data, name, accounts -> accounts.replaceRole(name, role));
        return print("Made " + name + " " + role.label());
    }

    @Command(
            description = "Lets nobody sign in by an account any more; what it did stays under its name.",
            mixinStandardHelpOptions = true)
    int disable(
            @Mixin Options.Config config,
            @Mixin Options.Data data,
            @Parameters(paramLabel = "NAME", description = "Which account.") String name)
            throws Exception {
        update(config, data, name, accounts -> accounts.disable(name));
        return print("Disabled " + name + "; what it holds is free again when the leases end");
    }

    @Command(description = "Lets a disabled account sign in again.", mixinStandardHelpOptions = true)
    int enable(
            @Mixin Options.Config config,
            @Mixin Options.Data data,
            @Parameters(paramLabel = "NAME", description = "Which account.") String name)
            throws Exception {
        update(config, data, name, accounts -> accounts.enable(name));
        return print("Enabled " + name);
    }

    private interface AccountAction {
        void apply(Accounts accounts);
    }

    private interface AccountUpdate {
        boolean apply(Accounts accounts);
    }

    private static void update(Options.Config config, Options.Data data, String name, AccountUpdate change)
            throws WatchlistException, SQLException {
        withAccounts(config, data, accounts -> {
            if (!change.apply(accounts)) {
                throw new BadInputException(
                        "there is no account " + name + "; markwatch user list shows those there are");
            }
        });
    }

    private static void withAccounts(Options.Config config, Options.Data data, AccountAction work)
            throws WatchlistException, SQLException {
        try (Application application = Application.batch(data, CheckVerb.read(config))) {
            // the console's own bean is there only beside the console
            Accounts accounts = new Accounts(
                    application.bean(DataSource.class), application.bean(Audit.class), application.bean(Clock.class));
            try {
                work.apply(accounts);
            } catch (IllegalArgumentException e) {
                throw new BadInputException(String.valueOf(e.getMessage()));
            }
        }
    }

    private int print(String line) {
        spec.commandLine().getOut().println(line);
        return ExitCode.COMPLETE;
    }

    private static String time(@Nullable Instant at) {
        return at == null ? "" : TIME.format(at);
    }

    /** @param generated whether it was made here, and is to be shown once */
    private record NewPassword(String text, boolean generated) {

        /** Typed if somebody is there to type, made otherwise, and if nothing was typed. */
        static NewPassword of(String name) {
            Console console = Terminal.isInteractive() ? System.console() : null;
            char[] first = console == null ? null : console.readPassword("Password for %s (empty: make one): ", name);
            if (console == null || first == null || first.length == 0) {
                return new NewPassword(Accounts.generatePassword(), true);
            }
            char[] again = console.readPassword("Once more: ");
            try {
                if (!Arrays.equals(first, again)) {
                    throw new BadInputException("the two passwords differ; nothing was changed");
                }
                return new NewPassword(new String(first), false);
            } finally {
                Arrays.fill(first, '\0');
            }
        }

        String suffix() {
            return generated ? "; password, shown only now: " + text : "";
        }
    }
}
