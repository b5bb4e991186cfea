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
 * @param id         unique in the watchlist
 * @param version    1 or more; a reason names rule@version
 * @param type       how {@code pattern} is read
 * @param pattern    what to look for
 * @param group      key of a group in the policy
 * @param weight     points, -100 to 100; negative for a context that speaks against
 * @param scope      fields looked at, never empty
 * @param language   BCP 47 tag of the wording, or empty for any
 * @param state      draft indicators are not compiled, background ones match but score nothing
 * @param validFrom  first day (UTC), or null
 * @param validUntil last day (UTC), or null
 * @param source     where it comes from
 * @param match      examples that must match, checked at load
 * @param noMatch    examples that must not match, checked at load
 * @param restricted whether it comes from the sealed lexicon: its pattern, and what it finds, is shown nowhere
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

    /** One that may be shown. */
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

    /** Whether what it finds must not be shown: the sealed lexicon, and addresses of which only a keyed hash is known. */
    public boolean isMasked() {
        return restricted || type == Type.KEYED_HASH;
    }

    /** The rule alone, since a pattern may be restricted. */
    @Override
    public String toString() {
        return rule();
    }

    /** How a pattern is read. */
    public enum Type {
        /** Words in this order, any case, whole words where the script has them. */
        PHRASE,
        /** RE2 syntax, linear time, searched in folded text. */
        REGEX,
        /** A host name; subdomains included. */
        HOST,
        /** A named account syntax with checksum: {@code bitcoin}, {@code ethereum}, {@code iban} … */
        ACCOUNT,
        /** An amount with its currency: {@code any}, {@code EUR}, {@code USD,EUR 5-50}. */
        PRICE,
        /** A value of the metadata by its name: {@code meta:generator}, {@code jsonld:Offer.price ~ ^0}. */
        SELECTOR(Field.META, Field.OPEN_GRAPH, Field.JSON_LD),
        /** An account at a provider of statistics: {@code ga4}, or {@code ga4:G-1A2B3C4D5E}. */
        ANALYTICS(Field.SCRIPT),
        /** Name of a cookie, with {@code *} for any rest. */
        COOKIE(Field.HEADER, Field.SCRIPT),
        /** Language of the page as it declares it: a range of RFC 4647 section 2.1. */
        LANGUAGE(Field.URL),
        /** Fingerprint of the nesting of elements and the bits that may differ: {@code 0123456789abcdef/4}. */
        DOM_FINGERPRINT(Field.URL),
        /** Fingerprint of the text and the bits that may differ. */
        TEXT_FINGERPRINT(Field.URL),
        /** HMAC-SHA-256 of a host or URL: 64 hex digits, as {@code hash-list} makes them. */
        KEYED_HASH(Field.URL, Field.LINK, Field.FORM, Field.SCRIPT);

        private final Set<Field> fields;

        Type(Field... fields) {
            this.fields = fields.length == 0 ? EnumSet.allOf(Field.class) : EnumSet.copyOf(List.of(fields));
        }

        /** Where such a pattern can be found: the scope of an indicator that names none. */
        Set<Field> fields() {
            return Collections.unmodifiableSet(fields);
        }

        /** Whether it may be found all over a page, so that its indicator must say where to look. */
        boolean needsScope() {
            return fields.size() == Field.values().length;
        }
    }

    /** Where an indicator is in its life. */
    public enum State {
        DRAFT,
        BACKGROUND,
        LIVE,
        RETIRED
    }

    /** {@code id@version}, as reasons and exports name it. */
    public String rule() {
        return id + "@" + version;
    }
}
