package org.markwatch.crawl.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.revisit.RevisitSchedule;
import org.markwatch.url.HttpUrl;

/**
 * An ended visit, to be stored.
 *
 * @param page       id of the page
 * @param url        canonical URL of the page
 * @param disposition the disposition; not one that was reached without a request because the page is not due
 * @param textSha256 hex SHA-256 of the text, null if there is none
 * @param contentType media type, null if there is no text
 * @param tlsFault   fault of the certificate, or null
 * @param robotsAuthority authority against robots.txt, or null
 * @param schedule   revisit schedule after the visit
 * @param dueAt      when the next request is due
 */
record EndedVisit(
        long page,
        HttpUrl url,
        Disposition disposition,
        @Nullable String textSha256,
        @Nullable String contentType,
        @Nullable String tlsFault,
        @Nullable String robotsAuthority,
        RevisitSchedule schedule,
        Instant dueAt) {}
