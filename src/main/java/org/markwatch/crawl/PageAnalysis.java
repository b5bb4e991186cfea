package org.markwatch.crawl;

import java.util.List;
import java.util.Map;

/**
 * What a {@link PageReader} made of a capture.
 *
 * @param links      references to follow, in page order
 * @param references media that the page refers to and that were not asked for, counted by kind
 * @param textSha256 hex SHA-256 of the normalised text
 * @param nearDuplicateHash   equal for pages that say the same but for numbers, order, and what they repeat of their own address
 * @param noindex    whether the page asks robots not to keep it
 * @param content    what the rules see of the page
 */
public record PageAnalysis<R>(
        List<Link> links,
        Map<Disposition.RefusalKind, Integer> references,
        String textSha256,
        long nearDuplicateHash,
        boolean noindex,
        PageContent<R> content) {
    public PageAnalysis {
        links = List.copyOf(links);
        references = Map.copyOf(references);
    }
}
