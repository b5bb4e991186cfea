/**
 * A crawl from its start to its end.
 *
 * <p>In: a run, seeds, settings and a page analyser. Out: a running {@link org.markwatch.crawl.Crawl}. The package builds the
 * parts, fills and refills the frontier, watches for stop requests and stalls, and releases everything. It also fetches a
 * single page without a run.
 */
@NullMarked
@NamedInterface("engine")
package org.markwatch.crawl.engine;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
