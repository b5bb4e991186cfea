package org.markwatch.watchlist;

import java.time.LocalDate;
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
        List<String> noMatch) {
    public Indicator {
        scope = Set.copyOf(scope);
        match = List.copyOf(match);
        noMatch = List.copyOf(noMatch);
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
        ACCOUNT
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
