/**
 * Webs for the demo, the tests and the benchmarks, served on loopback.
 *
 * <p>In: HTTP requests from the same machine. Out: about twenty neutral demo sites, or a generated web of any size, and
 * a log of the requests. The package does not crawl, does not listen on other addresses and has no dependency on the
 * rest of the program.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package org.markwatch.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
