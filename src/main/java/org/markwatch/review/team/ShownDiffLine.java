package org.markwatch.review.team;

import java.util.List;
import java.util.Locale;
import org.markwatch.review.DisplayText;
import org.markwatch.watchlist.edit.DiffLine;

/**
 * A line of a difference as templates see it.
 *
 * @param kind {@code added}, {@code removed}, {@code place} or {@code same}
 * @param text the line with its sign, escaped
 */
record ShownDiffLine(String kind, String text) {
    static List<ShownDiffLine> of(String diff) {
        return DiffLine.of(diff).stream()
                .map(line ->
                        new ShownDiffLine(line.kind().name().toLowerCase(Locale.ROOT), DisplayText.escape(line.text())))
                .toList();
    }
}
