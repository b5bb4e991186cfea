package org.markwatch.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.markwatch.watchlist.Field;

/** Computes the traits of a page: fingerprints of text and structure and analytics ids, which pages of one operator
 * share, and whether it is a shell. */
public final class PageTraits {
    private static final Set<String> ANALYTICS =
            Set.of("ga4", "universal-analytics", "tag-manager", "matomo", "yandex-metrica");
    private static final int MAX_TRAITS = 20;
    private static final String DOM = "dom:";
    private static final String TEXT = "text:";
    private static final String SHELL = "shell:scripts";

    private PageTraits() {}

    /**
     * Returns the traits of a page without duplicates. Each is a kind, a colon and a value: {@code dom:} or
     * {@code text:} with 16 hex digits, an id in the form of an indicator of type analytics, or {@code shell:scripts}
     * for a page that says nothing without scripts.
     *
     * @return at most {@value #MAX_TRAITS} traits
     */
    public static List<String> of(PageText page) {
        List<String> traits = new ArrayList<>();
        fingerprint(DOM, page.structure(), traits);
        fingerprint(TEXT, TextFingerprint.of(page), traits);
        if (page.shell()) {
            traits.add(SHELL);
        }
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
