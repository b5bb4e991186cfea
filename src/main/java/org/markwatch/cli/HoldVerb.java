package org.markwatch.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.LegalHolds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "hold",
        description = "Places, lists and releases legal holds. What a hold covers is not purged.",
        mixinStandardHelpOptions = true,
        subcommands = {
            HoldVerb.HoldItem.class,
            HoldVerb.HoldHost.class,
            HoldVerb.ListHolds.class,
            HoldVerb.ReleaseHold.class
        })
final class HoldVerb {
    /** Opens the database, does one thing with the holds and prints a line. */
    private abstract static class HoldCommand implements Callable<Integer> {
        @Mixin
        private final Options.Config config = new Options.Config();

        @Mixin
        private final Options.Data data = new Options.Data();

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        abstract String apply(LegalHolds holds);

        @Override
        public final Integer call() throws Exception {
            try (Application application = Application.existing(data, CheckVerb.read(config))) {
                spec.commandLine().getOut().print(apply(application.bean(LegalHolds.class)));
                spec.commandLine().getOut().flush();
            } catch (IllegalArgumentException e) {
                throw new BadInputException(String.valueOf(e.getMessage()));
            }
            return ExitCode.COMPLETE;
        }
    }

    /** Returns the operating-system account, which the audit records. */
    static String actor() {
        return System.getProperty("user.name");
    }

    @Command(name = "item", description = "Places a hold on an item and its page.", mixinStandardHelpOptions = true)
    static final class HoldItem extends HoldCommand {
        @Parameters(paramLabel = "ID", description = "Number of the item.")
        private long id;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; part of the audit.")
        private String reason = "";

        @Override
        String apply(LegalHolds holds) {
            return "Hold " + holds.holdItem(id, actor(), reason) + " placed on item " + id + System.lineSeparator();
        }
    }

    @Command(name = "host", description = "Places a hold on a host.", mixinStandardHelpOptions = true)
    static final class HoldHost extends HoldCommand {
        @Parameters(paramLabel = "HOST", description = "Host name, without port.")
        private String host = "";

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; part of the audit.")
        private String reason = "";

        @Override
        String apply(LegalHolds holds) {
            return "Hold " + holds.holdHost(host, actor(), reason) + " placed on host " + host + System.lineSeparator();
        }
    }

    @Command(
            name = "list",
            description = "Lists the holds that have not been released.",
            mixinStandardHelpOptions = true)
    static final class ListHolds extends HoldCommand {
        @Override
        String apply(LegalHolds holds) {
            TextTable table = new TextTable("HOLD", "COVERS", "PLACED BY", "PLACED AT", "REASON");
            for (LegalHolds.Hold hold : holds.active()) {
                table.row(
                        Long.toString(hold.id()),
                        covered(hold.itemId(), hold.host()),
                        hold.placedBy(),
                        hold.placedAt().toString(),
                        Terminal.sanitise(hold.reason()).replace('\n', ' '));
            }
            return table.toString();
        }

        private static String covered(@Nullable Long item, @Nullable String host) {
            return item == null ? "host " + host : "item " + item;
        }
    }

    @Command(name = "release", description = "Releases a hold.", mixinStandardHelpOptions = true)
    static final class ReleaseHold extends HoldCommand {
        @Parameters(paramLabel = "HOLD", description = "Number of the hold, as 'hold list' prints it.")
        private long id;

        @Override
        String apply(LegalHolds holds) {
            holds.release(id, actor());
            return "Hold " + id + " released" + System.lineSeparator();
        }
    }
}
