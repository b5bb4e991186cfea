package org.markwatch.crawl;

import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a visit taught about its page, to be kept for later runs.
 *
 * @param known  from now on; its run is that of the verdict, or null for the run under way
 * @param readAt when its text came; null if it did not
 * @param links  canonical URLs, one a line; null to leave them as they are
 * @param packed what the rules see; null to leave it as it is
 */
record Learned(
        Known known, @Nullable Instant readAt, @Nullable String links, byte @Nullable [] packed) {

    static String lines(Collection<URI> links) {
        return links.stream().map(URI::toString).collect(Collectors.joining("\n"));
    }
}
