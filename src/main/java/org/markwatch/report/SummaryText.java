package org.markwatch.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Formats a summary for a terminal. A summary contains no text of crawled pages, so nothing needs escaping. */
final class SummaryText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String BOLD = "1";
    private static final String GREEN = "32";
    private static final String YELLOW = "33";
    private static final String RED = "31";

    /** What to do about a run that obtained no text. */
    static final String ADVICE = "see the causes with: markwatch export pages";

    private final boolean colour;

    SummaryText(boolean colour) {
        this.colour = colour;
    }

    String of(RunSummary run) {
        RunSummary.PageCounts pages = run.pages();
        RunSummary.ItemCounts items = run.items();
        StringBuilder text = new StringBuilder();
        text.append(coloured(BOLD, "Run " + run.runId()))
                .append(' ')
                .append(coloured(run.status().equals("complete") ? GREEN : RED, run.status()))
                .append("  ")
                .append(time(run.startedAt()))
                .append(" UTC, ")
                .append(duration(run.startedAt(), run.endedAt()))
                .append('\n');
        boolean hasRequests =
                pages.total() > 0 || run.requestsByKind().values().stream().anyMatch(n -> n > 0);
        if (hasRequests) {
            line(text, "sites", plural(run.seeds(), "seed") + ", " + plural(run.hosts(), "host"));
            line(
                    text,
                    "pages",
                    "%d fetched, %d not modified, %d redirected, %d refused, %d disallowed, %d failed; %s per second"
                            .formatted(
                                    pages.fetched(),
                                    pages.notModified(),
                                    pages.redirected(),
                                    pages.refused(),
                                    pages.disallowed(),
                                    pages.failed(),
                                    decimal(run.pagesPerSecond())));
        }
        if (run.shells() > 0) {
            line(
                    text,
                    "shells",
                    coloured(YELLOW, run.shells() == 1 ? "1 page has" : run.shells() + " pages have")
                            + " no text unless scripts run; a text-only crawl cannot see their content");
        }
        if (run.readNoPage()) {
            line(text, "warning", coloured(RED, "no page was read") + ", so nothing could be found; " + ADVICE);
        }
        if (!run.economy().isEmpty()) {
            line(text, "savings", counts(run.economy()));
        }
        if (hasRequests) {
            line(text, "refused", counts(run.refused()));
        }
        line(text, "requests", counts(run.requestsByKind()));
        if (run.despiteRobots() > 0) {
            line(
                    text,
                    "robots",
                    coloured(YELLOW, plural(run.despiteRobots(), "request") + " despite robots.txt")
                            + ", authorised by their seeds; see the audit");
        }
        if (hasRequests) {
            line(
                    text,
                    "pictures",
                    coloured(
                                    run.pictureBytesAccepted() == 0 ? GREEN : RED,
                                    run.pictureBytesAccepted() + " bytes accepted")
                            + ", text " + bytes(run.bytes()));
        }
        line(text, "matches", Long.toString(run.matches()));
        if (!run.background().isEmpty()) {
            line(text, "observed", counts(run.background()) + " (pages that match a background indicator)");
        }
        line(
                text,
                "items",
                coloured(items.added() + items.reopened() > 0 ? YELLOW : GREEN, items.added() + " new")
                        + ", %d reopened, %d unchanged (%d raised, %d lowered), %d dropped, %d suppressed"
                                .formatted(
                                        items.reopened(),
                                        items.unchanged(),
                                        items.raised(),
                                        items.lowered(),
                                        items.dropped(),
                                        items.suppressed()));
        if (!run.heldBack().isEmpty()) {
            line(text, "held back", heldBack(run.heldBack()) + "; see markwatch export held-back");
        }
        if (run.sample().sampled() > 0) {
            line(text, "sample", sample(run.sample()));
        }
        if (Set.copyOf(run.rulesets()).size() > 1) {
            line(
                    text,
                    "rulesets",
                    coloured(YELLOW, "the run was resumed with other rules") + ", in order: "
                            + String.join(", ", run.rulesets()));
        } else {
            line(text, "ruleset", run.rulesetSha256());
        }
        line(text, "heap", "at most " + run.peakHeapMb() + " MiB");
        return text.toString();
    }

    /** Returns status, duration, pages and items in one line. */
    static String line(RunSummary run) {
        RunSummary.PageCounts pages = run.pages();
        return "Run %d %s after %s: %d of %d pages read, %d refused, %d disallowed, %d failed; %s; items: %d new, %d reopened"
                .formatted(
                        run.runId(),
                        run.status(),
                        duration(run.startedAt(), run.endedAt()),
                        pages.read(),
                        pages.total(),
                        pages.refused(),
                        pages.disallowed(),
                        pages.failed(),
                        run.matches() == 1 ? "1 match" : run.matches() + " matches",
                        run.items().added(),
                        run.items().reopened());
    }

    private static String heldBack(Map<String, Long> pages) {
        return pages.getOrDefault("points", 0L) + " with too few points, " + pages.getOrDefault("mention", 0L)
                + " that only name a brand, " + pages.getOrDefault("suppressed", 0L) + " suppressed";
    }

    private static String sample(RunSummary.SampleCounts sample) {
        String decided = sample.decided() == 0
                ? "none is decided yet"
                : "%d decided, %d of them hits: %s %% (95 %% interval %s to %s %%)"
                        .formatted(
                                sample.decided(),
                                sample.hits(),
                                decimal(100.0 * sample.hits() / sample.decided()),
                                decimal(100 * sample.low()),
                                decimal(100 * sample.high()));
        return "%d new; %d sampled in 90 days, %s".formatted(sample.queued(), sample.sampled(), decided);
    }

    private static String plural(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("  ")
                .append(name)
                .append(" ".repeat(10 - name.length()))
                .append(value)
                .append('\n');
    }

    private static String counts(Map<String, Long> counts) {
        String text = counts.entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .map(count -> count.getKey() + " " + count.getValue())
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "none" : text;
    }

    /** Returns a time in UTC, to the second. */
    static String time(Instant at) {
        return TIME.format(at);
    }

    /** Returns a duration in hours and minutes, minutes and seconds, or seconds. */
    static String duration(Instant from, Instant to) {
        Duration time = Duration.between(from, to);
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        if (time.toMinutes() > 0) {
            return time.toMinutes() + " min " + time.toSecondsPart() + " s";
        }
        return decimal(time.toMillis() / 1000.0) + " s";
    }

    private static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " bytes";
        }
        return bytes < 1024 * 1024 ? decimal(bytes / 1024.0) + " KiB" : decimal(bytes / 1024.0 / 1024.0) + " MiB";
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    private String coloured(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
