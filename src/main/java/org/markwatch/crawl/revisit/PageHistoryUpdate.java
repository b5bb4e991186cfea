package org.markwatch.crawl.revisit;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Disposition;
import org.markwatch.url.HttpUrl;

/**
 * What a visit stores about its page for later runs.
 *
 * @param history       new page history; its {@code run} is null if the current run holds the analysis result
 * @param links         canonical URLs, one per line; null to keep the stored links
 * @param refersTo      files other than pages that the page refers to, by kind, as {@link #joinCounts} writes them; null to keep
 *                      what is stored
 * @param packedContent serialised content that the rules are applied to; null to keep the stored content
 */
public record PageHistoryUpdate(
        PageHistory history,
        @Nullable String links,
        @Nullable String refersTo,
        byte @Nullable [] packedContent) {

    /** Returns links as text, one URL per line. */
    public static String joinLines(Collection<HttpUrl> links) {
        return links.stream().map(HttpUrl::toString).collect(Collectors.joining("\n"));
    }

    /** Returns counts as text, for example {@code image=24 video=2}. */
    static String joinCounts(Map<Disposition.RefusalKind, Integer> counts) {
        return new TreeMap<>(counts)
                .entrySet().stream()
                        .map(each ->
                                each.getKey().name().toLowerCase(Locale.ROOT).replace('_', '-') + "=" + each.getValue())
                        .collect(Collectors.joining(" "));
    }
}
