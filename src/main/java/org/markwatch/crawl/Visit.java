package org.markwatch.crawl;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A URL of the frontier with how its visit ended. Hundreds wait to be committed, so nothing of the page itself is in it.
 *
 * @param frontierId row of the frontier
 * @param url        normalised URL
 * @param host       scheme, host and port as the politeness key
 * @param depth      links away from the seed
 * @param disposition      the one disposition; the text of a capture is left out, since it has been read
 * @param textSha256 hex SHA-256 of the normalised text, null unless captured
 * @param references media that the page refers to, counted by kind
 * @param outcome    what came of its text, null unless captured or not modified
 */
public record Visit<R>(
        long frontierId,
        URI url,
        String host,
        int depth,
        Disposition disposition,
        @Nullable String textSha256,
        Map<Disposition.RefusalKind, Integer> references,
        @Nullable PageOutcome<R> outcome) {}
