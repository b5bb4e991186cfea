package org.markwatch.crawl;

import java.util.List;
import java.util.Map;

/**
 * The analysis of a fetched page by a {@link PageAnalyser}.
 *
 * @param <R>               result of the rules
 * @param links             links to other pages, in page order
 * @param references        files other than pages that the page refers to and that is never requested, counted by
 *                          kind
 * @param textSha256        hex SHA-256 of the normalised text
 * @param nearDuplicateHash equal for near-duplicates: pages with the same words, apart from digits, order, and what
 *                          they repeat of their own URL
 * @param noindex           whether the page asks robots not to store it
 * @param shell             whether the page has scripts and says nothing without them
 * @param content           content that the rules are applied to
 */
public record PageAnalysis<R>(
        List<Link> links,
        Map<Disposition.RefusalKind, Integer> references,
        String textSha256,
        long nearDuplicateHash,
        boolean noindex,
        boolean shell,
        PageContent<R> content) {
    public PageAnalysis {
        links = List.copyOf(links);
        references = Map.copyOf(references);
    }
}
