/**
 * How hosts and addresses are spared.
 *
 * <p>In: the state of a host, and how a request to it ended. Out: the delay before the next request, the end of requests to
 * a host that fails, and permits for requests to one address.
 */
@NullMarked
package org.markwatch.crawl.politeness;

import org.jspecify.annotations.NullMarked;
