package org.markwatch.watchlist.edit;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of a difference in unified format.
 *
 * @param text the line with its sign, without its line feed; may hold any other character
 */
public record DiffLine(LineKind kind, String text) {
    /** What a line tells. */
    public enum LineKind {
        /** A line of the file before and after the change. */
        SAME,
        /** A line that the change adds. */
        ADDED,
        /** A line that the change removes. */
        REMOVED,
        /** The name of the file, the numbers of the lines that follow, or that the line before ends without a line feed. */
        PLACE
    }

    private static final int HEADER_LINES = 2;

    /**
     * Returns the lines of a difference that {@link FileChange#diff} returned. A line of the file starts with its sign, so its
     * text cannot pass for another kind of line.
     */
    public static List<DiffLine> of(String diff) {
        List<DiffLine> lines = new ArrayList<>();
        for (String line : diff.split("\n", -1)) {
            lines.add(new DiffLine(kind(line, lines.size()), line));
        }
        lines.removeLast(); // what follows the last line feed
        return lines;
    }

    private static LineKind kind(String line, int number) {
        if (number < HEADER_LINES || line.isEmpty()) {
            return LineKind.PLACE;
        }
        return switch (line.charAt(0)) {
            case '+' -> LineKind.ADDED;
            case '-' -> LineKind.REMOVED;
            case ' ' -> LineKind.SAME;
            default -> LineKind.PLACE;
        };
    }
}
