package org.markwatch.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.markwatch.cli.LabelsFile.LabelledRow;
import org.markwatch.crawl.Disposition;
import org.markwatch.job.RulesetAnalyser;
import org.markwatch.score.Evaluation;
import org.markwatch.score.Evaluation.Measures;
import org.markwatch.score.Evaluation.Share;
import org.markwatch.score.Finding;
import org.markwatch.score.Shift;
import org.markwatch.watchlist.Watchlist;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "evaluate",
        description = {
            "Prints precision, recall and F1 of the rules on labelled pages, by kind of brand use and by"
                    + " indicator, with 95 %% confidence intervals. Stores nothing.",
            "LABELS is a table with the columns path, url, label (acceptance, logo, impersonation,"
                    + " lookalike-host, asset, mention, none) and, if it has a header line, optionally flagged"
                    + " (yes, no), separated by tab, ',' or ';'. Without the column flagged, every page is expected to be flagged unless its"
                    + " label is mention or none. A path is relative to the current folder or to that of LABELS."
        },
        mixinStandardHelpOptions = true)
final class EvaluateVerb implements Callable<Integer> {
    @Mixin
    private final Options.Config config = new Options.Config();

    @Parameters(paramLabel = "LABELS", description = "TSV or CSV file of labelled pages.")
    private Path labels = Path.of("labels.tsv");

    @Option(
            names = "--against",
            paramLabel = "DIR",
            description =
                    "Another job-config folder. Lists the pages that --config newly flags, no longer flags or assigns"
                            + " other brand uses, compared with that folder.")
    private @Nullable Path baseline;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final Clock clock = Clock.systemUTC();

    /**
     * A page for which two rulesets give different findings. The component names are the keys of the JSON output.
     *
     * @param path        path as in the list
     * @param change      {@code newly flagged}, {@code no longer flagged}, or {@code read otherwise} for other brand
     *     uses only
     * @param scoreBefore score by the rules of {@code --against} in points
     * @param score       score by the rules of {@code --config} in points
     * @param before      brand uses by the rules of {@code --against}, each {@code brand:kind}
     * @param after       brand uses by the rules of {@code --config}, each {@code brand:kind}
     * @param why         rules whose points differ
     */
    private record RulesetDifference(
            String path,
            String change,
            int scoreBefore,
            int score,
            List<String> before,
            List<String> after,
            List<Shift> why) {}

    @Override
    public Integer call() throws Exception {
        LocalDate today = LocalDate.now(clock);
        Watchlist watchlist = CheckVerb.read(config);
        List<LabelledRow> pages = LabelsFile.read(labels);
        SavedPages saved = new SavedPages(watchlist.settings().crawl().maxBodyBytes(), clock);
        RulesetAnalyser analyser = new RulesetAnalyser(watchlist, today);
        RulesetAnalyser baselineAnalyser = baseline == null ? null : compileRules(baseline, today);
        Evaluation evaluation = new Evaluation(watchlist.indicators());
        List<String> errors = new ArrayList<>();
        List<RulesetDifference> changes = new ArrayList<>();
        for (LabelledRow page : pages) {
            if (!(read(page, saved) instanceof Disposition.Fetched captured)) {
                throw new BadInputException(
                        page.where() + ": " + page.path() + " is not a text page; list saved HTML or text pages only");
            }
            Finding finding = analyser.analyse(captured.capture());
            try {
                evaluation.add(page.label(), page.flagged(), finding);
            } catch (IllegalArgumentException e) {
                throw new BadInputException(page.where() + ": " + page.path() + ": " + e.getMessage());
            }
            if (finding.flagged() != page.flagged()) {
                errors.add((page.flagged() ? "missed " : "wrong  ") + page.path() + " (" + page.label() + ", "
                        + finding.score() + " points, " + words(uses(finding)) + ")");
            }
            if (baselineAnalyser != null) {
                addDifference(page.path(), baselineAnalyser.analyse(captured.capture()), finding, changes);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonMapper.builder()
                    .build()
                    .writeValueAsString(toJson(watchlist, pages.size(), evaluation, changes)));
        } else {
            print(out, pages.size(), evaluation, errors, changes);
        }
        return ExitCode.COMPLETE;
    }

    private static RulesetAnalyser compileRules(Path folder, LocalDate today) throws Exception {
        Options.Config config = new Options.Config();
        config.folder = folder;
        return new RulesetAnalyser(CheckVerb.read(config), today);
    }

    private Disposition read(LabelledRow page, SavedPages saved) {
        try {
            Path file = SavedPages.file(page.path(), labels.toAbsolutePath().getParent());
            return saved.read(file, SavedPages.url(page.url()));
        } catch (BadInputException e) {
            throw new BadInputException(page.where() + ": " + e.getMessage());
        }
    }

    private static List<String> uses(Finding finding) {
        return finding.brandUses().stream()
                .map(use -> use.brand() + ":" + use.kind().label())
                .toList();
    }

    private static void addDifference(String path, Finding before, Finding now, List<RulesetDifference> changes) {
        String change = now.flagged() && !before.flagged()
                ? "newly flagged"
                : before.flagged() && !now.flagged() ? "no longer flagged" : "read otherwise";
        if (now.flagged() != before.flagged() || !uses(now).equals(uses(before))) {
            changes.add(new RulesetDifference(
                    path,
                    change,
                    before.score(),
                    now.score(),
                    uses(before),
                    uses(now),
                    Shift.between(before.reasons(), now.reasons())));
        }
    }

    private static Map<String, Object> toJson(
            Watchlist watchlist, int pages, Evaluation evaluation, List<RulesetDifference> changes) {
        Map<String, Object> kinds = new LinkedHashMap<>();
        evaluation.kinds().forEach((kind, measures) -> kinds.put(kind.label(), measures));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("rulesetSha256", watchlist.rulesetSha256());
        all.put("pages", pages);
        all.put("flagged", evaluation.flagged());
        all.put("kinds", kinds);
        all.put("indicators", evaluation.indicators());
        all.put("contexts", evaluation.contexts());
        all.put("changes", changes);
        return all;
    }

    private void print(
            PrintWriter out, int pages, Evaluation evaluation, List<String> errors, List<RulesetDifference> changes) {
        out.printf("%d pages; 95 %% confidence intervals (Wilson)%n%n", pages);
        out.printf("%-34s %-20s %-20s %5s %6s %6s %6s%n", "", "precision", "recall", "F1", "hits", "wrong", "missed");
        row(out, "flagged", evaluation.flagged());
        evaluation.kinds().forEach((kind, measures) -> row(out, kind.label(), measures));
        Share falseAlarms = evaluation.flagged().falseAlarmRate();
        out.printf(
                "%nfalse-positive rate: %s of %d pages that should not be flagged%n",
                share(falseAlarms), falseAlarms.of());
        out.printf("%nindicators; a hit is a match on a page that should be flagged%n");
        evaluation.indicators().forEach((rule, measures) -> row(out, rule, measures));
        out.printf("%ncontexts; a hit is a match on a page that should not be flagged%n");
        evaluation.contexts().forEach((rule, measures) -> row(out, rule, measures));
        if (!errors.isEmpty()) {
            out.printf("%npages that are missed or wrongly flagged%n");
            errors.forEach(line -> out.println("  " + Terminal.sanitise(line)));
        }
        if (baseline != null) {
            out.printf(
                    "%n%d %s from %s%n",
                    changes.size(), changes.size() == 1 ? "page differs" : "pages differ", baseline);
            for (RulesetDifference change : changes) {
                out.println(Terminal.sanitise("  %s: %s, %d to %d points"
                        .formatted(change.change, change.path, change.scoreBefore, change.score)));
                if (!change.before.equals(change.after)) {
                    out.println(Terminal.sanitise(
                            "      brand uses " + words(change.before) + ", now " + words(change.after)));
                }
                change.why.forEach(shift -> out.println(Terminal.sanitise("      " + shift)));
            }
        }
        out.flush();
    }

    private static String words(List<String> uses) {
        return uses.isEmpty() ? "nothing" : String.join(" ", uses);
    }

    private static void row(PrintWriter out, String name, Measures measures) {
        out.printf(
                Locale.ROOT,
                "%-34s %-20s %-20s %5.2f %6d %6d %6d%n",
                name,
                share(measures.precision()),
                share(measures.recall()),
                measures.f1(),
                measures.hits(),
                measures.falseAlarms(),
                measures.misses());
    }

    private static String share(Share share) {
        return share.of() == 0
                ? "-"
                : String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", share.value(), share.low(), share.high());
    }
}
