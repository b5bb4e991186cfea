package org.markwatch.crawl;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A URL of the frontier with how its visit ended.
 *
 * @param frontierId row of the frontier
 * @param url        normalised URL
 * @param host       scheme, host and port as the politeness key
 * @param depth      links away from the seed
 * @param fetch      the one disposition; the text of a capture is left out, since it has been read
 * @param reading    what was read, null unless captured
 * @param verdict    what came of its text, null unless captured or not modified
 */
public record Visit<R>(
        long frontierId,
        URI url,
        String host,
        int depth,
        Fetch fetch,
        @Nullable Reading<R> reading,
        @Nullable Verdict<R> verdict) {}
