package org.markwatch.cli;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.markwatch.score.Finding;
import org.markwatch.score.Reason;

/** Formats the flagged pages of a run as a table for a terminal: score, severity, lane, page, brands and reasons. */
final class FlaggedTable {
    private static final int MAX_REASONS = 4;

    private FlaggedTable() {}

    static String of(List<Finding> flagged) {
        TextTable table = new TextTable("SCORE", "SEVERITY", "LANE", "PAGE", "BRANDS");
        flagged.stream()
                .sorted(Comparator.comparingInt(Finding::score)
                        .reversed()
                        .thenComparing(finding -> finding.url().toString()))
                .forEach(finding -> {
                    table.row(
                            Integer.toString(finding.score()),
                            finding.severity(),
                            finding.lane(),
                            Terminal.defang(finding.url()),
                            brands(finding));
                    table.lineBelow("why: " + why(finding));
                });
        return table.toString();
    }

    private static String brands(Finding finding) {
        return finding.brandUses().stream()
                .map(use -> use.brand() + " " + use.kind().label())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String why(Finding finding) {
        List<Reason> reasons = finding.reasons();
        String first = reasons.stream()
                .limit(MAX_REASONS)
                .map(reason -> String.format("%+d %s", reason.points(), reason.rule()))
                .collect(Collectors.joining(", "));
        return reasons.size() <= MAX_REASONS ? first : first + " and " + (reasons.size() - MAX_REASONS) + " more";
    }
}
