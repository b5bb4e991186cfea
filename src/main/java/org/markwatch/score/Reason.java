package org.markwatch.score;

import java.util.List;
import org.markwatch.watchlist.Field;

/**
 * Why a page has points.
 *
 * @param rule    rule@version
 * @param group   policy group, or {@code marks}
 * @param field   part of the page
 * @param start   offset in the field's text
 * @param end     offset after the last character
 * @param weight  points of the rule before caps
 * @param points  points it gave after caps; negative for a context that speaks against
 * @param capped  whether a cap took points from it
 * @param without the page's score if this rule had not fired
 * @param snippet the place with some words around it, as on the page
 * @param snippetStart offset of the matched text in {@code snippet}
 * @param snippetEnd   offset after the matched text in {@code snippet}
 * @param count   how often the rule fired on the page, 1 or more
 * @param signs   as in {@link org.markwatch.match.Match#signs}
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
        List<String> signs) {

    public Reason {
        // findings of earlier releases were stored without
        signs = signs == null ? List.of() : List.copyOf(signs);
    }
}
