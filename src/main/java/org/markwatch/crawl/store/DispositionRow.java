package org.markwatch.crawl.store;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Capture;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.content.OneLine;
import org.markwatch.url.HttpUrl;

/**
 * The columns of table {@code page} that depend on the disposition.
 *
 * @param finalUrl last URL of the redirect chain, null if it is the URL of the page
 */
record DispositionRow(
        @Nullable String finalUrl,
        String disposition,
        @Nullable String kind,
        @Nullable String cause,
        @Nullable String reason,
        int status,
        @Nullable String contentType,
        @Nullable String charset,
        int bytes,
        boolean truncated,
        OffsetDateTime at) {

    static DispositionRow of(EndedVisit visit) {
        OffsetDateTime at = visit.disposition().at().atOffset(ZoneOffset.UTC);
        String label = visit.disposition().label();
        return switch (visit.disposition()) {
            case Disposition.Fetched(Capture c) ->
                new DispositionRow(
                        null,
                        label,
                        null,
                        null,
                        null,
                        c.status(),
                        c.contentType(),
                        c.charset(),
                        c.bytes(),
                        c.truncated(),
                        at);
            case Disposition.NotModified n ->
                new DispositionRow(null, label, null, null, null, n.status(), visit.contentType(), null, 0, false, at);
            case Disposition.Redirected r ->
                withoutText(other(visit.url(), r.target()), label, null, null, null, 0, 0, at);
            case Disposition.Refused r ->
                withoutText(
                        other(visit.url(), r.finalUrl()),
                        label,
                        r.kind().name(),
                        null,
                        r.reason(),
                        r.status(),
                        r.bytes(),
                        at);
            case Disposition.Disallowed d -> withoutText(null, label, null, null, d.reason(), 0, 0, at);
            case Disposition.Failed f ->
                withoutText(other(visit.url(), f.finalUrl()), label, null, f.cause(), f.reason(), f.status(), 0, at);
        };
    }

    private static DispositionRow withoutText(
            @Nullable String finalUrl,
            String label,
            @Nullable String kind,
            @Nullable String cause,
            @Nullable String reason,
            int status,
            int bytes,
            OffsetDateTime at) {
        return new DispositionRow(
                finalUrl,
                label,
                kind,
                cause,
                reason == null ? null : OneLine.of(reason),
                status,
                null,
                null,
                bytes,
                false,
                at);
    }

    private static @Nullable String other(HttpUrl url, @Nullable HttpUrl finalUrl) {
        return finalUrl == null || finalUrl.equals(url) ? null : finalUrl.toString();
    }
}
