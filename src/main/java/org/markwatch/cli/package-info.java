/**
 * The verbs of the command line.
 *
 * <p>In: words typed. Out: calls into the other packages, one line for a fault, and an exit code. It has no logic of its
 * own.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "watchlist",
            "crawl",
            "extract",
            "match",
            "score",
            "queue",
            "review",
            "report",
            "database",
            "job",
            "demo"
        })
package org.markwatch.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
