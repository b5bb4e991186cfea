package org.markwatch.crawl.revisit;

import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;

/**
 * What a visit stores about its page for later runs.
 *
 * @param history       new page history; its {@code run} is null if the current run holds the analysis result
 * @param links         canonical URLs, one per line; null to keep the stored links
 * @param packedContent serialised content that the rules are applied to; null to keep the stored content
 */
public record PageHistoryUpdate(
        PageHistory history, @Nullable String links, byte @Nullable [] packedContent) {

    /** Returns links as text, one URL per line. */
    public static String joinLines(Collection<HttpUrl> links) {
        return links.stream().map(HttpUrl::toString).collect(Collectors.joining("\n"));
    }
}
