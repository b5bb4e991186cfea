package org.markwatch.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.markwatch.watchlist.Field;

/** Computes the traits that pages of one operator share: fingerprints of text and structure, and analytics ids. */
public final class PageTraits {
    private static final Set<String> ANALYTICS =
            Set.of("ga4", "universal-analytics", "tag-manager", "matomo", "yandex-metrica");
    private static final int MAX_TRAITS = 20;
    private static final String DOM = "dom:";
    private static final String TEXT = "text:";

    private PageTraits() {}

    /**
     * Returns the traits of a page without duplicates. Each is a kind, a colon and a value: {@code dom:} or
     * {@code text:} with 16 hex digits, or an id in the form of an indicator of type analytics.
     *
     * @return at most {@value #MAX_TRAITS} traits
     */
    public static List<String> of(PageText page) {
        List<String> traits = new ArrayList<>();
        fingerprint(DOM, page.structure(), traits);
        fingerprint(TEXT, TextFingerprint.of(page), traits);
        for (Passage passage : page.passages()) {
            if (passage.field() == Field.SCRIPT && ANALYTICS.contains(passage.detail()) && traits.size() < MAX_TRAITS) {
                String trait = passage.detail() + ':' + passage.text();
                if (!traits.contains(trait)) {
                    traits.add(trait);
                }
            }
        }
        return traits;
    }

    private static void fingerprint(String kind, long bits, List<String> traits) {
        if (bits != 0) {
            traits.add(kind + SimHash.toHex(bits));
        }
    }
}
