package org.markwatch.brand;

import org.markwatch.brand.PageSigns.Strength;
import org.markwatch.watchlist.LexiconCategory;

/** What a pattern of {@link BrandRules} stands for. */
public sealed interface BrandTarget {
    /** A name of a brand. @param ambiguous whether it is a common word too */
    record BrandName(int brand, boolean ambiguous) implements BrandTarget {}

    /** Acceptance wording. */
    record AcceptanceCue(Side side, Strength strength) implements BrandTarget {}

    /** A part of every shop: cart, checkout. @param box whether it is what a box of payment marks is called */
    record ShopPart(boolean box) implements BrandTarget {}

    /** What stands before the number of a bank account. */
    record AccountLabel() implements BrandTarget {}

    /** A label of what only the holder of a card or an account knows. */
    record SecretLabel() implements BrandTarget {}

    /** A word of the category that begins word groups. */
    record GroupWord(LexiconCategory category) implements BrandTarget {}

    /** A brand's own host. */
    record OfficialHost() implements BrandTarget {}
}
