package org.markwatch.watchlist;

import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A known-commercial indicator.
 *
 * @param id         key in lower case, unique in the watchlist, at most 64 characters
 * @param version    1 or more; raised when the meaning changes
 * @param type       syntax and meaning of {@code pattern}
 * @param pattern    what to search for; its syntax depends on {@code type}
 * @param group      key of a group in the policy
 * @param weight     points, -100 to 100, never 0; negative for context against misuse
 * @param scope      fields to search, never empty
 * @param language   BCP 47 tag of the pattern's language, or empty for any
 * @param state      stage in the life cycle
 * @param validFrom  first day (UTC) on which it applies, or null for no limit
 * @param validUntil last day (UTC) on which it applies, or null for no limit
 * @param source     where the indicator comes from
 * @param match      texts that must match; compiling the rules checks them
 * @param noMatch    texts that must not match; compiling the rules checks them
 * @param restricted whether it comes from the sealed lexicon; neither its pattern nor its matches are ever shown
 */
public record Indicator(
        String id,
        int version,
        Type type,
        String pattern,
        String group,
        int weight,
        Set<Field> scope,
        String language,
        State state,
        @Nullable LocalDate validFrom,
        @Nullable LocalDate validUntil,
        String source,
        List<String> match,
        List<String> noMatch,
        boolean restricted) {
    public Indicator {
        scope = Set.copyOf(scope);
        match = List.copyOf(match);
        noMatch = List.copyOf(noMatch);
    }

    /** Creates an indicator that is not restricted. */
    public Indicator(
            String id,
            int version,
            Type type,
            String pattern,
            String group,
            int weight,
            Set<Field> scope,
            String language,
            State state,
            @Nullable LocalDate validFrom,
            @Nullable LocalDate validUntil,
            String source,
            List<String> match,
            List<String> noMatch) {
        this(
                id,
                version,
                type,
                pattern,
                group,
                weight,
                scope,
                language,
                state,
                validFrom,
                validUntil,
                source,
                match,
                noMatch,
                false);
    }

    /** Returns a restricted copy. */
    Indicator asRestricted() {
        return new Indicator(
                id,
                version,
                type,
                pattern,
                group,
                weight,
                scope,
                language,
                state,
                validFrom,
                validUntil,
                source,
                match,
                noMatch,
                true);
    }

    /**
     * Returns whether the matcher masks its matches: those of the sealed lexicon and of keyed hashes. Their text is
     * never stored. The review console masks in addition the words around every match, until a reviewer reveals them.
     */
    public boolean isMasked() {
        return restricted || type == Type.KEYED_HASH;
    }

    /** Returns {@link #rule} only, because the pattern may be restricted. */
    @Override
    public String toString() {
        return rule();
    }

    /** The syntax and meaning of a pattern. */
    public enum Type {
        /** Words in sequence, without regard to case; whole words in scripts with spaces. */
        PHRASE,
        /** A regular expression in RE2 syntax, searched in folded text. */
        REGEX,
        /** A host name, subdomains included. */
        HOST,
        /** An account number format with a checksum, by its name: {@code bitcoin}, {@code iban}. */
        ACCOUNT,
        /** A price in given currencies, optionally in a range: {@code any}, {@code EUR}, {@code USD,EUR 5-50}. */
        PRICE,
        /**
         * A metadata property, optionally with an RE2 expression for its value: {@code meta:generator}, {@code
         * jsonld:Offer.price ~ ^0}.
         */
        SELECTOR(Field.META, Field.OPEN_GRAPH, Field.JSON_LD),
        /** An account of a web analytics provider: {@code ga4} for any, or {@code ga4:G-1A2B3C4D5E}. */
        ANALYTICS(Field.SCRIPT),
        /** A cookie name, or its beginning followed by {@code *}. */
        COOKIE(Field.HEADER, Field.SCRIPT),
        /** The declared language of the page: a basic language range (RFC 4647 section 2.1). */
        LANGUAGE(Field.URL),
        /**
         * A fingerprint of the element structure, and the number of bits that may differ: {@code 0123456789abcdef/4}.
         */
        DOM_FINGERPRINT(Field.URL),
        /**
         * A way to pay that has no brand pack, by its names, with commas between them: {@code Bitcoin, BTC}. Found where the
         * page accepts it, by the same evidence as a brand.
         */
        METHOD(
                Field.TITLE,
                Field.HEADING,
                Field.TEXT,
                Field.LINK,
                Field.META,
                Field.OPEN_GRAPH,
                Field.JSON_LD,
                Field.FORM,
                Field.SCRIPT_DATA),
        /**
         * Words of several lexicon categories that stand together, in any order and language: {@code gift-card + card-code +
         * send-us}. See {@link WordGroup}.
         */
        TOGETHER(
                Field.TITLE,
                Field.HEADING,
                Field.TEXT,
                Field.LINK,
                Field.META,
                Field.OPEN_GRAPH,
                Field.JSON_LD,
                Field.SCRIPT_DATA),
        /** A row of pictures in an element named after payment marks, none of a known brand: the least number of pictures. */
        PAYMENT_STRIP(Field.IMAGE),
        /** A fingerprint of the text, and the number of bits that may differ. */
        TEXT_FINGERPRINT(Field.URL),
        /** HMAC-SHA-256 (RFC 2104) of a host or URL: 64 lower-case hex digits, as {@code hash-list} prints them. */
        KEYED_HASH(Field.URL, Field.LINK, Field.FORM, Field.SCRIPT);

        private final Set<Field> fields;

        Type(Field... fields) {
            this.fields = fields.length == 0 ? EnumSet.allOf(Field.class) : EnumSet.copyOf(List.of(fields));
        }

        /** Returns the fields that can contain such a pattern: the default scope of an indicator. */
        Set<Field> fields() {
            return Collections.unmodifiableSet(fields);
        }

        /** Returns whether any field can contain such a pattern, so that an indicator must have a scope. */
        boolean needsScope() {
            return fields.size() == Field.values().length;
        }
    }

    /** The stage of an indicator in its life cycle. */
    public enum State {
        /** Validated, but not searched for. */
        DRAFT,
        /** Searched for; matches are recorded and score 0 points. */
        BACKGROUND,
        /** Searched for; matches score points. */
        LIVE,
        /** No longer searched for. */
        RETIRED
    }

    /** Returns {@code id@version}, which identifies the rule in reasons and exports. */
    public String rule() {
        return id + "@" + version;
    }
}
