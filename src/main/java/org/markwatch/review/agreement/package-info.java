/**
 * The page that shows how far reviewers agree, and the choice of calibration items.
 *
 * <p>In: comparisons of decisions. Out: a page for supervisors. The page ranks nobody.
 */
@NullMarked
package org.markwatch.review.agreement;

import org.jspecify.annotations.NullMarked;
