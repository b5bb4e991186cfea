/**
 * The interface for programs under {@code /api/v1}, and the page where people make its tokens.
 *
 * <p>In: requests with a token. Out: JSON records of its own, which are a stable interface, and {@code application/problem+json}
 * (RFC 9457) for every fault. It does what the screens do, by the same services and the same permissions; {@code openapi.yaml}
 * describes it.
 */
@NullMarked
package org.markwatch.review.api;

import org.jspecify.annotations.NullMarked;
