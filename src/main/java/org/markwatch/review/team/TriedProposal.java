package org.markwatch.review.team;

import java.util.List;
import org.markwatch.review.Defanged;
import org.markwatch.review.DisplayText;

/**
 * What a proposal would change on kept pages, for the screen.
 *
 * @param read    number of pages read
 * @param flagged pages that would be newly flagged
 * @param dropped pages that would no longer be flagged
 * @param other   pages that would only have other points
 * @param rows    the first of these pages, newly flagged and dropped ones first; none for accounts that may not
 *                see revealed text
 */
record TriedProposal(int read, long flagged, long dropped, long other, List<TriedRow> rows) {
    private static final int LISTED = 20;

    /** A page: its defanged origin, its points before and after, what becomes of it, and the rules that differ. */
    record TriedRow(String origin, int before, int after, String what, String why) {}

    /** @param listed whether pages are listed; a rule that was written for it would tell what a page says */
    static TriedProposal of(int read, List<RuleTrial.ChangedPage> changes, boolean listed) {
        long flagged = changes.stream()
                .filter(each -> each.isFlagged() && !each.wasFlagged())
                .count();
        long dropped = changes.stream()
                .filter(each -> each.wasFlagged() && !each.isFlagged())
                .count();
        List<TriedRow> rows = changes.stream()
                .sorted((a, b) -> Boolean.compare(b.wasFlagged() != b.isFlagged(), a.wasFlagged() != a.isFlagged()))
                .limit(listed ? LISTED : 0)
                .map(each -> new TriedRow(
                        Defanged.of(each.page()).origin(),
                        each.before(),
                        each.after(),
                        each.wasFlagged() == each.isFlagged() ? "other" : each.isFlagged() ? "flagged" : "dropped",
                        DisplayText.escape(String.join("; ", each.why()))))
                .toList();
        return new TriedProposal(read, flagged, dropped, changes.size() - flagged - dropped, rows);
    }
}
