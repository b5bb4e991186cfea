package org.markwatch.match;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.markwatch.extract.Passage;
import org.markwatch.match.PageSigns.Cue;
import org.markwatch.match.PageSigns.Name;
import org.markwatch.match.PageSigns.Strength;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.LexiconCategory;

/**
 * The features of a page that count for all claims on it. What speaks against is measured as a share of what visitors
 * see, from 0 to 1, so that one added sentence changes little. One use per page.
 */
final class PageFeatures {
    /** A page is in a context if this times the share of its passages in it is 1 or more. */
    private static final double CONTEXT_SCALE = 4;
    /** How much of a context metadata are, which cost their owner nothing. */
    private static final double METADATA_SHARE = 0.25;
    /** Characters and headings of a smaller page: below them, one sentence or heading would be most of it. */
    private static final int LEAST_TEXT = 300;

    private static final int LEAST_HEADINGS = 5;
    /** Pictures that any page may have. */
    private static final int FEW_IMAGES = 20;
    /** Pictures of a page that is a gallery. */
    private static final int GALLERY = 100;

    private final PageSigns signs;
    private final Map<AcceptanceFeature, Double> features = new EnumMap<>(AcceptanceFeature.class);
    private final BitSet headlined = new BitSet();

    PageFeatures(PageSigns signs) {
        this.signs = signs;
        commerce();
        shares(brandsInText());
        images();
    }

    /** Returns the value of each feature that the page has, above 0 and at most 1. */
    Map<AcceptanceFeature, Double> features() {
        return features;
    }

    /** Whether the title or first heading names a brand. */
    boolean isHeadlined(int brand) {
        return headlined.get(brand);
    }

    private void commerce() {
        has(signs.shop || signs.credentials && !signs.password, AcceptanceFeature.CART);
        has(signs.price, AcceptanceFeature.PRICE);
        has(signs.terms, AcceptanceFeature.TERMS_OF_SALE);
        has(signs.titledAcceptance, AcceptanceFeature.PAYMENT_TITLE);
        boolean orders = false;
        for (Passage passage : signs.passages) {
            orders |= PageSigns.isHeadline(passage)
                    && !passage.hidden()
                    && signs.book.says(LexiconCategory.ORDERING, passage.text());
        }
        has(orders, AcceptanceFeature.ORDER_TITLE);
    }

    /** Returns the visible passages that name a brand. */
    private Set<Integer> brandsInText() {
        Set<Integer> naming = new HashSet<>();
        for (Name name : signs.names) {
            Passage passage = signs.passage(name.passage());
            if (passage.hidden() || name.ambiguous() && signs.homonym) {
                continue;
            }
            naming.add(name.passage());
            if (PageSigns.isHeadline(passage)) {
                headlined.set(name.brand());
            }
        }
        return naming;
    }

    private void shares(Set<Integer> naming) {
        Set<Integer> claiming = new HashSet<>();
        for (Cue cue : signs.cues) {
            if (cue.strength() != Strength.WEAK) {
                claiming.add(cue.passage());
            }
        }
        double all = 0;
        double paragraphs = 0;
        double code = 0;
        double context = 0;
        double headings = 0;
        double namingHeadings = 0;
        double askingHeadings = 0;
        boolean inMetadata = false;
        boolean shell = visibleText() < LEAST_TEXT;
        for (int i = 0; i < signs.passages.size(); i++) {
            Passage passage = signs.passages.get(i);
            if (passage.hidden()) {
                continue;
            }
            int length = passage.text().length();
            boolean describes = signs.contexts.contains(i);
            boolean data = passage.field() == Field.SCRIPT_DATA;
            inMetadata |= describes && !data && !isRead(passage.field());
            if (passage.field() == Field.TEXT || passage.field() == Field.HEADING || data && shell) {
                all += length;
                paragraphs += PassageShape.isParagraph(passage) ? length : 0;
                code += PassageShape.isCode(passage) ? length : 0;
                context += describes ? length : 0;
            }
            if (passage.field() == Field.TITLE || passage.field() == Field.HEADING) {
                headings++;
                namingHeadings += naming.contains(i) && !claiming.contains(i) ? 1 : 0;
                askingHeadings += passage.text().indexOf('?') >= 0 ? 1 : 0;
            }
        }
        double describing = Math.min(1, CONTEXT_SCALE * context / Math.max(1, all));
        double asking = askingHeadings / Math.max(1, headings);
        double article = paragraphs * Math.max(Math.max(describing, asking), inMetadata ? METADATA_SHARE : 0);
        share(Math.max(article, Math.max(code, context)), Math.max(all, LEAST_TEXT), AcceptanceFeature.ARTICLE_SHARE);
        share(namingHeadings, Math.max(headings, LEAST_HEADINGS), AcceptanceFeature.HEADINGS_NAME_BRANDS);
    }

    /** Returns the characters of the markup's own text. Where there is little, scripts write the text from their data. */
    private int visibleText() {
        int characters = 0;
        for (Passage passage : signs.passages) {
            if (!passage.hidden() && (passage.field() == Field.TEXT || passage.field() == Field.HEADING)) {
                characters += passage.text().length();
            }
        }
        return characters;
    }

    private void images() {
        Set<String> images = new HashSet<>();
        for (Passage passage : signs.passages) {
            if (passage.field() != Field.IMAGE || passage.hidden() || References.isCaption(passage)) {
                continue;
            }
            images.add(passage.text());
        }
        share(Math.max(0, images.size() - FEW_IMAGES), GALLERY - FEW_IMAGES, AcceptanceFeature.MANY_IMAGES);
    }

    private static boolean isRead(Field field) {
        return field == Field.TITLE || field == Field.HEADING || field == Field.TEXT || field == Field.LINK;
    }

    private void has(boolean found, AcceptanceFeature feature) {
        if (found) {
            features.put(feature, 1.0);
        }
    }

    private void share(double part, double whole, AcceptanceFeature feature) {
        if (part > 0) {
            features.put(feature, Math.min(1, part / whole));
        }
    }
}
