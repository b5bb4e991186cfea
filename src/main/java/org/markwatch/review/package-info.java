/**
 * The review console, a web application.
 *
 * <p>In: the items of the queue, the words and labels of the watchlist, and the actions of reviewers. Out: text-only
 * pages, accounts with their filters and tokens, proposals, and calls to the queue for claims and decisions. The console displays no picture, loads nothing from other hosts and
 * contains no link to a crawled page.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "url",
            "queue",
            "queue::action",
            "queue::agreement",
            "queue::cluster",
            "queue::precision",
            "queue::welfare",
            "report",
            "watchlist",
            "watchlist::edit"
        })
package org.markwatch.review;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
