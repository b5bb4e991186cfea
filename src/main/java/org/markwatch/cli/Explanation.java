package org.markwatch.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.markwatch.brand.Evidence;
import org.markwatch.crawl.Disposition;
import org.markwatch.job.PageExplainer.ExplainedPage;
import org.markwatch.match.Match;
import org.markwatch.score.Finding;
import org.markwatch.score.Reason;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The output of {@code explain} for one page, as JSON or as text.
 *
 * @param path      path of the file as given, empty if the page was fetched
 * @param url       URL of the page
 * @param fetch     disposition and content of the page
 * @param explained result of the analysis, null if the page has no text
 */
record Explanation(
        String path,
        String url,
        Disposition fetch,
        @Nullable ExplainedPage explained) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String BOLD = "\u001b[1m";
    private static final String HIGHLIGHT = "\u001b[1;33m";
    private static final String RESET = "\u001b[0m";

    /** Returns the finding, or null if the page has no text. */
    @Nullable
    Finding finding() {
        return explained == null ? null : explained.finding();
    }

    /**
     * Returns one line with a JSON object.
     *
     * @param rulesetSha256 hash of the ruleset, 64 hex digits
     */
    String toJson(String rulesetSha256) {
        Finding finding = finding();
        ObjectNode page = JSON.createObjectNode();
        page.put("path", path);
        page.put("url", url);
        page.put("flagged", finding != null && finding.flagged());
        page.put("score", finding == null ? 0 : finding.score());
        page.put("severity", finding == null ? "none" : finding.severity());
        page.put("lane", finding == null ? "none" : finding.lane());
        page.put("rulesetSha256", rulesetSha256);
        ArrayNode uses = page.putArray("brandUses");
        ArrayNode matches = page.putArray("matches");
        ArrayNode reasons = page.putArray("reasons");
        if (finding == null || explained == null) {
            page.put("unread", reasonNotRead());
        } else {
            page.put("suppressed", finding.suppressed());
            finding.brandUses()
                    .forEach(use -> uses.addObject()
                            .put("brand", use.brand())
                            .put("kind", use.kind().label()));
            finding.matches().forEach(match -> add(matches, match));
            finding.reasons().forEach(reason -> add(reasons, reason));
            ArrayNode evidence = page.putArray("evidence");
            explained.evidence().forEach(one -> add(evidence, one));
            page.put("truncated", truncated());
            page.put("dropped", finding.dropped());
            ArrayNode traits = page.putArray("traits");
            explained.traits().forEach(traits::add);
            ArrayNode nearly = page.putArray("nearly");
            explained
                    .nearMisses()
                    .forEach(miss -> nearly.addObject().put("rule", miss.rule()).put("why", miss.why()));
        }
        return page.toString();
    }

    private static void add(ArrayNode matches, Match match) {
        matches.addObject()
                .put("id", match.rule())
                .put("brand", match.brand())
                .put("kind", match.kind().label())
                .put("field", Terminal.label(match.field()))
                .put("start", match.start())
                .put("end", match.end())
                .put("text", match.text());
    }

    private static void add(ArrayNode reasons, Reason reason) {
        reasons.addObject()
                .put("rule", reason.rule())
                .put("group", reason.group())
                .put("points", reason.points())
                .put("capped", reason.capped())
                .put("without", reason.without())
                .put("snippet", reason.snippet());
    }

    private static void add(ArrayNode evidence, Evidence one) {
        ArrayNode features = evidence.addObject()
                .put("brand", one.brand())
                .put("kind", one.kind().label())
                .put("sum", one.sum())
                .put("needed", one.needed())
                .put("found", one.found())
                .putArray("features");
        one.features()
                .forEach(feature -> features.addObject()
                        .put("feature", feature.feature())
                        .put("points", feature.points())
                        .put("said", feature.sentence()));
    }

    /**
     * Returns lines for a terminal. Text of the page is sanitised by {@link Terminal#sanitise}.
     *
     * @param colours whether to use ANSI escape sequences
     */
    String toText(boolean colours) {
        StringBuilder text = new StringBuilder();
        text.append(path.isEmpty() ? "" : Terminal.sanitise(path) + "  ")
                .append(Terminal.sanitise(url))
                .append('\n');
        Finding finding = finding();
        if (finding == null || explained == null) {
            return text.append("  not read: ")
                    .append(Terminal.sanitise(reasonNotRead()))
                    .append('\n')
                    .toString();
        }
        text.append(colours ? BOLD : "")
                .append("  ")
                .append(finding.score())
                .append(finding.score() == 1 ? " point" : " points")
                .append(", severity ")
                .append(finding.severity())
                .append(finding.flagged() ? ", would be queued in lane " + finding.lane() : ", would not be queued")
                .append(finding.suppressed().isEmpty() ? "" : ": " + Terminal.sanitise(finding.suppressed()))
                .append(colours ? RESET : "")
                .append('\n');
        if (truncated()) {
            text.append("  truncated at the size limit of a crawl (crawl.max-body); the rest is not analysed\n");
        }
        finding.brandUses()
                .forEach(use -> text.append("  brand  ")
                        .append(use.brand())
                        .append(": ")
                        .append(use.kind().label())
                        .append('\n'));
        finding.reasons().forEach(reason -> reason(text, reason, colours));
        long withoutPoints = finding.matches().stream()
                .filter(match -> finding.reasons().stream()
                        .noneMatch(reason -> reason.rule().equals(match.rule())))
                .count();
        if (withoutPoints > 0) {
            text.append("  ").append(withoutPoints).append(" more matches without points; --json lists them\n");
        }
        if (finding.dropped() > 0) {
            text.append("  ")
                    .append(finding.dropped())
                    .append(" matches beyond the first 10,000 are not stored; every rule that matched is still"
                            + " counted\n");
        }
        explained.evidence().forEach(one -> evidence(text, one));
        explained.traits().forEach(trait -> trait(text, trait));
        if (!explained.nearMisses().isEmpty()) {
            text.append("  near misses\n");
            explained
                    .nearMisses()
                    .forEach(miss -> text.append("        ")
                            .append(Terminal.sanitise(miss.rule()))
                            .append(": ")
                            .append(singleLine(miss.why()))
                            .append('\n'));
        }
        return text.toString();
    }

    /**
     * Prints a trait as the type and pattern of an indicator; fingerprints get the usual maximum of differing bits. No
     * indicator looks for shells.
     */
    private static void trait(StringBuilder text, String trait) {
        String kind = trait.substring(0, trait.indexOf(':') + 1);
        String indicator = switch (kind) {
            case "dom:" -> "dom-fingerprint " + trait.substring(kind.length()) + "/4";
            case "text:" -> "text-fingerprint " + trait.substring(kind.length()) + "/6";
            case "shell:" -> "shell: the page says nothing without scripts, and its content cannot be seen";
            default -> "analytics " + trait;
        };
        text.append("  trait  ").append(Terminal.sanitise(indicator)).append('\n');
    }

    /** Prints the evidence for and against one use of a brand, most telling features first. */
    private static void evidence(StringBuilder text, Evidence one) {
        text.append(one.found() ? "  " : "  no ")
                .append(one.kind().label())
                .append(" of ")
                .append(one.brand())
                .append(": ")
                .append(one.sum())
                .append(" points, ")
                .append(one.needed())
                .append(" needed");
        if (!one.found() && one.sum() >= one.needed()) {
            text.append(", but too few of them from features of the brand itself");
        }
        text.append('\n');
        one.features()
                .forEach(feature -> text.append(
                        String.format(Locale.ROOT, "        %+4d  %s%n", feature.points(), feature.sentence())));
    }

    private static void reason(StringBuilder text, Reason reason, boolean colours) {
        text.append(String.format(
                Locale.ROOT,
                "  %+4d  %s  (%s, %s %d-%d%s%s; %d without it)%n",
                reason.points(),
                Terminal.sanitise(reason.rule()),
                reason.group(),
                Terminal.label(reason.field()),
                reason.start(),
                reason.end(),
                reason.count() > 1 ? ", " + reason.count() + " times" : "",
                reason.capped() ? ", capped from " + reason.weight() : "",
                reason.without()));
        String snippet = reason.snippet();
        text.append("        ")
                .append(singleLine(snippet.substring(0, reason.snippetStart())))
                .append(colours ? HIGHLIGHT : "[")
                .append(singleLine(snippet.substring(reason.snippetStart(), reason.snippetEnd())))
                .append(colours ? RESET : "]")
                .append(singleLine(snippet.substring(reason.snippetEnd())))
                .append('\n');
    }

    private static String singleLine(String text) {
        return Terminal.sanitise(text).replace('\n', ' ');
    }

    private boolean truncated() {
        return fetch instanceof Disposition.Fetched captured
                && captured.capture().truncated();
    }

    private String reasonNotRead() {
        return switch (fetch) {
            case Disposition.Fetched captured -> "";
            case Disposition.NotModified same -> "not modified";
            case Disposition.Redirected redirected -> "redirected to " + redirected.target();
            case Disposition.Refused refused -> "refused, " + refused.reason();
            case Disposition.Disallowed disallowed -> "disallowed, " + disallowed.reason();
            case Disposition.Failed failed -> "failed, " + failed.reason();
        };
    }
}
