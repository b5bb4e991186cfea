/**
 * The command line and its verbs.
 *
 * <p>In: arguments, environment variables and the job-config folder. Out: calls to the other packages, text or JSON on
 * standard output, one line on standard error for each error, and an exit code. The package does not crawl, analyse or
 * store anything itself.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "url",
            "watchlist",
            "crawl",
            "crawl::run",
            "crawl::scope",
            "crawl::store",
            "crawl::content",
            "crawl::engine",
            "crawl::partition",
            "extract",
            "brand",
            "match",
            "score",
            "queue",
            "review",
            "review::context",
            "review::team",
            "report",
            "notify",
            "database",
            "schema",
            "backup",
            "job",
            "demo"
        })
package org.markwatch.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
