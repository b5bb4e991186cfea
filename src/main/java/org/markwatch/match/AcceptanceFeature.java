package org.markwatch.match;

import java.util.Locale;

/**
 * A feature that counts for or against a claim of acceptance. {@code evidence/acceptance.csv} has its points and says in
 * words what it is.
 */
enum AcceptanceFeature {
    // ---- of the claim
    /** Only the owner can say so: {@code we accept}, a button or link to pay, an account, a request to give. */
    OWN_WORDING(Direction.FOR),
    /** Wording that means nothing but acceptance: {@code payment can be made by}. */
    SURE_WORDING(Direction.FOR),
    /** Structured data say so. */
    STRUCTURED_DATA(Direction.FOR),
    /** The mark is drawn. */
    MARKS(Direction.EITHER),
    /** A clause of paying without a known wording. */
    CLAUSE(Direction.EITHER),
    /** Nothing but a list of names. */
    LIST(Direction.EITHER),
    /** Cash, bank transfer or another way to pay in the same text. */
    OTHER_WAY_TO_PAY(Direction.FOR),
    ROW_OF_NAMES(Direction.FOR),
    /** Names cover a third of the text or more. */
    MOSTLY_NAMES(Direction.FOR),
    /** The clause speaks to the reader, or of the speaker. */
    ADDRESSES_READER(Direction.FOR),
    LONG_TEXT(Direction.AGAINST),
    /** The text asks, quotes, tells of others, goes on about the names or is code. */
    REPORTED(Direction.AGAINST),
    BESIDE_A_MARK(Direction.FOR),
    /** The mark is an icon of a font or sprite. */
    ICON_CLASS(Direction.EITHER),

    // ---- of the page
    CART(Direction.FOR),
    PRICE(Direction.FOR),
    TERMS_OF_SALE(Direction.FOR),
    ORDER_TITLE(Direction.FOR),
    PAYMENT_TITLE(Direction.FOR),
    BRAND_IN_HEADLINE(Direction.AGAINST_PAGE),
    /** Share of the headings that name a brand and claim nothing. */
    HEADINGS_NAME_BRANDS(Direction.AGAINST_PAGE),
    /** Share of the visible text that is an article, a listing of code, or describes marks. */
    ARTICLE_SHARE(Direction.AGAINST_PAGE),
    /** Pictures as a share of those of a gallery. */
    MANY_IMAGES(Direction.AGAINST_PAGE);

    /** What the points of a feature may say. */
    enum Direction {
        /** Points are 0 or more. */
        FOR,
        /** Points are 0 or less. */
        AGAINST,
        /** Points are 0 or less, and limited together with all others of the kind, since the owner can add them to any page. */
        AGAINST_PAGE,
        /** Compares a route with the others. */
        EITHER
    }

    private final Direction direction;

    AcceptanceFeature(Direction direction) {
        this.direction = direction;
    }

    Direction direction() {
        return direction;
    }

    /** Returns the id in the table: {@code own-wording}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
