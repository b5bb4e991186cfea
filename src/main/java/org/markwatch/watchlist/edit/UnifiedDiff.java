package org.markwatch.watchlist.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Writes the difference of two texts in the unified format of POSIX {@code diff -u}. Lines are compared from both ends;
 * between these, line by line if both texts have as many lines, else as one block.
 */
final class UnifiedDiff {
    private static final int CONTEXT = 3;
    private static final Pattern LINE = Pattern.compile("[^\n]*\n|[^\n]+");

    private final List<String> before;
    private final List<String> after;
    private final StringBuilder diff = new StringBuilder();

    /** Lines {@code from} to {@code to} of the text before, which become {@code newFrom} to {@code newTo}. */
    private record ChangedLines(int from, int to, int newFrom, int newTo) {}

    private UnifiedDiff(String before, String after) {
        this.before = lines(before);
        this.after = lines(after);
    }

    /** Returns the lines with their line feeds; the last one has none if the text does not end with one. */
    private static List<String> lines(String text) {
        return LINE.matcher(text).results().map(MatchResult::group).toList();
    }

    /** Returns the difference; empty if the texts are equal. */
    static String of(String file, String before, String after) {
        return new UnifiedDiff(before, after).write(file);
    }

    private String write(String file) {
        List<ChangedLines> blocks = blocks();
        if (blocks.isEmpty()) {
            return "";
        }
        diff.append("--- ").append(before.isEmpty() ? "/dev/null" : "a/" + file).append('\n');
        diff.append("+++ b/").append(file).append('\n');
        int i = 0;
        while (i < blocks.size()) {
            int last = i;
            while (last + 1 < blocks.size() && blocks.get(last + 1).from - blocks.get(last).to <= 2 * CONTEXT) {
                last++;
            }
            hunk(blocks.subList(i, last + 1));
            i = last + 1;
        }
        return diff.toString();
    }

    private List<ChangedLines> blocks() {
        int shorter = Math.min(before.size(), after.size());
        int start = 0;
        while (start < shorter && before.get(start).equals(after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        int to = before.size() - end;
        int newTo = after.size() - end;
        List<ChangedLines> blocks = new ArrayList<>();
        if (to != newTo) {
            blocks.add(new ChangedLines(start, to, start, newTo));
            return blocks;
        }
        for (int line = start; line < to; line++) {
            if (!before.get(line).equals(after.get(line))) {
                int first = line;
                while (line + 1 < to && !before.get(line + 1).equals(after.get(line + 1))) {
                    line++;
                }
                blocks.add(new ChangedLines(first, line + 1, first, line + 1));
            }
        }
        return blocks;
    }

    private void hunk(List<ChangedLines> blocks) {
        ChangedLines first = blocks.getFirst();
        ChangedLines last = blocks.getLast();
        int lead = Math.min(CONTEXT, first.from);
        int end = Math.min(before.size(), last.to + CONTEXT);
        int oldLines = end - first.from + lead;
        int newLines = oldLines + (last.newTo - last.to) - (first.newFrom - first.from);
        diff.append("@@ -").append(range(first.from - lead, oldLines));
        diff.append(" +").append(range(first.newFrom - lead, newLines)).append(" @@\n");
        int line = first.from - lead;
        for (ChangedLines block : blocks) {
            write(' ', before.subList(line, block.from));
            write('-', before.subList(block.from, block.to));
            write('+', after.subList(block.newFrom, block.newTo));
            line = block.to;
        }
        write(' ', before.subList(line, end));
    }

    private static String range(int from, int lines) {
        return (lines == 0 ? from : from + 1) + "," + lines;
    }

    private void write(char sign, List<String> lines) {
        lines.forEach(line -> {
            diff.append(sign).append(line);
            if (!line.endsWith("\n")) {
                diff.append("\n\\ No newline at end of file\n");
            }
        });
    }
}
