package org.markwatch.cli;

import org.markwatch.crawl.store.DispositionStore;
import org.markwatch.review.RecrawlRequests;
import org.markwatch.url.HttpUrl;

/** Lets the console make a page due. */
record ConsoleRecrawls(DispositionStore pages) implements RecrawlRequests {
    @Override
    public boolean dueNextNight(HttpUrl page) {
        return pages.makeDue(page);
    }
}
