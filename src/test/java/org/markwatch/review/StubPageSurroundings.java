package org.markwatch.review;

import java.time.Instant;
import java.util.List;
import org.markwatch.review.context.PageSurroundings;
import org.markwatch.url.HttpUrl;

/** The same history and outline for every page. */
final class StubPageSurroundings implements PageSurroundings {
    @Override
    public List<PastVisit> visits(HttpUrl page, int limit) {
        return List.of(
                new PastVisit(7, Instant.parse("2027-03-04T01:00:00Z"), "fetched", 200, "", "self-signed"),
                new PastVisit(3, Instant.parse("2027-03-01T01:00:00Z"), "failed", 503, "<b>server error</b>", ""));
    }

    @Override
    public List<HttpUrl> redirectsTo(HttpUrl page, int limit) {
        return List.of(HttpUrl.of("https://old.example/here"));
    }

    @Override
    public List<OutlineLine> outline(HttpUrl page, int limit) {
        return List.of(
                new OutlineLine("h1", "Choose a plan", false),
                new OutlineLine("form placeholder", "Card number", false),
                new OutlineLine("list item", "secret extras", true));
    }
}
