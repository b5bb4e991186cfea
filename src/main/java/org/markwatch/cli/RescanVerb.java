package org.markwatch.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.markwatch.job.Nightly;
import org.markwatch.job.Rescan;
import org.markwatch.score.Finding;
import org.markwatch.watchlist.Watchlist;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "rescan",
        description =
                "Applies the rules of today to the text that was kept of earlier nights, and asks no site for anything.",
        mixinStandardHelpOptions = true)
final class RescanVerb implements Callable<Integer> {
    @Mixin
    private final Options.Config config = new Options.Config();

    @Mixin
    private final Options.Data data = new Options.Data();

    @Option(names = "--dry-run", description = "Say which pages would be newly flagged or dropped; write nothing.")
    private boolean dryRun;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the summary as JSON too; - for standard output.")
    private @Nullable Path json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        boolean inPlaceOfText = json != null && json.toString().equals("-");
        if (dryRun && json != null) {
            throw new BadInput("--json: a dry run has no summary to write; leave out one of the two");
        }
        OutFile file = json == null || inPlaceOfText ? null : OutFile.of("--json", json);
        Watchlist watchlist = CheckVerb.read(config);
        try (Application application = Application.batch(data, watchlist)) {
            Rescan rescan = application.part(Rescan.class);
            if (dryRun) {
                return preview(rescan, watchlist);
            }
            Signals.onStop(rescan::stop);
            Nightly.Outcome outcome;
            try (Progress progress = Progress.show("rescan", rescan::progress)) {
                outcome = rescan.run(watchlist);
            }
            return RunVerb.tell(application, outcome, inPlaceOfText, file, spec);
        }
    }

    private int preview(Rescan rescan, Watchlist watchlist) {
        List<Rescan.Change> changes = new ArrayList<>();
        long looked = rescan.preview(watchlist, changes::add);
        changes.sort(Comparator.comparing(Rescan.Change::flagged)
                .reversed()
                .thenComparing(change -> -change.finding().score())
                .thenComparing(change -> change.finding().url()));
        PrintWriter out = spec.commandLine().getOut();
        if (!changes.isEmpty()) {
            TextTable table = new TextTable("WOULD BE", "SCORE", "PAGE", "WHY");
            for (Rescan.Change change : changes) {
                Finding finding = change.finding();
                table.row(
                        change.flagged() ? "flagged" : "dropped",
                        Integer.toString(finding.score()),
                        Terminal.defang(finding.url()),
                        finding.suppressed().isEmpty() ? FlaggedTable.why(finding) : finding.suppressed());
            }
            out.println(table);
        }
        long flagged = changes.stream().filter(Rescan.Change::flagged).count();
        out.println(looked + " kept pages: " + flagged + " would be newly flagged, " + (changes.size() - flagged)
                + " dropped. Nothing was written.");
        out.flush();
        return ExitCode.COMPLETE;
    }
}
