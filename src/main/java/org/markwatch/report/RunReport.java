package org.markwatch.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.markwatch.queue.AuditEntry;
import org.markwatch.queue.ItemTrends;
import org.markwatch.queue.LaneAccess;

/**
 * Writes the report of a run as one HTML file that loads nothing: charts are inline SVG, and it has no script. Everything
 * that came from a site is escaped, and hosts are defanged. Counts of items leave out restricted lanes, since the file may go
 * anywhere: if there are such lanes, it has the new items of the others, and no other counts.
 */
public final class RunReport {
    private static final int RUNS = 30;
    private static final int MOST_HOSTS = 25;

    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: light-dark(#1a2330, #e7ebf1); --muted: light-dark(#566273, #9aa7b8);
              --line: light-dark(#dce1e8, #2f3947); --page: light-dark(#fff, #12161c); --bar: light-dark(#0b5c6b, #6fc7d6); }
            body { margin: 0 auto; padding: 32px 16px; max-width: 860px; background: var(--page); color: var(--ink);
              font: 15px/1.5 system-ui, "Noto Sans", sans-serif; font-variant-numeric: tabular-nums; }
            h1 { font-size: 24px; } h2 { font-size: 17px; margin: 32px 0 8px; } .muted { color: var(--muted); }
            table { width: 100%; border-collapse: collapse; } td, th { padding: 5px 12px 5px 0; text-align: left; border-bottom: 1px solid var(--line);
              overflow-wrap: anywhere; font-weight: 400; } thead th { color: var(--muted); font-size: 13px; } .n { text-align: right; padding-right: 0; }
            svg { display: block; width: 100%; height: auto; } svg rect { fill: var(--bar); } svg text { fill: var(--ink); font-size: 13px; }
            svg .muted { fill: var(--muted); } code { overflow-wrap: anywhere; }
            """;

    private final Reports reports;
    private final HostFailures failures;
    private final Exports exports;
    private final ItemTrends trends;
    private final Supplier<LaneAccess> lanes;

    /** @param lanes returns what hides the restricted lanes */
    public RunReport(
            Reports reports, HostFailures failures, Exports exports, ItemTrends trends, Supplier<LaneAccess> lanes) {
        this.reports = reports;
        this.failures = failures;
        this.exports = exports;
        this.trends = trends;
        this.lanes = lanes;
    }

    /** Returns the summary of the latest run without the items of restricted lanes; empty if it has none. */
    public Optional<RunSummary> summary(long latestRun) {
        return reports.find(latestRun, lanes.get());
    }

    /**
     * Returns the report as HTML.
     *
     * @throws UnknownRunException if the run has no summary, since it has not ended
     */
    public String html(long runId) {
        RunSummary run = reports.find(runId).orElseThrow(() -> UnknownRunException.notEnded(runId));
        StringBuilder page = new StringBuilder();
        page.append("""
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
                <title>Run %1$d · markwatch</title>
                <style>
                %2$s</style>
                </head>
                <body>
                <h1>Run %1$d: %3$s</h1>
                <p class="muted">%4$s UTC, took %5$s. Ruleset <code>%6$s</code></p>
                """.formatted(
                        run.runId(),
                        STYLE,
                        escaped(run.status()),
                        SummaryText.time(run.startedAt()),
                        SummaryText.duration(run.startedAt(), run.endedAt()),
                        escaped(run.rulesetSha256())));
        if (run.readNoPage()) {
            page.append("<p><b>No page was read</b>, so the run could find nothing.</p>\n");
        }
        bars(page, "URLs by disposition", dispositions(run));
        bars(page, "Refused by kind of content", largestFirst(run.refused()));
        bars(page, "Failures by cause", causes(runId));
        hosts(page, runId);
        Map<String, Long> newItems = newItems(runId);
        bars(page, "Items", lanes.get().hidden().isEmpty() ? items(run) : Map.of("new", newItems.get(name(run))));
        columns(page, "New items of this and earlier runs", newItems);
        bars(page, "Requests by kind", largestFirst(run.requestsByKind()));
        page.append(
                "<h2>Text only</h2>\n<p>Accepted bytes of pictures and videos: <b>%,d</b>. Accepted bytes of text: %,d.</p>\n"
                        .formatted(run.pictureBytesAccepted(), run.bytes()));
        exports.attestation(runId).ifPresent(entry -> attestation(page, entry));
        return page.append("</body>\n</html>\n").toString();
    }

    private static Map<String, Long> largestFirst(Map<String, Long> counts) {
        Comparator<Map.Entry<String, Long>> order = Map.Entry.comparingByValue(Comparator.reverseOrder());
        Map<String, Long> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(order.thenComparing(Map.Entry.comparingByKey()))
                .forEach(count -> sorted.put(count.getKey(), count.getValue()));
        return sorted;
    }

    private static Map<String, Long> dispositions(RunSummary run) {
        RunSummary.PageCounts pages = run.pages();
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("fetched", pages.fetched());
        counts.put("not modified, or not due", pages.notModified());
        counts.put("redirected", pages.redirected());
        counts.put("refused", pages.refused());
        counts.put("disallowed by robots.txt", pages.disallowed());
        counts.put("failed", pages.failed());
        return counts;
    }

    private static Map<String, Long> items(RunSummary run) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("new", run.items().added());
        counts.put("re-opened", run.items().reopened());
        counts.put("raised", run.items().raised());
        counts.put("lowered", run.items().lowered());
        counts.put("closed, since no rule supports them", run.items().dropped());
        return counts;
    }

    private Map<String, Long> causes(long runId) {
        Map<String, Long> counts = new LinkedHashMap<>();
        failures.byCause(runId).forEach(each -> counts.put(each.cause(), each.pages()));
        return counts;
    }

    /** Returns the new items of the run and of those before it, by run, earliest first. */
    private Map<String, Long> newItems(long runId) {
        List<RunSummary> runs = reports.upTo(runId, RUNS).reversed();
        LaneAccess access = lanes.get();
        Map<Long, Long> visible = access.hidden().isEmpty()
                ? runs.stream()
                        .collect(Collectors.toMap(
                                RunSummary::runId, run -> run.items().added()))
                : trends.newItemsOf(runs.stream().map(RunSummary::runId).toList(), access);
        Map<String, Long> counts = new LinkedHashMap<>();
        runs.forEach(run -> counts.put(name(run), visible.getOrDefault(run.runId(), 0L)));
        return counts;
    }

    private static String name(RunSummary run) {
        return "run " + run.runId();
    }

    private void hosts(StringBuilder page, long runId) {
        List<HostFailures.FailedPages> hosts = failures.byHost(runId, MOST_HOSTS);
        if (hosts.isEmpty()) {
            return;
        }
        page.append(
                "<h2>Failures by host</h2>\n<table>\n<thead><tr><th>Host</th><th>Cause</th><th class=\"n\">URLs</th></tr></thead>\n");
        for (HostFailures.FailedPages each : hosts) {
            page.append("<tr><td>%s</td><td>%s</td><td class=\"n\">%,d</td></tr>\n"
                    .formatted(escaped(defanged(each.host())), escaped(each.cause()), each.pages()));
        }
        page.append("</table>\n");
    }

    private static void attestation(StringBuilder page, AuditEntry entry) {
        page.append(
                "<h2>Attestation</h2>\n<p>Audit entry %d, SHA-256 <code>%s</code>. Store the hash on another machine.</p>\n"
                        .formatted(entry.seq(), escaped(entry.sha256())));
    }

    /** Appends a horizontal bar for each count that is not 0. */
    private static void bars(StringBuilder page, String title, Map<String, Long> counts) {
        List<Map.Entry<String, Long>> rows = new ArrayList<>(counts.entrySet());
        rows.removeIf(row -> row.getValue() <= 0);
        if (rows.isEmpty()) {
            return;
        }
        long most = rows.stream().mapToLong(Map.Entry::getValue).max().orElse(1);
        int height = 26 * rows.size();
        page.append("<h2>%s</h2>\n<svg viewBox=\"0 0 820 %d\" role=\"img\" aria-label=\"%s\">\n"
                .formatted(escaped(title), height, escaped(title + ": " + spoken(rows))));
        for (int i = 0; i < rows.size(); i++) {
            long count = rows.get(i).getValue();
            page.append(String.format(
                    Locale.ROOT,
                    "<text x=\"0\" y=\"%d\">%s</text><rect x=\"250\" y=\"%d\" width=\"%.1f\" height=\"14\" rx=\"3\"/><text x=\"%.1f\" y=\"%d\">%,d</text>%n",
                    26 * i + 17,
                    escaped(rows.get(i).getKey()),
                    26 * i + 5,
                    Math.max(1, 480.0 * count / most),
                    258 + Math.max(1, 480.0 * count / most),
                    26 * i + 17,
                    count));
        }
        page.append("</svg>\n");
    }

    /** Appends a vertical column for each count. */
    private static void columns(StringBuilder page, String title, Map<String, Long> counts) {
        List<Map.Entry<String, Long>> rows = List.copyOf(counts.entrySet());
        long most =
                Math.max(1, rows.stream().mapToLong(Map.Entry::getValue).max().orElse(1));
        page.append("<h2>%s</h2>\n<svg viewBox=\"0 0 820 150\" role=\"img\" aria-label=\"%s\">\n"
                .formatted(escaped(title), escaped(title + ": " + spoken(rows))));
        double width = Math.min(60, 820.0 / rows.size());
        for (int i = 0; i < rows.size(); i++) {
            double column = 100.0 * rows.get(i).getValue() / most;
            page.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/><text x=\"%.1f\" y=\"%.1f\">%,d</text>%n",
                    i * width,
                    125 - column,
                    width * 0.7,
                    Math.max(0.5, column),
                    i * width,
                    119 - column,
                    rows.get(i).getValue()));
        }
        page.append(
                "<text class=\"muted\" x=\"0\" y=\"144\">%s</text><text class=\"muted\" x=\"%.1f\" y=\"144\">%s</text>\n</svg>\n"
                        .formatted(
                                escaped(rows.getFirst().getKey()),
                                Math.max(70, (rows.size() - 1) * width),
                                rows.size() == 1 ? "" : escaped(rows.getLast().getKey())));
    }

    private static String spoken(List<Map.Entry<String, Long>> rows) {
        return String.join(
                ", ",
                rows.stream().map(row -> row.getKey() + " " + row.getValue()).toList());
    }

    /** Returns a host that no program turns into a link. */
    private static String defanged(String host) {
        return host.replaceFirst("^http", "hxxp").replace(".", "[.]");
    }

    private static String escaped(String text) {
        StringBuilder html = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> {
            switch (codePoint) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.appendCodePoint(Values.isControl(codePoint) ? 0xFFFD : codePoint);
            }
        });
        return html.toString();
    }
}
