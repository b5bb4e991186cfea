package org.markwatch.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.HostConnection.ServerCertificate;
import org.markwatch.crawl.store.DispositionStore;
import org.markwatch.crawl.store.HostConnections;
import org.markwatch.crawl.store.HostRefusals;
import org.markwatch.crawl.store.KeptTextStore;
import org.markwatch.crawl.store.StoredReferences;
import org.markwatch.extract.PageOutline;
import org.markwatch.review.context.PageSurroundings;
import org.markwatch.url.HttpUrl;

/** Gives the console read access to the history, the host and the kept text of a page. */
record ConsoleSurroundings(
        DispositionStore pages,
        KeptTextStore texts,
        HostConnections connections,
        HostRefusals refusals,
        StoredReferences references)
        implements PageSurroundings {
    @Override
    public List<PastVisit> visits(HttpUrl page, int limit) {
        return pages.history(page, limit).stream()
                .map(past -> new PastVisit(
                        past.run(),
                        past.at(),
                        past.disposition(),
                        past.status(),
                        past.reason(),
                        ConsolePages.certificate(past.tls())))
                .toList();
    }

    @Override
    public List<KnownRedirect> redirectsTo(HttpUrl page, int limit) {
        return pages.redirectsTo(page, limit).stream()
                .map(each -> new KnownRedirect(each.url(), each.status()))
                .toList();
    }

    @Override
    public List<OutlineLine> outline(HttpUrl page, int limit) {
        return texts.find(page).stream()
                .flatMap(text -> PageOutline.of(text.packedContent(), limit).stream())
                .map(line -> new OutlineLine(line.kind(), line.text(), line.hidden()))
                .toList();
    }

    @Override
    public List<HostAnswer> answers(HttpUrl page, int limit) {
        return connections.of(page.origin(), limit).stream()
                .map(seen -> new HostAnswer(
                        seen.connection().address(),
                        certificate(seen.connection().certificate()),
                        seen.firstRun(),
                        seen.lastRun()))
                .toList();
    }

    @Override
    public List<RefusedUrls> refused(HttpUrl page) {
        return refusals.of(page.origin()).stream()
                .map(refused ->
                        new RefusedUrls(refused.reason(), refused.urls(), refused.firstRun(), refused.lastRun()))
                .toList();
    }

    private static @Nullable HostCertificate certificate(@Nullable ServerCertificate seen) {
        return seen == null
                ? null
                : new HostCertificate(
                        seen.sha256(),
                        seen.names(),
                        seen.moreNames(),
                        seen.subject(),
                        seen.issuer(),
                        seen.notBefore(),
                        seen.notAfter());
    }

    @Override
    public Optional<KnownReferences> references(HttpUrl page) {
        return references
                .of(page)
                .map(referred -> new KnownReferences(
                        referred.files(),
                        referred.links().stream()
                                .map(link -> new KnownLinks(link.what(), link.kind(), link.links()))
                                .toList()));
    }
}
