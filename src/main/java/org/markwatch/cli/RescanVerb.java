package org.markwatch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.markwatch.job.RescanJob;
import org.markwatch.job.RunOutcome;
import org.markwatch.score.Shift;
import org.markwatch.watchlist.Watchlist;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "rescan",
        description = "Applies the current rules to the kept text of earlier runs. Sends no request to any site.",
        mixinStandardHelpOptions = true)
final class RescanVerb implements Callable<Integer> {
    private static final int MAX_RULES = 4;

    @Mixin
    private final Options.Config config = new Options.Config();

    @Mixin
    private final Options.Data data = new Options.Data();

    @Option(
            names = "--dry-run",
            description = "Lists the pages that would be newly flagged or dropped; writes nothing.")
    private boolean dryRun;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also writes the summary, or the result of a dry run, as JSON; - writes JSON to"
                    + " standard output instead of text.")
    private @Nullable Path json;

    @Mixin
    private final Options.Metrics metrics = new Options.Metrics();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        boolean inPlaceOfText = json != null && json.toString().equals("-");
        OutputFile file = json == null || inPlaceOfText ? null : OutputFile.of("--json", json);
        SharedConfig shared = new SharedConfig(config.folder);
        Watchlist watchlist = shared.read();
        ProcessState state = new ProcessState();
        try (MetricsServer server = metrics.start(state, spec);
                Application application = Application.existing(data, watchlist, shared, metrics.isSet())) {
            application.showIn(state);
            RescanJob rescan = application.bean(RescanJob.class);
            if (dryRun) {
                return preview(rescan, watchlist, inPlaceOfText, file);
            }
            ShutdownHandler.onStop(rescan::stop);
            RunOutcome outcome;
            try (ProgressDisplay progress = ProgressDisplay.show(
                    "rescan", rescan::progress, spec.commandLine().getErr())) {
                outcome = rescan.run(watchlist, start -> RunVerb.announce(start, spec));
            }
            return RunVerb.printSummary(application, outcome, inPlaceOfText, file, spec);
        }
    }

    private int preview(RescanJob rescan, Watchlist watchlist, boolean asJson, @Nullable OutputFile file)
            throws IOException {
        ShutdownHandler.onStop(rescan::stop);
        List<RescanJob.FlagChange> changes = new ArrayList<>();
        RescanJob.Preview counts;
        try (ProgressDisplay progress = ProgressDisplay.show(
                "rescan", rescan::progress, spec.commandLine().getErr())) {
            counts = rescan.preview(watchlist, changes::add);
        }
        if (ShutdownHandler.isStopping()) {
            spec.commandLine().getErr().println("Stopped before the end; nothing was written.");
            return ExitCode.STOPPED;
        }
        changes.sort(Comparator.comparing(RescanJob.FlagChange::flagged)
                .reversed()
                .thenComparing(change -> -Math.max(change.now(), change.before()))
                .thenComparing(RescanJob.FlagChange::page));
        if (file != null) {
            String summary = toJson(counts, changes);
            file.write(writer -> writer.append(summary).append(System.lineSeparator()));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (asJson) {
            out.println(toJson(counts, changes));
            out.flush();
            return ExitCode.COMPLETE;
        }
        if (!changes.isEmpty()) {
            out.println(table(changes));
        }
        out.println(counts.pages() + (counts.pages() == 1 ? " kept page: " : " kept pages: ") + counts.flagged()
                + " would be newly flagged, " + counts.dropped() + " dropped, " + counts.raised() + " raised, "
                + counts.lowered() + " lowered. Nothing was written.");
        out.flush();
        return ExitCode.COMPLETE;
    }

    /** Returns the result of a dry run as one JSON object, with the pages in the order of the table. */
    static String toJson(RescanJob.Preview counts, List<RescanJob.FlagChange> changes) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("pages", counts.pages());
        all.put("flagged", counts.flagged());
        all.put("dropped", counts.dropped());
        all.put("raised", counts.raised());
        all.put("lowered", counts.lowered());
        all.put("changes", changes);
        return JsonMapper.shared().writeValueAsString(all);
    }

    /** Returns the result of a dry run as a table: each page with the rules whose points differ. */
    static TextTable table(List<RescanJob.FlagChange> changes) {
        TextTable table = new TextTable("WOULD BE", "SCORE", "PAGE");
        for (RescanJob.FlagChange change : changes) {
            table.row(
                    change.flagged() ? "flagged" : "dropped",
                    change.before() + " to " + change.now(),
                    Terminal.defang(change.page()));
            if (!change.suppressed().isEmpty()) {
                table.lineBelow("why: " + change.suppressed());
            } else if (change.why().isEmpty()) {
                table.lineBelow("why: same rules and points; the policy or the authorised hosts have changed");
            } else {
                table.lineBelow("why: " + why(change.why()));
            }
        }
        return table;
    }

    private static String why(List<Shift> shifts) {
        String first = shifts.stream().limit(MAX_RULES).map(Shift::toString).collect(Collectors.joining("; "));
        return shifts.size() <= MAX_RULES ? first : first + " and " + (shifts.size() - MAX_RULES) + " more";
    }
}
