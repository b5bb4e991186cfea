package org.markwatch.crawl.revisit;

import java.time.Instant;

/**
 * When a URL is visited again.
 *
 * @param schedule schedule after the visit
 * @param dueAt    when the next request is due
 */
public record NextVisit(RevisitSchedule schedule, Instant dueAt) {}
