package org.markwatch.queue;

/**
 * A group of items.
 *
 * @param first the first item of the group within the filter
 * @param key   host name or number of a cluster
 * @param items number of items of the group within the filter, up to a limit
 */
public record ItemGroup(Item first, String key, long items) {}
