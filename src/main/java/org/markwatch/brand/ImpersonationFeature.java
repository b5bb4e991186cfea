package org.markwatch.brand;

import java.util.Locale;

/**
 * A feature that counts for or against a page being an impersonation of a brand. {@code evidence/impersonation.csv} has
 * its points and says in words what it is. Values are above 0 and at most 1.
 */
public enum ImpersonationFeature {
    // ---- of the brand on the page
    /** The title is the name, with no more than words of signing in. */
    TITLE_IS_NAME(Direction.FOR_BRAND),
    /** A part of the title is the name, or the title is the name and a common word. */
    TITLE_PART_IS_NAME(Direction.FOR_BRAND),
    /** The title that names it has words of signing in. */
    TITLE_SIGNS_IN(Direction.FOR_BRAND),
    /** The name alone in a text above the form. */
    LETTERHEAD(Direction.FOR_BRAND),
    /** The name alone in a heading above the form. */
    HEADING(Direction.FOR_BRAND),
    /** A short text that names it has words of signing in. */
    INVITATION(Direction.FOR_BRAND),
    /** It claims the page's rights. */
    RIGHTS(Direction.FOR_BRAND),
    /** The claim to the rights is a line of its own. */
    RIGHTS_LINE(Direction.FOR_BRAND),
    /** Its logo above the form, as a share of the brands that are drawn there. */
    LOGO(Direction.FOR_BRAND),
    /** The logo is that of the firm and not of a way to pay, as the same share. */
    PLAIN_LOGO(Direction.FOR_BRAND),
    /** What may be its logo above the form. */
    POSSIBLE_LOGO(Direction.FOR_BRAND),
    /** The caption of a picture above the form is the name. */
    CAPTION(Direction.FOR_BRAND),
    /** Metadata give the site its name, or icon, style sheet or address of the page are on its host. */
    METADATA(Direction.FOR_BRAND),
    /** A picture comes from its host, as a share of the brands whose hosts serve the page something. */
    PICTURE_OF_HOST(Direction.FOR_BRAND),
    LOOKALIKE_HOST(Direction.FOR_BRAND),
    /**
     * A part of the host's name is a name of the brand: {@code citi-th.example}. A common word counts if the brand is a bank or the
     * page speaks of money.
     */
    NAMED_IN_HOST(Direction.FOR_BRAND),
    /** A field asks for an account with it, or for its password. */
    ASKS_ITS_ACCOUNT(Direction.FOR_BRAND),

    // ---- of the page
    /** The brand is a bank. */
    BANK(Direction.FOR),
    /** Places on the page that name or draw this brand, as a share of those of all brands. */
    BRAND_SHARE(Direction.FOR),
    /** No title names anybody. */
    NAMELESS_TITLE(Direction.FOR),
    /** A password is asked for; less if keys of a service are asked for too. */
    ASKS_PASSWORD(Direction.FOR),
    ASKS_CARD(Direction.FOR),
    /** A label asks for what only the holder of a card or an account knows. */
    ASKS_SECRET(Direction.FOR),

    // ---- what an owner cannot add: something is absent
    ASKS_NOTHING(Direction.AGAINST),
    /** The name is there only as a common word. */
    COMMON_WORD(Direction.AGAINST),
    /** The name is there only as a common word, and nothing speaks of cards or banks. */
    NOT_OF_MONEY(Direction.AGAINST),
    /** The brand is drawn, and not named. */
    NOT_NAMED(Direction.AGAINST),

    // ---- of the rest of the page
    /** Places that name or draw other brands. */
    OTHER_BRANDS(Direction.AGAINST_PAGE),
    /** The title has the site's own name, as its host gives it; half of it if only metadata do. */
    OWN_TITLE(Direction.AGAINST_PAGE),
    /** Claims of others to the page's rights. */
    RIGHTS_OF_OTHERS(Direction.AGAINST_PAGE),
    /** Share of the headlines that teach or ask. */
    TEACHES(Direction.AGAINST_PAGE),
    /** Sentences that name the brand. */
    NAMED_IN_SENTENCES(Direction.AGAINST_PAGE),
    /** The caption of a picture names it among other words. */
    NAMED_IN_CAPTION(Direction.AGAINST_PAGE),
    /** Visitors read that payment is taken. */
    TAKES_PAYMENT(Direction.AGAINST_PAGE),
    /** Visitors read that payment with the brand is taken. */
    TAKES_BRAND(Direction.AGAINST_PAGE);

    /** What the points of a feature may say. */
    enum Direction {
        /** Shows the brand; points are 0 or more. A page needs some of them: one that only names the brand asks for itself. */
        FOR_BRAND,
        /** Points are 0 or more. */
        FOR,
        /** Points are 0 or less. */
        AGAINST,
        /** Points are 0 or less, and limited together with all others of the kind, since the owner can add them to any page. */
        AGAINST_PAGE
    }

    private final Direction direction;

    ImpersonationFeature(Direction direction) {
        this.direction = direction;
    }

    Direction direction() {
        return direction;
    }

    /** Returns the id in the table: {@code title-is-name}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
