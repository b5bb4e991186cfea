package org.markwatch.score;

import java.util.List;
import org.markwatch.brand.Evidence.CountedFeature;
import org.markwatch.watchlist.Field;

/**
 * A rule that matched on a page, and its points.
 *
 * @param rule         rule@version
 * @param group        policy group, or {@code marks}
 * @param field        field of the page
 * @param start        offset in the text of the field, in characters
 * @param end          offset after the last character
 * @param weight       points of the rule before caps
 * @param points       points after caps; negative for negative context
 * @param capped       whether a cap reduced its points
 * @param without      the score of the page if this rule had not matched
 * @param snippet      the match with the words around it, as on the page
 * @param snippetStart offset of the matched text in {@code snippet}
 * @param snippetEnd   offset after the matched text in {@code snippet}
 * @param count        number of matches on the page, 1 or more
 * @param signs        as in {@link org.markwatch.match.Match#signs}
 */
public record Reason(
        String rule,
        String group,
        Field field,
        int start,
        int end,
        int weight,
        int points,
        boolean capped,
        int without,
        String snippet,
        int snippetStart,
        int snippetEnd,
        int count,
        List<ScoredFeature> signs) {

    public Reason {
        // rows of earlier releases lack this key
        signs = signs == null ? List.of() : List.copyOf(signs);
    }

    /**
     * A feature of the page that counted for or against a use of a brand.
     *
     * @param feature  id, for example {@code row-of-names}; empty for findings of earlier releases
     * @param points   points that it gave; below 0 if it spoke against
     * @param sentence what it is, in words for people
     */
    public record ScoredFeature(String feature, int points, String sentence) {
        static ScoredFeature of(CountedFeature counted) {
            return new ScoredFeature(counted.feature(), counted.points(), counted.sentence());
        }
    }
}
