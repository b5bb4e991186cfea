/**
 * What decisions say of rules.
 *
 * <p>In: the evidence of items and the decisions on them. Out: the precision of a rule. The package changes nothing.
 */
@NullMarked
@NamedInterface("precision")
package org.markwatch.queue.precision;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
