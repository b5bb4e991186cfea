/**
 * Saved views of the queue: filters that a reviewer keeps under a name.
 *
 * <p>In: the entries of a filter. Out: the views of an account (table {@code saved_view}). Nobody else sees them.
 */
@NullMarked
package org.markwatch.review.view;

import org.jspecify.annotations.NullMarked;
