package org.markwatch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.markwatch.job.ScheduleTimes;
import org.markwatch.match.Matcher;
import org.markwatch.url.RegistrableDomain;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.Fault;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.RepeatedEntry;
import org.markwatch.watchlist.Scope;
import org.markwatch.watchlist.Seed;
import org.markwatch.watchlist.Settings;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description = "Validates a job-config folder. Prints each fault with file, key or line, value and what"
                + " is allowed.",
        mixinStandardHelpOptions = true)
final class CheckVerb implements Callable<Integer> {
    /** Repeated entries, or registrable domains, that one note names. */
    private static final int MOST_NAMED = 5;

    @Mixin
    private final Options.Config config = new Options.Config();

    @Option(
            names = "--repeats",
            paramLabel = "FILE",
            description = "writes all repeated entries of the lists to FILE, a line each")
    private @Nullable Path repeats;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws WatchlistException, IOException {
        Watchlist watchlist = read(config);
        if (repeats != null) {
            Files.write(
                    repeats,
                    watchlist.repeats().stream().map(RepeatedEntry::toString).toList());
        }
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
        repeated(watchlist, watchlist.repeats().size() > MOST_NAMED ? "; check --repeats FILE lists all" : "")
                .ifPresent(notes::add);
        notes.addAll(domains(watchlist));
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
     * Returns that entries of lists are repeated, with the first ones; empty if none is.
     *
     * @param more where all are shown, if there are more
     */
    static Optional<String> repeated(Watchlist watchlist, String more) {
        List<RepeatedEntry> all = watchlist.repeats();
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of("%d entr%s earlier ones, which are read once: %s%s"
                        .formatted(
                                all.size(),
                                all.size() == 1 ? "y repeats" : "ies repeat",
                                all.stream()
                                        .limit(MOST_NAMED)
                                        .map(RepeatedEntry::toString)
                                        .collect(Collectors.joining(" | ")),
                                more));
    }

    /** Returns which hosts the seeds of scope {@code domain} cover. */
    private static List<String> domains(Watchlist watchlist) {
        Set<String> domains = new LinkedHashSet<>();
        Set<String> hosts = new LinkedHashSet<>();
        for (Seed seed : watchlist.seeds()) {
            if (seed.scope() == Scope.DOMAIN) {
                String domain = RegistrableDomain.of(seed.url().host());
                (domain == null ? hosts : domains)
                        .add(domain == null ? seed.url().host() : domain);
            }
        }
        List<String> notes = new ArrayList<>();
        if (!domains.isEmpty()) {
            notes.add("scope domain covers all hosts of " + named(domains));
        }
        if (!hosts.isEmpty()) {
            notes.add("scope domain covers one host only where it has no registrable domain: " + named(hosts));
        }
        return notes;
    }

    private static String named(Set<String> names) {
        return names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                + (names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more" : "");
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
