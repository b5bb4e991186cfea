package org.markwatch.queue;

import java.time.Instant;

/**
 * One reviewer's live hold on an item.
 *
 * @param reviewer account name
 * @param since    when it was taken
 * @param until    when it lapses unless it is renewed
 */
public record Claim(String reviewer, Instant since, Instant until) {}
