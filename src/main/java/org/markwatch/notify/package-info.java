/**
 * Tells others that a run has ended.
 *
 * <p>In: the summary and the report of a run, and where to send them. Out: a signed HTTP request and a mail. The package
 * sends no text of a crawled page but defanged hosts that failed, reads no answer but its status, and never fails a run.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"watchlist", "report"})
package org.markwatch.notify;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
