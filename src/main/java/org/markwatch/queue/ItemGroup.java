package org.markwatch.queue;

/**
 * A group of items.
 *
 * @param first the first item of the group within the filter
 * @param key   host name or number of a cluster
 * @param count number of items of the group within the filter, as far as they have been counted
 */
public record ItemGroup(Item first, String key, Items.ItemCount count) {
    /** Returns the number of items that have been counted. */
    public long items() {
        return count.items();
    }
}
