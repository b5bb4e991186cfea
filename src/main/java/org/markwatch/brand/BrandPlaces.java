package org.markwatch.brand;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.markwatch.brand.PageSigns.LogoAt;
import org.markwatch.brand.PageSigns.Name;
import org.markwatch.extract.Passage;
import org.markwatch.watchlist.Field;

/**
 * Where visitors see each brand named or drawn. A passage that names several brands is one place for each of them, and one
 * place of others for a brand that it does not name. One use per page.
 */
final class BrandPlaces {
    /** Brands by passage. */
    private final Map<Integer, BitSet> byPassage = new HashMap<>();
    /** Brands by passage that may be common words. */
    private final Map<Integer, BitSet> ambiguous = new HashMap<>();

    /** @param drawn brands with a logo that is believed */
    BrandPlaces(PageSigns signs, Titles titles, BitSet drawn) {
        for (LogoAt at : signs.logos) {
            if (drawn.get(at.logo().brand()) && !signs.passage(at.passage()).hidden()) {
                add(byPassage, at.passage(), at.logo().brand());
            }
        }
        for (Name name : signs.names) {
            Passage passage = signs.passage(name.passage());
            boolean otherTitle = passage.field() == Field.TITLE && !titles.isTitle(name.passage());
            if (isRead(passage) && !otherTitle) {
                add(name.ambiguous() ? ambiguous : byPassage, name.passage(), name.brand());
            }
        }
    }

    private static void add(Map<Integer, BitSet> places, int passage, int brand) {
        places.computeIfAbsent(passage, p -> new BitSet()).set(brand);
    }

    /** Whether visitors read a text; what only metadata and the names of fields say speaks for nobody. */
    private static boolean isRead(Passage passage) {
        return !passage.hidden()
                && switch (passage.field()) {
                    case TITLE, HEADING, TEXT, LINK -> true;
                    case FORM -> FormSigns.SEEN.contains(passage.detail());
                    default -> false;
                };
    }

    /** Returns the number of places of a brand. */
    int own(int brand) {
        int own = 0;
        for (Map.Entry<Integer, BitSet> place : byPassage.entrySet()) {
            own += place.getValue().get(brand) ? 1 : 0;
        }
        for (Map.Entry<Integer, BitSet> place : ambiguous.entrySet()) {
            BitSet sure = byPassage.get(place.getKey());
            own += place.getValue().get(brand) && (sure == null || !sure.get(brand)) ? 1 : 0;
        }
        return own;
    }

    /** Returns the number of places of other brands that are not the brand's as well. */
    int others(int brand) {
        int others = 0;
        for (BitSet place : byPassage.values()) {
            others += place.get(brand) ? 0 : 1;
        }
        return others;
    }
}
