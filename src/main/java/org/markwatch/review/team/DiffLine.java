package org.markwatch.review.team;

import java.util.List;
import org.markwatch.review.DisplayText;

/**
 * A line of a difference in unified format.
 *
 * @param kind {@code added}, {@code removed}, {@code place} or {@code same}
 * @param text the line with its sign, escaped
 */
record DiffLine(String kind, String text) {
    static List<DiffLine> of(String diff) {
        return diff.lines()
                .map(line -> new DiffLine(kind(line), DisplayText.escape(line)))
                .toList();
    }

    private static String kind(String line) {
        if (line.startsWith("@@") || line.startsWith("---") || line.startsWith("+++")) {
            return "place";
        }
        return line.startsWith("+") ? "added" : line.startsWith("-") ? "removed" : "same";
    }
}
