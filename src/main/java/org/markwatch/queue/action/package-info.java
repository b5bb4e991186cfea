/**
 * The actions that follow decisions.
 *
 * <p>In: final decisions and what people did. Out: the open actions, and the text of a draft for a person to submit (table
 * {@code action}). The package submits nothing.
 */
@NullMarked
@NamedInterface("action")
package org.markwatch.queue.action;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
