package org.markwatch.review.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.markwatch.review.DisplayText;
import org.markwatch.review.LiteralWords;
import org.markwatch.review.Snippet;
import org.markwatch.review.context.PageSurroundings.OutlineLine;

/**
 * Lines of the outline that are revealed together: a heading and what follows it.
 *
 * @param part   part of the item, for example {@code outline-1} for the first block
 * @param number number of the block, from 1
 */
record OutlineBlock(String part, int number, boolean masked, List<OutlineRow> lines) {
    private static final String PART = "outline-";
    private static final int MOST_LINES = 10;

    OutlineBlock {
        lines = List.copyOf(lines);
    }

    /** A line of the outline, masked or revealed. */
    record OutlineRow(String kind, boolean hidden, Snippet snippet) {}

    /** Returns the outline in blocks, those of the revealed parts revealed. */
    static List<OutlineBlock> of(List<OutlineLine> outline, Set<String> revealed) {
        List<List<OutlineLine>> blocks = new ArrayList<>();
        for (OutlineLine line : outline) {
            if (blocks.isEmpty()
                    || line.kind().matches("h[1-6]")
                    || blocks.getLast().size() == MOST_LINES) {
                blocks.add(new ArrayList<>());
            }
            blocks.getLast().add(line);
        }
        List<OutlineBlock> shown = new ArrayList<>();
        for (List<OutlineLine> lines : blocks) {
            int number = shown.size() + 1;
            boolean masked = !revealed.contains(PART + number);
            shown.add(new OutlineBlock(
                    PART + number,
                    number,
                    masked,
                    lines.stream().map(line -> row(line, masked)).toList()));
        }
        return shown;
    }

    private static OutlineRow row(OutlineLine line, boolean masked) {
        return new OutlineRow(
                DisplayText.escape(line.kind()),
                line.hidden(),
                masked ? Snippet.masked(line.text(), 0, 0, LiteralWords.NONE) : Snippet.revealed(line.text(), 0, 0));
    }
}
