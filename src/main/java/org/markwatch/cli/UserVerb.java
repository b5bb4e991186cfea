package org.markwatch.cli;

import java.io.Console;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Audit;
import org.markwatch.review.Accounts;
import org.markwatch.review.Role;
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
                + " sessions and tokens of the account.",
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
            description = "Adds an account. Asks for a password on a terminal; otherwise generates a one-time"
                    + " password and prints it once.",
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
        Optional<String> typed = typedPassword(name);
        Set<Role> all = Set.copyOf(roles);
        return change(Application.batch(data, CheckVerb.read(config)), accounts -> {
            String oneTime = "";
            if (typed.isPresent()) {
                accounts.add(name, all, typed.get());
            } else {
                oneTime = oneTime(accounts.addWithOneTimePassword(name, all));
            }
            return "Added " + name + " as " + Role.labels(all) + oneTime;
        });
    }

    @Command(description = "Lists the accounts with roles, state and last sign-in.", mixinStandardHelpOptions = true)
    int list(@Mixin Options.Config config, @Mixin Options.Data data) throws Exception {
        return change(Application.existing(data, CheckVerb.read(config)), accounts -> {
            List<Accounts.AccountSummary> all = accounts.list();
            if (all.isEmpty()) {
                return "No accounts; add one with: markwatch user add NAME --role ROLE";
            }
            TextTable table = new TextTable("NAME", "ROLES", "STATE", "ADDED (UTC)", "LAST SIGN-IN (UTC)");
            all.forEach(account -> table.row(
                    account.name(),
                    Role.labels(account.roles()),
                    state(account),
                    time(account.createdAt()),
                    account.lastSignInAt() == null ? "never" : time(account.lastSignInAt())));
            return table.toString().stripTrailing();
        });
    }

    private static String state(Accounts.AccountSummary account) {
        if (account.lockedAt() != null) {
            return "locked since " + time(account.lockedAt());
        }
        return account.oneTimeUntil() == null ? "active" : "one-time password until " + time(account.oneTimeUntil());
    }

    @Command(
            description = "Replaces the password of an account. Asks for one on a terminal; otherwise generates"
                    + " a one-time password and prints it once.",
            mixinStandardHelpOptions = true)
    int password(
            @Mixin Options.Config config,
            @Mixin Options.Data data,
            @Parameters(paramLabel = "NAME", description = "Name of the account.") String name)
            throws Exception {
        Optional<String> typed = typedPassword(name);
        return change(Application.existing(data, CheckVerb.read(config)), accounts -> {
            Optional<String> oneTime = typed.isPresent() ? Optional.empty() : accounts.resetPassword(name);
            require(oneTime.isPresent() || typed.isPresent() && accounts.replacePassword(name, typed.get()), name);
            return "Replaced the password of " + name
                    + oneTime.map(UserVerb::oneTime).orElse("");
        });
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
        Set<Role> all = Set.copyOf(roles);
        return change(Application.existing(data, CheckVerb.read(config)), accounts -> {
            require(accounts.replaceRoles(name, all), name);
            return "Made " + name + " " + Role.labels(all);
        });
    }

    @Command(
            description =
                    "Locks an account. Nobody can sign in with it; its decisions and audit entries keep its name.",
            mixinStandardHelpOptions = true)
    int lock(
            @Mixin Options.Config config,
            @Mixin Options.Data data,
            @Parameters(paramLabel = "NAME", description = "Name of the account.") String name)
            throws Exception {
        return change(Application.existing(data, CheckVerb.read(config)), accounts -> {
            require(accounts.lock(name), name);
            return "Locked " + name + "; the items it has claimed are released when the leases expire";
        });
    }

    @Command(description = "Unlocks an account.", mixinStandardHelpOptions = true)
    int unlock(
            @Mixin Options.Config config,
            @Mixin Options.Data data,
            @Parameters(paramLabel = "NAME", description = "Name of the account.") String name)
            throws Exception {
        return change(Application.existing(data, CheckVerb.read(config)), accounts -> {
            require(accounts.unlock(name), name);
            return "Unlocked " + name;
        });
    }

    @Command(
            description = "Opens an account for 7 days to the next single sign-on under its name. From then on, only"
                    + " that person can sign on with it.",
            mixinStandardHelpOptions = true)
    int link(
            @Mixin Options.Config config,
            @Mixin Options.Data data,
            @Parameters(paramLabel = "NAME", description = "Name of the account.") String name)
            throws Exception {
        return change(Application.existing(data, CheckVerb.read(config)), accounts -> {
            require(accounts.links().open(name), name);
            return "Opened " + name + " to the next single sign-on under this name";
        });
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
        /** Returns the lines to print. */
        String apply(Accounts accounts);
    }

    private static void require(boolean exists, String name) {
        if (!exists) {
            throw new BadInputException(
                    "account " + name + " does not exist; 'markwatch user list' lists the accounts");
        }
    }

    /** Applies an action, closes the application, and prints what the action returned. */
    private int change(Application application, AccountAction action) {
        String lines;
        try (application) {
            // the context has an Accounts bean only with the console
            Accounts accounts = new Accounts(
                            application.bean(DataSource.class),
                            application.bean(Audit.class),
                            application.bean(Clock.class))
                    .by(HoldVerb.actor());
            lines = action.apply(accounts);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(String.valueOf(e.getMessage()));
        }
        spec.commandLine().getOut().println(lines);
        return ExitCode.COMPLETE;
    }

    private static String time(@Nullable Instant at) {
        return at == null ? "" : TIME.format(at);
    }

    private static String oneTime(String password) {
        return "; one-time password (not shown again): " + password;
    }

    /** Asks for a password on a terminal. Returns an empty one if there is no terminal or the input is empty. */
    private static Optional<String> typedPassword(String name) {
        Console console = Terminal.isInteractive() ? System.console() : null;
        char[] first = console == null
                ? null
                : console.readPassword("Password for %s (leave empty for a one-time password): ", name);
        if (console == null || first == null || first.length == 0) {
            return Optional.empty();
        }
        char[] again = console.readPassword("Repeat the password: ");
        try {
            if (!Arrays.equals(first, again)) {
                throw new BadInputException("the passwords differ; nothing was changed");
            }
            return Optional.of(new String(first));
        } finally {
            Arrays.fill(first, '\0');
        }
    }
}
