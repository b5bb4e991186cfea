package org.markwatch.brand;

import java.util.Locale;

/**
 * A feature of a place where a page may use a brand, or of its page. The tables {@code evidence/acceptance.csv} and
 * {@code evidence/logo.csv} have the points and say in words what each feature is.
 */
enum UseFeature {
    // ---- wording that reaches a name
    /** Only the owner can say so: {@code we accept}, a button, a form or a link to pay. */
    OWN_WORDING(Direction.SAID),
    /** Wording that means nothing but acceptance, or an address or account that the payment goes to. */
    SURE_WORDING(Direction.SAID),
    /** Wording of paying or accepting: {@code pay by}, {@code accepted}. */
    VAGUE_WORDING(Direction.SAID),
    /** A verb of paying before the name, and a preposition right before it: {@code settle the rest by}. */
    PAY_BY(Direction.SAID),
    /** The clause speaks of paying, accepting or choosing in another way. */
    PAYING_CLAUSE(Direction.SAID),
    /** Names say which cards are meant: {@code credit cards (Visa, Mastercard)}. */
    CARDS_NAMED(Direction.SAID),
    /** The text speaks of an order, a checkout or a device that reads cards. */
    ORDER(Direction.SAID),
    /** The clause speaks to the reader, or of the speaker. */
    ADDRESSES_READER(Direction.SAID),

    // ---- what stands beside it
    OTHER_WAY_IN_ROW(Direction.FOR),
    OTHER_WAY_IN_TEXT(Direction.FOR),
    OTHER_WAY_NEAR(Direction.FOR),
    /** A row or list with another brand. */
    ROW_OF_NAMES(Direction.FOR),
    /** A row with two other brands. */
    LONG_ROW(Direction.FOR),
    /** Names cover a third of the text. */
    MOSTLY_NAMES(Direction.FOR),
    /** The text is hardly more than names. */
    ONLY_NAMES(Direction.FOR),
    /** A heading, label or question above says how to pay. */
    LABEL_PAYS(Direction.FOR),
    /** A label in the same text says how to pay: {@code Payment: PayPal}. */
    LABELLED(Direction.FOR),

    // ---- where it stands
    STRUCTURED_DATA(Direction.FOR),
    FORM_CHOICE(Direction.FOR),
    /** The title or a heading of the first rank. */
    HEADLINE(Direction.EITHER),
    /** A lesser heading. */
    HEADING(Direction.EITHER),
    METADATA(Direction.EITHER),
    LINK(Direction.EITHER),
    BANK(Direction.EITHER),

    // ---- against a name
    LONG_TEXT(Direction.AGAINST),
    ASKED(Direction.AGAINST),
    /** The sentence tells of others, of most shops, of payouts or plans; it quotes, is code, or names a stored card. */
    TOLD_OF_OTHERS(Direction.AGAINST),
    /** It stands in a quotation, and more is said around it. */
    QUOTED(Direction.AGAINST),
    /** Wording of acceptance in a text that also quotes. */
    BESIDE_A_QUOTATION(Direction.AGAINST),
    /** No more than wording of paying or accepting, in a paragraph. */
    VAGUE_IN_PARAGRAPH(Direction.AGAINST),
    /** Figures stand between names that are entries of their own, as in a comparison. */
    FIGURES_BESIDE(Direction.AGAINST_PAGE),
    /** The clause tells what was paid, or states a share. */
    PAST(Direction.AGAINST),
    /** Prose goes on about the names: {@code Visa and Mastercard have settled}. */
    SPOKEN_OF(Direction.AGAINST),
    /** A name that is also a word or an abbreviation, without another brand in its row. */
    AMBIGUOUS(Direction.AGAINST),
    /** Such a name in lower case. */
    LOWER_CASE(Direction.AGAINST),
    /** Such a name before a word that does not follow brands. */
    COMMON_WORD(Direction.AGAINST),
    /** Such a name on a page whose texts, as a share of many, use the word in another sense. */
    HOMONYM(Direction.AGAINST_PAGE),

    // ---- marks
    /** A reference that names the mark beyond doubt. */
    MARK(Direction.EITHER),
    /** A reference by the main name of a brand, which is also a word. */
    MARK_MAIN_NAME(Direction.EITHER),
    /** A reference by an abbreviation or another ambiguous name. */
    MARK_ABBREVIATION(Direction.EITHER),
    /** The reference itself is named after paying: {@code payment/visa.svg}. */
    MARK_OF_PAYING(Direction.FOR),
    /** It shows a firm, a stored card, a figure, a sign-in or a product, by its label, folder, caption or neighbours. */
    NOT_OFFERED(Direction.AGAINST_PAGE),
    /** The mark of another brand stands beside it. */
    BESIDE_A_MARK(Direction.FOR),
    /** The marks of two other brands stand beside it. */
    BESIDE_MARKS(Direction.FOR),
    /** The mark of another payment method stands beside it. */
    BESIDE_OTHER_MARK(Direction.FOR),
    /** It stands in an element that is named after payment marks. */
    PAYMENT_BOX(Direction.FOR),
    ICON_CLASS(Direction.EITHER),
    CAPTION(Direction.EITHER),
    /** Words near by use the name in another sense. */
    LABELLED_OTHERWISE(Direction.AGAINST_PAGE),

    // ---- of the page
    CART(Direction.FOR),
    /** An amount stands in a short text. */
    PRICE_TAG(Direction.FOR),
    PRICE(Direction.FOR),
    TERMS_OF_SALE(Direction.FOR),
    ORDER_TITLE(Direction.FOR),
    PAYMENT_TITLE(Direction.FOR),
    /** Share of the titles and headings of the first rank that name the brand. */
    BRAND_IN_HEADLINE(Direction.AGAINST_PAGE),
    /** Share of the headings that name a brand and claim nothing. */
    HEADINGS_NAME_BRANDS(Direction.AGAINST_PAGE),
    /** Share of the headings that speak of cards, and not of paying or accepting: those of a page about cards. */
    HEADINGS_SPEAK_OF_CARDS(Direction.AGAINST_PAGE),
    /** Share of the visible text that is an article, a listing of code, or describes marks. */
    ARTICLE_SHARE(Direction.AGAINST_PAGE),
    /** Twice the share of the text that speaks to merchants. */
    MERCHANT_SHARE(Direction.AGAINST_PAGE),
    /** Passages that name brands among other words, beyond one, as a share of many: a claim stands in one or two. */
    MENTIONS(Direction.AGAINST_PAGE),
    /** Passages of the text that speak of paying, as a share of many: a page about paying explains it. */
    SPEAKS_OF_PAYING(Direction.AGAINST_PAGE),
    /** Passages of the text that speak of cards, as a share of many. */
    SPEAKS_OF_CARDS(Direction.AGAINST_PAGE),
    /** Passages of the text that quote, as a share of many: who tells what others said quotes them. */
    QUOTES(Direction.AGAINST_PAGE),
    /** Passages of the text that speak of clients, partners or sponsors, as a share of many. */
    SPEAKS_OF_FIRMS(Direction.AGAINST_PAGE),
    /** Title and texts that speak of demonstrations, themes and samples, as a share of a few. */
    MADE_UP(Direction.AGAINST_PAGE),
    /** Title and texts that say that a shop or an offer is no more, as a share of a few. */
    ENDED(Direction.AGAINST_PAGE),
    /** Title and texts that report on others, such as courts, surveys and the press, as a share of a few. */
    REPORTED(Direction.AGAINST_PAGE),
    /** Title and texts that speak of the software and the staff of firms, as a share of a few. */
    AT_WORK(Direction.AGAINST_PAGE),
    /** Title and texts that guide travellers or buyers elsewhere, as a share of a few. */
    GUIDE(Direction.AGAINST_PAGE),
    /** The title speaks of banks, cards, accounts or devices, and texts of the page do: the page is about them. */
    TITLE_SPEAKS_OF_CARDS(Direction.AGAINST_PAGE),
    /** The title says that the page is of one of the five kinds above, and a text does. */
    TITLE_SAYS_PURPOSE(Direction.AGAINST_PAGE),
    /** Places in which visitors see a name or mark, beyond a few, as a share of many. */
    MANY_PLACES(Direction.AGAINST_PAGE);

    /** What the points of a feature may say. */
    enum Direction {
        /** Points are 0 or more. */
        FOR,
        /** Points are 0 or more, and limited together: a clause that says the same in several ways tells no more. */
        SAID,
        /** Points are 0 or less. */
        AGAINST,
        /** Points are 0 or less, and limited together: what stands elsewhere on the page, since the owner can add it to any page. */
        AGAINST_PAGE,
        /** Compares kinds of places. */
        EITHER
    }

    private final Direction direction;

    UseFeature(Direction direction) {
        this.direction = direction;
    }

    Direction direction() {
        return direction;
    }

    /** Returns the id in the tables: {@code own-wording}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
