/**
 * Limits of how long people work on items, and the lanes that they leave out.
 *
 * <p>In: activity on items, and choices of reviewers. Out: breaks that are due, and the load of a team (tables {@code
 * exposure}, {@code lane_opt_out}). The package keeps no history and compares nobody.
 */
@NullMarked
@NamedInterface("welfare")
package org.markwatch.queue.welfare;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
