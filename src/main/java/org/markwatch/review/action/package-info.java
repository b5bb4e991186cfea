/**
 * The pages of the actions that follow decisions.
 *
 * <p>In: open actions, items and what people did. Out: a list, forms, and the text of a draft for a person to submit. The
 * console submits nothing.
 */
@NullMarked
package org.markwatch.review.action;

import org.jspecify.annotations.NullMarked;
