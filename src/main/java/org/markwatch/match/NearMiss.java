package org.markwatch.match;

import java.util.Locale;
import org.markwatch.watchlist.Field;

/**
 * A rule that had no say, and how little was missing.
 *
 * @param rule {@code id@version} of an indicator, {@code brand:ID@RULE}, or a key of the policy such as {@code review_from}
 * @param why  what was there and what was missing; may quote the page
 */
public record NearMiss(String rule, String why) {
    private static final int LONGEST_QUOTE = 80;

    static String label(Field field) {
        return field.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String quoted(String text) {
        return "'" + (text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE - 1) + "…") + "'";
    }
}
