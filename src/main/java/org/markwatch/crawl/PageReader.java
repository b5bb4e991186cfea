package org.markwatch.crawl;

/** Reads a page once, for its links and for everything downstream. Called by many threads at the same time. */
@FunctionalInterface
public interface PageReader<R> {
    /** Never fetches. A page that cannot be made sense of yields a reading without links, not an exception. */
    Reading<R> read(Capture capture);
}
