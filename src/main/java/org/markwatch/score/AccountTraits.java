package org.markwatch.score;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.markwatch.match.Match;
import org.markwatch.watchlist.Indicator;

/** Finds the payment accounts that a page names, as traits that it shares with other pages. Immutable and thread-safe. */
public final class AccountTraits {
    private static final int MAX_TRAITS = 10;

    /** Formats of account numbers by rule. */
    private final Map<String, String> formats;

    /** Knows the indicators of type {@link Indicator.Type#ACCOUNT} whose matches may be shown. */
    public AccountTraits(Collection<Indicator> indicators) {
        formats = indicators.stream()
                .filter(indicator -> indicator.type() == Indicator.Type.ACCOUNT && !indicator.isMasked())
                .collect(Collectors.toUnmodifiableMap(Indicator::rule, Indicator::pattern, (one, other) -> one));
    }

    /**
     * Returns the accounts that matched, each once, as {@code account:}, format, colon and number without spaces, for
     * example {@code account:iban:DE89370400440532013000}.
     *
     * @return at most {@value #MAX_TRAITS} traits
     */
    public List<String> of(Collection<Match> matches) {
        Set<String> traits = new LinkedHashSet<>();
        for (Match match : matches) {
            String format = formats.get(Match.plainRule(match.rule()));
            if (format != null && traits.size() < MAX_TRAITS) {
                traits.add("account:" + format + ":" + match.text().replaceAll("[\\s\\p{Z}]", ""));
            }
        }
        return List.copyOf(traits);
    }
}
