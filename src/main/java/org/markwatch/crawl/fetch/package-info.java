/**
 * HTTP exchanges that accept text only.
 *
 * <p>In: a URL of the frontier. Out: an {@link org.markwatch.crawl.fetch.ExchangeResult}: a disposition, a redirect to follow,
 * or a failure to retry. This is the only package that connects to sites: it guards addresses and ports, verifies
 * certificates, and cancels what is no text (rules T2 to T4). It neither waits for a host nor decides about a second attempt.
 */
@NullMarked
package org.markwatch.crawl.fetch;

import org.jspecify.annotations.NullMarked;
