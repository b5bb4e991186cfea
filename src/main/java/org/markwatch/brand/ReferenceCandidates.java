package org.markwatch.brand;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.markwatch.brand.PageSigns.LogoAt;
import org.markwatch.brand.PageSigns.Owned;
import org.markwatch.extract.Passage;
import org.markwatch.watchlist.Field;

/** Links, forms, scripts and values of a page that take a brand, as candidates for acceptance. One use per page. */
final class ReferenceCandidates {
    /** Values of two letters in forms, from which they are a list of countries or states: AE, DC, MC. */
    private static final int PLACES = 12;

    private final PageSigns signs;
    private final List<UseCandidate> candidates = new ArrayList<>();

    ReferenceCandidates(PageSigns signs) {
        this.signs = signs;
    }

    List<UseCandidate> read() {
        references(signs.actions, "form-host");
        references(signs.payLinks, "pay-link");
        references(signs.scripts, "sdk");
        values();
        return candidates;
    }

    private void references(List<Owned> references, String rule) {
        for (Owned reference : references) {
            FeatureValues features = new FeatureValues();
            features.set(UseFeature.OWN_WORDING);
            candidates.add(new UseCandidate(
                    signs.passage(reference.passage()),
                    reference.start(),
                    reference.end(),
                    reference.brand(),
                    rule,
                    null,
                    features));
        }
    }

    /** {@code paymentAccepted}, and choices of forms if two brands are among them or one beyond doubt. */
    private void values() {
        if (signs.logos.isEmpty()) {
            return;
        }
        boolean places = signs.logos.stream().anyMatch(at -> isCode(signs.passage(at.passage()))) && areOfPlaces();
        BitSet chosen = new BitSet();
        boolean sure = false;
        for (LogoAt at : signs.logos) {
            if (isChoice(signs.passage(at.passage()), places)) {
                chosen.set(at.logo().brand());
                sure |= at.logo().trust() != Trust.BESIDE_LOGO;
            }
        }
        for (LogoAt at : signs.logos) {
            Passage passage = signs.passage(at.passage());
            boolean several = sure && chosen.cardinality() > 1;
            if (signs.isPaymentValue(at.passage())) {
                add(at, passage, "json-ld", UseFeature.STRUCTURED_DATA, false);
            } else if (isChoice(passage, places) && (at.logo().trust() == Trust.ALONE || several)) {
                add(at, passage, "form-choice", UseFeature.FORM_CHOICE, several);
            }
        }
    }

    /** Whether so many values of forms are codes that they are those of places. */
    private boolean areOfPlaces() {
        return signs.passages.stream()
                        .filter(ReferenceCandidates::isCode)
                        .limit(PLACES)
                        .count()
                == PLACES;
    }

    private void add(LogoAt at, Passage passage, String rule, UseFeature feature, boolean several) {
        FeatureValues features = new FeatureValues();
        features.set(feature);
        features.set(UseFeature.BESIDE_A_MARK, several);
        candidates.add(new UseCandidate(
                passage, at.logo().start(), at.logo().end(), at.logo().brand(), rule, null, features));
    }

    private static boolean isChoice(Passage passage, boolean places) {
        return passage.field() == Field.FORM && !(places && isCode(passage));
    }

    private static boolean isCode(Passage passage) {
        return passage.field() == Field.FORM
                && passage.detail().equals("value")
                && passage.text().length() == 2
                && passage.text().chars().allMatch(Character::isLetter);
    }
}
