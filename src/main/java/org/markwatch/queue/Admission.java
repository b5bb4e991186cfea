package org.markwatch.queue;

/**
 * How many pages of a run had which effect on the queue.
 *
 * @param added      pages queued for the first time
 * @param reopened   decided or closed items that were re-opened
 * @param unchanged  items whose state did not change: still decided, or still waiting
 * @param raised     those of the unchanged items that wait with a higher severity or more points than before
 * @param lowered    those of the unchanged items that wait with a lower severity or fewer points than before
 * @param dropped    items that closed because no rule supports them any more
 * @param suppressed findings that were not queued because the host is the brand's own or an authorised merchant's
 * @param sampled    held-back pages queued for the first time to measure what the rules miss
 */
public record Admission(
        long added,
        long reopened,
        long unchanged,
        long raised,
        long lowered,
        long dropped,
        long suppressed,
        long sampled) {}
