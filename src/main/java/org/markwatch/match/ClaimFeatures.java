package org.markwatch.match;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.markwatch.extract.Passage;
import org.markwatch.match.PageSigns.LogoAt;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.LexiconCategory;

/** The features of one claim, together with those of its page. One use per page. */
final class ClaimFeatures {
    /** How much of a text the names cover that is hardly more than names. */
    private static final double MOSTLY_NAMES = 0.33;
    /** Passages up to which another mark is beside a mark. */
    private static final int MARK_REACH = 14;

    private final PageSigns signs;
    private final PageFeatures page;

    ClaimFeatures(PageSigns signs, PageFeatures page) {
        this.signs = signs;
        this.page = page;
    }

    /** Returns the value of each feature that a claim or its page has, above 0 and at most 1. */
    Map<AcceptanceFeature, Double> of(AcceptanceClaim claim) {
        Map<AcceptanceFeature, Double> features = new EnumMap<>(AcceptanceFeature.class);
        features.putAll(page.features());
        has(features, page.isHeadlined(claim.brand()), AcceptanceFeature.BRAND_IN_HEADLINE);
        switch (claim.route()) {
            case OWN_WORDING, BUTTON, OUR_ACCOUNT, ADDRESS, ACCOUNT_NUMBER, GIFT, PAY_LINK, FORM_HOST ->
                features.put(AcceptanceFeature.OWN_WORDING, 1.0);
            case SURE_WORDING -> features.put(AcceptanceFeature.SURE_WORDING, 1.0);
            case STRUCTURED_DATA -> features.put(AcceptanceFeature.STRUCTURED_DATA, 1.0);
            case CLAUSE -> features.put(AcceptanceFeature.CLAUSE, 1.0);
            case LIST -> features.put(AcceptanceFeature.LIST, 1.0);
            case MARKS -> features.put(AcceptanceFeature.MARKS, 1.0);
            default -> {}
        }
        if (claim.names() != null) {
            ofText(claim.names(), claim.name(), features);
        }
        if (claim.logo() != null) {
            ofMark(claim.passage(), claim.logo(), features);
        }
        return features;
    }

    private void ofText(NamesInText names, int index, Map<AcceptanceFeature, Double> features) {
        String text = names.text;
        int first = names.startOfRow(index);
        int start = names.get(first).start();
        int last = names.endOfRow(first);
        int end = names.get(last).end();
        String clause = text.substring(PayingClauses.clauseStart(text, start), PayingClauses.clauseEnd(text, end));
        has(features, signs.book.says(LexiconCategory.OTHER_WAY, text), AcceptanceFeature.OTHER_WAY_TO_PAY);
        has(features, names.isInRow(index), AcceptanceFeature.ROW_OF_NAMES);
        has(features, names.coverage() >= MOSTLY_NAMES, AcceptanceFeature.MOSTLY_NAMES);
        has(features, signs.book.says(LexiconCategory.ASKING, clause), AcceptanceFeature.ADDRESSES_READER);
        has(features, PassageShape.isParagraph(names.passage), AcceptanceFeature.LONG_TEXT);
        boolean reported = PassageShape.isCode(names.passage)
                || names.isSpokenOf(last)
                || PayingClauses.isAsked(text, end)
                || signs.book.says(LexiconCategory.OTHERS, clause)
                || new Quotations(text).isOpenAt(start);
        has(features, reported, AcceptanceFeature.REPORTED);
    }

    private void ofMark(Passage passage, LogoAt at, Map<AcceptanceFeature, Double> features) {
        has(features, isBesideMark(at, passage.field()), AcceptanceFeature.BESIDE_A_MARK);
        has(features, PassageShape.isIcon(passage), AcceptanceFeature.ICON_CLASS);
    }

    private boolean isBesideMark(LogoAt at, Field field) {
        List<LogoAt> logos = signs.logos;
        int index = logos.indexOf(at);
        for (int step = -1; step <= 1; step += 2) {
            for (int i = index + step; i >= 0 && i < logos.size(); i += step) {
                LogoAt other = logos.get(i);
                if (Math.abs(other.passage() - at.passage()) > MARK_REACH) {
                    break;
                }
                if (other.logo().brand() != at.logo().brand()
                        && signs.passage(other.passage()).field() == field) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void has(Map<AcceptanceFeature, Double> features, boolean found, AcceptanceFeature feature) {
        if (found) {
            features.put(feature, 1.0);
        }
    }
}
