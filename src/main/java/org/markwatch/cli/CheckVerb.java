package org.markwatch.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.markwatch.job.ScheduleTimes;
import org.markwatch.match.Matcher;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.Fault;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Settings;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description = "Validates a job-config folder. Prints each fault with file, key or line, value and what"
                + " is allowed.",
        mixinStandardHelpOptions = true)
final class CheckVerb implements Callable<Integer> {
    @Mixin
    private final Options.Config config = new Options.Config();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws WatchlistException {
        Watchlist watchlist = read(config);
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s is valid: %d seed%s, %d brands, %d indicators (%d live), ruleset %s%n",
                config.folder,
                watchlist.seeds().size(),
                watchlist.seeds().size() == 1 ? "" : "s",
                watchlist.brands().size(),
                watchlist.indicators().size(),
                watchlist.indicators().stream()
                        .filter(indicator -> indicator.state() == Indicator.State.LIVE)
                        .count(),
                watchlist.rulesetSha256().substring(0, 12));
        notes(watchlist).forEach(note -> out.println("note: " + note));
        return ExitCode.COMPLETE;
    }

    /** Returns what is worth changing in a valid watchlist, in words for people. */
    static List<String> notes(Watchlist watchlist) {
        List<String> notes = new ArrayList<>();
        for (String rule : Matcher.costly(watchlist)) {
            notes.add(rule + " is looked for at every position of every page and slows matching down; begin each"
                    + " alternative with \\b, and give it at least two literal letters or digits in a row");
        }
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        for (Brand brand : watchlist.brands()) {
            for (Brand.AuthorisedMerchant merchant : brand.merchants()) {
                if (merchant.until() != null && merchant.until().isBefore(today)) {
                    notes.add("the grant of " + brand.id() + " to " + merchant.host() + " ended on " + merchant.until()
                            + ", so its uses of the brand count as on any other host; renew its until, or remove it");
                }
            }
        }
        return notes;
    }

    /**
     * Reads and validates a job-config folder, including the examples of its indicators.
     *
     * @throws WatchlistException with all faults
     */
    static Watchlist read(Options.Config config) throws WatchlistException {
        Watchlist watchlist = WatchlistReader.read(config.folder);
        checkInUse(config.folder, watchlist);
        return watchlist;
    }

    /**
     * Lets those who use a watchlist check it: the matcher the examples of indicators, the scheduler its expression.
     *
     * @param folder path of the folder as faults show it; empty for none
     * @throws WatchlistException with all faults
     */
    static void checkInUse(Path folder, Watchlist watchlist) throws WatchlistException {
        List<Fault> faults = new ArrayList<>(Matcher.exampleFaults(watchlist, LocalDate.now(ZoneOffset.UTC)));
        Settings.ScheduleSettings schedule = watchlist.settings().schedule();
        try {
            ScheduleTimes.after(Instant.now(), schedule, 1);
        } catch (IllegalArgumentException refused) {
            faults.add(new Fault(
                    folder.resolve("markwatch.yaml").toString(),
                    "schedule.cron",
                    schedule.cron(),
                    "must be an expression that Quartz accepts: " + refused.getMessage()));
        }
        if (!faults.isEmpty()) {
            throw new WatchlistException(faults);
        }
    }
}
