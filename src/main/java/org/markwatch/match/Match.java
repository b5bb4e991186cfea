package org.markwatch.match;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.markwatch.brand.Evidence.CountedFeature;
import org.markwatch.brand.UseKind;
import org.markwatch.watchlist.Field;

/**
 * A rule that was found at a place.
 *
 * @param rule  {@code id@version} of an indicator, or {@code brand:ID@RULE} of a brand pack; then how it was disguised, if it
 *     was: {@code -hidden}, {@code -leet}, {@code -spaced}, {@code -reversed}, {@code -accented}
 * @param kind  what was found
 * @param brand brand id, null for indicators
 * @param group policy group of an indicator, or {@code marks} or {@code identity} for brands
 * @param weight points of the rule before caps
 * @param field part of the page
 * @param start offset in the field's text, in characters
 * @param end   offset after the last character
 * @param text  the characters as on the page
 * @param snippet some words around it, as on the page, with the match at its place
 * @param snippetStart offset of {@code text} in {@code snippet}
 * @param signs  features that counted for and against an acceptance, logo or impersonation, most telling first; empty for
 *     all others
 */
public record Match(
        String rule,
        Kind kind,
        @Nullable String brand,
        String group,
        int weight,
        Field field,
        int start,
        int end,
        String text,
        String snippet,
        int snippetStart,
        List<CountedFeature> signs) {

    public Match {
        signs = List.copyOf(signs);
    }

    /** A match that says by itself what it is. */
    public Match(
            String rule,
            Kind kind,
            @Nullable String brand,
            String group,
            int weight,
            Field field,
            int start,
            int end,
            String text,
            String snippet,
            int snippetStart) {
        this(rule, kind, brand, group, weight, field, start, end, text, snippet, snippetStart, List.of());
    }

    /** Policy group of what a page claims of a brand: acceptance, logo, asset, mention. */
    public static final String MARKS = "marks";

    /** Policy group of who the page passes for: impersonation, lookalike host. */
    public static final String IDENTITY = "identity";

    private static final List<String> WAYS = List.of("-spaced", "-leet", "-accented", "-hidden");

    /** Whether the rule was found only in disguise, or in text that markup hides. */
    static boolean isDisguised(String rule) {
        return WAYS.stream().anyMatch(rule::endsWith);
    }

    /** A rule's name without how it was disguised. */
    public static String plainRule(String rule) {
        return isDisguised(rule) ? rule.substring(0, rule.lastIndexOf('-')) : rule;
    }

    /** What was found. The names in exports are lower case with hyphens. */
    public enum Kind {
        /** The page says that it takes the brand. */
        ACCEPTANCE,
        /** A reference to the brand's logo. */
        LOGO,
        /** The page presents itself as the brand. */
        IMPERSONATION,
        /** The host name looks like the brand's. */
        LOOKALIKE_HOST,
        /** An asset of the brand's own host is referred to. */
        ASSET,
        /** The name, and no more. */
        MENTION,
        /** A commercial indicator. */
        INDICATOR;

        /** Returns the kind of match for a use of a brand. */
        static Kind of(UseKind use) {
            return valueOf(use.name());
        }

        /** {@code lookalike-host}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
