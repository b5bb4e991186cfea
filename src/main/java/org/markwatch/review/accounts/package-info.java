/**
 * The pages of the console on accounts. In: what administrators and account owners submit. Out: changes of {@link
 * org.markwatch.review.Accounts}, one-time passwords that are shown once, and language and time zone of each request.
 */
@NullMarked
package org.markwatch.review.accounts;

import org.jspecify.annotations.NullMarked;
