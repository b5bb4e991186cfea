package org.markwatch.watchlist.edit;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.Change;
import com.github.difflib.algorithm.DiffAlgorithmI;
import com.github.difflib.algorithm.DiffAlgorithmListener;
import com.github.difflib.algorithm.myers.MyersDiff;
import com.github.difflib.patch.DeltaType;
import com.github.difflib.patch.Patch;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes the difference of two texts in the unified format of POSIX {@code diff -u}. Only a line feed ends a line, so a
 * carriage return is part of its line.
 */
final class UnifiedDiff {
    /** Memory and time of the comparison grow with the square of the lines that it compares: 2,000 take 0.1 s. */
    private static final int MAX_COMPARED_LINES = 2000;

    private static final int CONTEXT = 3;
    private static final String NO_LINE_FEED = "\n\\ No newline at end of file";
    private static final Pattern LINE = Pattern.compile("[^\n]*\n|[^\n]+");

    private UnifiedDiff() {}

    /** Returns the difference; empty if the texts are equal. An empty text is a file that does not exist. */
    static String of(String file, String before, String after) {
        List<String> source = lines(before);
        Patch<String> patch = DiffUtils.diff(source, lines(after), new BoundedMyers());
        List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(
                before.isEmpty() ? null : "a/" + file, after.isEmpty() ? null : "b/" + file, source, patch, CONTEXT);
        return diff.isEmpty() ? "" : String.join("\n", diff) + "\n";
    }

    /** Returns the lines without their line feeds; a last one that has none carries the note about it. */
    private static List<String> lines(String text) {
        return LINE.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(line -> line.endsWith("\n") ? line.substring(0, line.length() - 1) : line + NO_LINE_FEED)
                .toList();
    }

    /** Compares the lines between the first and the last difference; takes them as one change if there are too many. */
    private static final class BoundedMyers implements DiffAlgorithmI<String> {
        @Override
        public List<Change> computeDiff(
                List<? extends String> source,
                List<? extends String> target,
                @Nullable DiffAlgorithmListener listener) {
            int shorter = Math.min(source.size(), target.size());
            int start = 0;
            while (start < shorter && source.get(start).equals(target.get(start))) {
                start++;
            }
            int end = 0;
            while (end < shorter - start
                    && source.get(source.size() - 1 - end).equals(target.get(target.size() - 1 - end))) {
                end++;
            }
            int sourceEnd = source.size() - end;
            int targetEnd = target.size() - end;
            if (sourceEnd - start + targetEnd - start > MAX_COMPARED_LINES) {
                return List.of(new Change(DeltaType.CHANGE, start, sourceEnd, start, targetEnd));
            }
            int shift = start;
            return new MyersDiff<String>()
                    .computeDiff(source.subList(start, sourceEnd), target.subList(start, targetEnd), listener).stream()
                            .map(change -> new Change(
                                    change.deltaType,
                                    change.startOriginal + shift,
                                    change.endOriginal + shift,
                                    change.startRevised + shift,
                                    change.endRevised + shift))
                            .toList();
        }
    }
}
