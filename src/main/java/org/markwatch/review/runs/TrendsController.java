package org.markwatch.review.runs;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.markwatch.queue.DecisionKind;
import org.markwatch.queue.ItemTrends;
import org.markwatch.queue.LaneAccess;
import org.markwatch.report.Reports;
import org.markwatch.report.RunSummary;
import org.markwatch.review.ConsoleWords;
import org.markwatch.review.CurrentWatchlist;
import org.markwatch.review.Permission;
import org.markwatch.review.Requires;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * Shows new items, their payment methods, decisions and refusals over time. Counts of items and decisions leave out the
 * lanes that the account may not see.
 */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
@Requires(Permission.SEE_RUNS)
class TrendsController {
    private final Reports reports;
    private final ItemTrends trends;
    private final CurrentWatchlist watchlist;
    private final Clock clock;

    TrendsController(Reports reports, ItemTrends trends, CurrentWatchlist watchlist, Clock clock) {
        this.reports = reports;
        this.trends = trends;
        this.watchlist = watchlist;
        this.clock = clock;
    }

    @GetMapping("/trends")
    String show(@RequestParam(defaultValue = "30") int days, LaneAccess access, ConsoleWords words, Model model) {
        if (!TrendPeriod.OFFERED.contains(days)) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "days must be one of " + TrendPeriod.OFFERED);
        }
        TrendPeriod period = new TrendPeriod(days, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        Map<Long, RunSummary> runs = new TreeMap<>();
        reports.since(period.since()).forEach(run -> runs.put(run.runId(), run));
        List<ItemTrends.NewItems> items = trends.newItems(runs.keySet(), access);
        model.addAttribute("days", days);
        model.addAttribute("offered", TrendPeriod.OFFERED);
        model.addAttribute("byWeek", period.byWeek());
        model.addAttribute(
                "tables",
                List.of(
                        newItems(period, runs, items, words),
                        payments(period, runs, items),
                        decisions(period, access, words),
                        refusals(period, runs, words)));
        return "trends";
    }

    private static TrendTable newItems(
            TrendPeriod period, Map<Long, RunSummary> runs, List<ItemTrends.NewItems> items, ConsoleWords words) {
        TrendTable.TrendCounts counts = new TrendTable.TrendCounts(period);
        items.stream()
                .filter(each -> each.method().isEmpty())
                .forEach(each -> counts.add(dayOf(runs, each), "items", each.items()));
        return counts.table("items", labels("items", words.text("common.new-items")));
    }

    private TrendTable payments(TrendPeriod period, Map<Long, RunSummary> runs, List<ItemTrends.NewItems> items) {
        TrendTable.TrendCounts counts = new TrendTable.TrendCounts(period);
        items.stream()
                .filter(each -> !each.method().isEmpty())
                .forEach(each -> counts.add(dayOf(runs, each), each.method(), each.items()));
        return counts.table("payments", watchlist.paymentMethods());
    }

    private TrendTable decisions(TrendPeriod period, LaneAccess access, ConsoleWords words) {
        TrendTable.TrendCounts counts = new TrendTable.TrendCounts(period);
        SequencedMap<String, String> labels = new LinkedHashMap<>();
        for (DecisionKind kind : DecisionKind.values()) {
            labels.put(kind.label(), words.label("verdict", kind.label()));
        }
        trends.decisions(period.since(), access)
                .forEach(each -> counts.add(each.day(), each.verdict(), each.decisions()));
        return counts.table("decisions", labels);
    }

    private static TrendTable refusals(TrendPeriod period, Map<Long, RunSummary> runs, ConsoleWords words) {
        TrendTable.TrendCounts counts = new TrendTable.TrendCounts(period);
        SequencedMap<String, String> labels = new LinkedHashMap<>();
        runs.values()
                .forEach(run -> run.refused().forEach((kind, pages) -> {
                    labels.put(kind, words.countName(kind));
                    counts.add(dayOf(run), kind, pages);
                }));
        return counts.table("refusals", labels);
    }

    private static LocalDate dayOf(Map<Long, RunSummary> runs, ItemTrends.NewItems items) {
        RunSummary run = runs.get(items.run());
        if (run == null) {
            throw new IllegalStateException("items of run " + items.run() + ", which was not asked for");
        }
        return dayOf(run);
    }

    private static LocalDate dayOf(RunSummary run) {
        return LocalDate.ofInstant(run.endedAt(), ZoneOffset.UTC);
    }

    private static SequencedMap<String, String> labels(String series, String label) {
        return new LinkedHashMap<>(Map.of(series, label));
    }
}
