package org.markwatch.cli;

import java.util.List;
import org.markwatch.crawl.store.DispositionStore;
import org.markwatch.crawl.store.KeptTextStore;
import org.markwatch.extract.PageOutline;
import org.markwatch.review.context.PageSurroundings;
import org.markwatch.url.HttpUrl;

/** Gives the console read access to the history and the kept text of a page. */
record ConsoleSurroundings(DispositionStore pages, KeptTextStore texts) implements PageSurroundings {
    @Override
    public List<PastVisit> visits(HttpUrl page, int limit) {
        return pages.history(page, limit).stream()
                .map(past -> new PastVisit(
                        past.run(), past.at(), past.disposition(), past.status(), past.reason(), past.tls()))
                .toList();
    }

    @Override
    public List<HttpUrl> redirectsTo(HttpUrl page, int limit) {
        return pages.redirectsTo(page, limit);
    }

    @Override
    public List<OutlineLine> outline(HttpUrl page, int limit) {
        return texts.find(page).stream()
                .flatMap(text -> PageOutline.of(text.packedContent(), limit).stream())
                .map(line -> new OutlineLine(line.kind(), line.text(), line.hidden()))
                .toList();
    }
}
