/**
 * The batch jobs: their steps, restart, progress and schedule.
 *
 * <p>In: a watchlist and a database. Out: runs that are complete or can be resumed. This is the only package that uses
 * Spring Batch and Quartz. It connects the other packages; it does not fetch, match, score or queue by itself.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "url",
            "watchlist",
            "crawl",
            "crawl::run",
            "crawl::store",
            "crawl::engine",
            "crawl::partition",
            "extract",
            "brand",
            "match",
            "score",
            "queue",
            "queue::welfare",
            "report",
            "notify"
        })
package org.markwatch.job;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
