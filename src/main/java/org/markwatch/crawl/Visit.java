package org.markwatch.crawl;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;

/**
 * The end of the visit of a URL. Hundreds of them wait to be committed, so it does not hold the text of the page.
 *
 * @param <R>        result of the page analysis
 * @param frontierId id of the row in table {@code frontier}
 * @param url        canonical URL
 * @param host       scheme, host and port; the key of the politeness delay
 * @param partition  number of the partition that it belongs to
 * @param depth      number of links from the seed, 0 or more
 * @param disposition      the disposition; a capture has no text
 * @param textSha256 hex SHA-256 of the normalised text, null unless the page was fetched
 * @param references files other than pages that the page refers to, counted by kind
 * @param shell      whether the page was fetched or not modified, and says nothing without scripts
 * @param outcome    result of the page analysis, null unless the page was fetched or not modified
 */
public record Visit<R>(
        long frontierId,
        HttpUrl url,
        String host,
        int partition,
        int depth,
        Disposition disposition,
        @Nullable String textSha256,
        Map<Disposition.RefusalKind, Integer> references,
        boolean shell,
        @Nullable PageOutcome<R> outcome) {}
