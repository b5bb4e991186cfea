package org.markwatch.queue.cluster;

import java.util.List;
import java.util.Map;

/**
 * What a bulk decision on a cluster would do: a dry run.
 *
 * @param items         the items that it would decide, by number
 * @param more          number of further items that it would leave for another bulk decision, because there is a limit
 * @param byLane        how many of {@code items} are in each lane
 * @param byState       how many of {@code items} are in each state
 * @param heldByOthers  open items that it would skip because another reviewer holds them
 * @param decidedByYou  open items on which a decision of the reviewer waits for its second review; it would leave them
 * @param disputed      open items with two different decisions, which need a third person who sees both; it would leave them
 * @param decided       decided items, which it would not change
 * @param closed        closed items, which it would not change
 * @param sample        items that the reviewer must have opened before
 * @param token         names the items and their evidence; another plan has another token
 */
public record BulkPlan(
        List<PlannedItem> items,
        int more,
        Map<String, Integer> byLane,
        Map<String, Integer> byState,
        int heldByOthers,
        int decidedByYou,
        int disputed,
        int decided,
        int closed,
        List<SampledItem> sample,
        String token) {
    public BulkPlan {
        items = List.copyOf(items);
        sample = List.copyOf(sample);
    }

    /**
     * An item that would be decided.
     *
     * @param evidenceSha256 hash of the evidence that it has now
     */
    public record PlannedItem(long id, String lane, String state, String evidenceSha256) {}

    /** @param opened whether the reviewer has opened the item with the evidence that it has now */
    public record SampledItem(long id, boolean opened) {}

    /** Returns whether there is something to decide and the reviewer has opened every item of the sample. */
    public boolean isReady() {
        return !items.isEmpty() && sample.stream().allMatch(SampledItem::opened);
    }
}
