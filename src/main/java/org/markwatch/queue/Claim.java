package org.markwatch.queue;

import java.time.Instant;

/**
 * A reviewer's lease on an item that has not expired.
 *
 * @param reviewer account name
 * @param since    when the reviewer claimed the item
 * @param until    when the lease expires unless it is renewed
 */
public record Claim(String reviewer, Instant since, Instant until) {}
