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
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Audit;
import org.markwatch.review.Accounts;
import org.markwatch.review.Role;
import org.markwatch.watchlist.WatchlistException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "user",
        description = "Manages the accounts of the review console. Every change is written to the audit and ends the"
                + " sessions of the account.",
        mixinStandardHelpOptions = true)
final class UserVerb {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final String ROLES =
            "viewer, reviewer, child-safety-reviewer, supervisor, brand-editor, operator or administrator.";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Command(
            description = "Adds an account. Asks for a password on a terminal; otherwise generates one and"
                    + " prints it once.",
            mixinStandardHelpOptions = true)
    int add(
            @Mixin Options.Config config,
            @Mixin Options.Data data,
            @Parameters(paramLabel = "NAME", description = "1 to 64 of a-z 0-9 . _ -") String name,
            @Option(
                            names = "--role",
                            required = true,
                            split = ",",
                            paramLabel = "ROLE",
                            converter = RoleConverter.class,
                            description = "One or more, separated by commas: " + ROLES)
                    List<Role> roles)
            throws Exception {
        NewPassword password = NewPassword.of(name);
        withAccounts(
                Application.batch(data, CheckVerb.read(config)),
                accounts -> accounts.add(name, Set.copyOf(roles), password.text));
        return print("Added " + name + " as " + Role.labels(Set.copyOf(roles)) + password.suffix());
    }

    @Command(description = "Lists the accounts with roles, state and last sign-in.", mixinStandardHelpOptions = true)
    int list(@Mixin Options.Config config, @Mixin Options.Data data) throws Exception {
        List<Accounts.AccountSummary> all = new ArrayList<>();
        withAccounts(Application.existing(data, CheckVerb.read(config)), accounts -> all.addAll(accounts.list()));
        if (all.isEmpty()) {
            return print("No accounts; add one with: markwatch user add NAME --role ROLE");
        }
        TextTable table = new TextTable("NAME", "ROLES", "STATE", "ADDED (UTC)", "LAST SIGN-IN (UTC)");
        all.forEach(account -> table.row(
                account.name(),
                Role.labels(account.roles()),
                account.disabledAt() == null ? "active" : "disabled since " + time(account.disabledAt()),
                time(account.createdAt()),
                account.lastSignInAt() == null ? "never" : time(account.lastSignInAt())));
        return print(table.toString().stripTrailing());
    }

    @Command(
            description = "Replaces the password of an account. Asks for one on a terminal; otherwise generates"
                    + " one and prints it once.",
            mixinStandardHelpOptions = true)
    int password(
            @Mixin Options.Config config,
            @Mixin Options.Data data,
            @Parameters(paramLabel = "NAME", description = "Name of the account.") String name)
            throws Exception {
        NewPassword password = NewPassword.of(name);
        update(config, data, name, accounts -> accounts.replacePassword(name, password.text));
        return print("Replaced the password of " + name + password.suffix());
    }

    @Command(description = "Replaces the roles of an account.", mixinStandardHelpOptions = true)
    int role(
            @Mixin Options.Config config,
            @Mixin Options.Data data,
            @Parameters(paramLabel = "NAME", description = "Name of the account.") String name,
            @Parameters(
                            paramLabel = "ROLE",
                            arity = "1..*",
                            split = ",",
                            converter = RoleConverter.class,
                            description = "One or more: " + ROLES)
                    List<Role> roles)
            throws Exception {
        update(config, data, name, accounts -> accounts.replaceRoles(name, Set.copyOf(roles)));
        return print("Made " + name + " " + Role.labels(Set.copyOf(roles)));
    }

    @Command(
            description = "Disables an account. Nobody can sign in with it; its decisions and audit entries keep"
                    + " its name.",
            mixinStandardHelpOptions = true)
    int disable(
            @Mixin Options.Config config,
            @Mixin Options.Data data,
            @Parameters(paramLabel = "NAME", description = "Name of the account.") String name)
            throws Exception {
        update(config, data, name, accounts -> accounts.disable(name));
        return print("Disabled " + name + "; the items it has claimed are released when the leases expire");
    }

    @Command(description = "Enables a disabled account.", mixinStandardHelpOptions = true)
    int enable(
            @Mixin Options.Config config,
            @Mixin Options.Data data,
            @Parameters(paramLabel = "NAME", description = "Name of the account.") String name)
            throws Exception {
        update(config, data, name, accounts -> accounts.enable(name));
        return print("Enabled " + name);
    }

    private static final class RoleConverter implements ITypeConverter<Role> {
        @Override
        public Role convert(String label) {
            try {
                return Role.of(label.toLowerCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    private interface AccountAction {
        void apply(Accounts accounts);
    }

    private interface AccountUpdate {
        boolean apply(Accounts accounts);
    }

    private static void update(Options.Config config, Options.Data data, String name, AccountUpdate change)
            throws WatchlistException, SQLException {
        withAccounts(Application.existing(data, CheckVerb.read(config)), accounts -> {
            if (!change.apply(accounts)) {
                throw new BadInputException(
                        "account " + name + " does not exist; 'markwatch user list' lists the accounts");
            }
        });
    }

    /** Applies an action, and closes the application. */
    private static void withAccounts(Application application, AccountAction work) {
        try (application) {
            // the context has an Accounts bean only with the console
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

    /** @param generated whether the password was generated and must be printed once */
    private record NewPassword(String text, boolean generated) {

        /** Asks for a password on a terminal. Generates one if there is no terminal or the input is empty. */
        static NewPassword of(String name) {
            Console console = Terminal.isInteractive() ? System.console() : null;
            char[] first = console == null
                    ? null
                    : console.readPassword("Password for %s (leave empty to generate one): ", name);
            if (console == null || first == null || first.length == 0) {
                return new NewPassword(Accounts.generatePassword(), true);
            }
            char[] again = console.readPassword("Repeat the password: ");
            try {
                if (!Arrays.equals(first, again)) {
                    throw new BadInputException("the passwords differ; nothing was changed");
                }
                return new NewPassword(new String(first), false);
            } finally {
                Arrays.fill(first, '\0');
            }
        }

        String suffix() {
            return generated ? "; password (not shown again): " + text : "";
        }
    }
}
