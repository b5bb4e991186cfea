package org.markwatch.review;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.markwatch.url.HttpUrl;

/** Knows every page, and remembers those that are due. */
final class StubRecrawls implements RecrawlRequests {
    private final List<HttpUrl> due = new CopyOnWriteArrayList<>();

    List<HttpUrl> due() {
        return due;
    }

    @Override
    public boolean dueNextNight(HttpUrl page) {
        return due.add(page);
    }
}
