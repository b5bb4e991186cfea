package org.markwatch.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.markwatch.score.Finding;
import org.markwatch.score.Reason;

/** The flagged pages of a run as a table for a terminal: score, page, brands, and why. */
final class FlaggedTable {
    private static final int REASONS = 4;

    private FlaggedTable() {}

    static String of(List<Finding> flagged) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"SCORE", "SEVERITY", "LANE", "PAGE", "BRANDS"});
        flagged.stream()
                .sorted(Comparator.comparingInt(Finding::score)
                        .reversed()
                        .thenComparing(f -> f.url().toString()))
                .forEach(finding -> {
                    rows.add(new String[] {
                        Integer.toString(finding.score()),
                        finding.severity(),
                        finding.lane(),
                        Terminal.defang(finding.url()),
                        brands(finding)
                    });
                    rows.add(new String[] {"", "", "", "  why: " + why(finding), ""});
                });
        return layOut(rows);
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
                .limit(REASONS)
                .map(reason -> String.format("%+d %s", reason.points(), reason.rule()))
                .collect(Collectors.joining(", "));
        return reasons.size() <= REASONS ? first : first + " and " + (reasons.size() - REASONS) + " more";
    }

    /** Columns as wide as their widest cell, but for pages, whose reasons may run on. */
    private static String layOut(List<String[]> rows) {
        int[] widths = new int[5];
        for (String[] row : rows) {
            for (int column = 0; column < row.length; column++) {
                if (!row[column].startsWith("  why")) {
                    widths[column] = Math.max(widths[column], row[column].length());
                }
            }
        }
        StringBuilder table = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.length; column++) {
                line.append(row[column]).repeat(' ', Math.max(0, widths[column] - row[column].length()) + 2);
            }
            table.append(Terminal.plain(line.toString().stripTrailing())).append('\n');
        }
        return table.toString();
    }
}
