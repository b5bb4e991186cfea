package org.markwatch.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.brand.Evidence.CountedFeature;
import org.markwatch.extract.Passage;
import org.markwatch.match.Match.Kind;
import org.markwatch.watchlist.Field;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The matches of one page, of one rule at one place only one. For one thread. */
final class MatchCollector {
    /** Characters around a match in its snippet. */
    private static final int SNIPPET = 60;

    private static final Logger LOG = LoggerFactory.getLogger(MatchCollector.class);

    private final Set<Match> matches = new LinkedHashSet<>();
    private final MaskedPlaces masked = new MaskedPlaces();
    /** Rules of the matches, once there are too many. */
    private final Set<String> kept = new HashSet<>();

    private int dropped;

    /** Adds what is true of a page, or stands in it, without its place and text. */
    void addPlaceless(String rule, String group, int weight, Field field, String value) {
        if (!isDropped(rule)) {
            matches.add(new Match(rule, Kind.INDICATOR, null, group, weight, field, 0, 0, value, value, 0));
        }
    }

    /**
     * Adds a match.
     *
     * @param start offset in the passage
     * @param end   offset after the last character
     */
    void add(
            Passage at,
            int start,
            int end,
            String rule,
            Kind kind,
            @Nullable String brand,
            String group,
            int weight,
            List<CountedFeature> signs) {
        if (isDropped(rule)) {
            return;
        }
        String source = at.text();
        int from = Math.max(0, start - SNIPPET);
        int to = Math.min(source.length(), end + SNIPPET);
        if (from > 0 && Character.isLowSurrogate(source.charAt(from))) {
            from++;
        }
        if (to < source.length() && Character.isLowSurrogate(source.charAt(to))) {
            to--;
        }
        matches.add(new Match(
                rule,
                kind,
                brand,
                group,
                weight,
                at.field(),
                at.start() + start,
                at.start() + end,
                source.substring(start, end),
                source.substring(from, to),
                start - from,
                signs));
    }

    /** Keeps a part of a passage from being shown. */
    void mask(Passage passage, int start, int end) {
        masked.add(passage.field(), passage.start() + start, passage.start() + end);
    }

    /** Returns what may not be shown. */
    MaskedPlaces masked() {
        return masked;
    }

    /** Whether a page has so many matches that another of the same rule tells nothing; the first of each rule always does. */
    private boolean isDropped(String rule) {
        if (matches.size() < PageMatches.MOST_MATCHES) {
            return false;
        }
        if (kept.isEmpty()) {
            matches.forEach(match -> kept.add(match.rule()));
        }
        boolean again = !kept.add(rule);
        dropped += again ? 1 : 0;
        return again;
    }

    /**
     * Returns all matches in their order.
     *
     * @param host  of the page, for the log
     * @param title of the page, without what is masked
     */
    PageMatches end(String host, String title) {
        if (dropped > 0) {
            LOG.warn(
                    "Page of host {}: {} matches beyond the first {} are not kept; each rule keeps its first match",
                    host,
                    dropped,
                    PageMatches.MOST_MATCHES);
        }
        List<Match> sorted = new ArrayList<>(
                masked.isEmpty() ? matches : matches.stream().map(masked::in).toList());
        sorted.sort(Comparator.comparing(Match::field)
                .thenComparingInt(Match::start)
                .thenComparingInt(Match::end)
                .thenComparing(Match::rule));
        return new PageMatches(sorted, dropped, title);
    }
}
