package org.markwatch.crawl;

import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a visit taught about its page, to be kept for later runs.
 *
 * @param history  from now on; its run is that of the verdict, or null for the run under way
 * @param readAt when its text came; null if it did not
 * @param links  canonical URLs, one a line; null to leave them as they are
 * @param packedContent what the rules see; null to leave it as it is
 */
record PageHistoryUpdate(
        PageHistory history,
        @Nullable Instant readAt,
        @Nullable String links,
        byte @Nullable [] packedContent) {

    static String joinLines(Collection<URI> links) {
        return links.stream().map(URI::toString).collect(Collectors.joining("\n"));
    }
}
