package org.markwatch.queue;

/**
 * How many pages of a run had which effect on the queue.
 *
 * @param added      pages queued for the first time
 * @param reopened   decided items that were re-opened
 * @param unchanged  items whose state did not change: still decided, or still waiting
 * @param suppressed findings that were not queued because the host is the brand's own or an authorised merchant's
 * @param sampled    held-back pages queued for the first time to measure what the rules miss
 */
public record Admission(long added, long reopened, long unchanged, long suppressed, long sampled) {}
