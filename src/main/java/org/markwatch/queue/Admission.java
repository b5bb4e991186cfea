package org.markwatch.queue;

/**
 * What the findings of a run did to the queue, in pages.
 *
 * @param added      pages that were queued for the first time
 * @param reopened   decided items that wait again
 * @param unchanged  items that stayed what they were: decided and quiet, or still waiting
 * @param suppressed findings that were not queued because the site is the brand's own or authorised
 */
public record Admission(long added, long reopened, long unchanged, long suppressed) {}
