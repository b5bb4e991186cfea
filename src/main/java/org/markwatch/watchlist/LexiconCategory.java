package org.markwatch.watchlist;

/**
 * What words mean to whoever judges a page: the keys of {@code wording/*.yaml}. The examples are in English; each language has its own.
 */
public enum LexiconCategory {
    // ---- beside a brand's name, which stands at {brand}
    /** That the speaker takes the brand: {@code we accept {brand}}. */
    ACCEPT_OWN(EntrySyntax.CLAIM),
    /** The same, where the page is no article about brands: {@code payment can be made by {brand}}. */
    ACCEPT_SURE(EntrySyntax.CLAIM),
    /** That somebody takes it, the speaker where something is sold: {@code pay by {brand}}. */
    ACCEPT_VAGUE(EntrySyntax.CLAIM),
    /** Something in a short text only, before or after the name: {@code payment}. */
    ACCEPT_WEAK(EntrySyntax.PHRASES),

    // ---- parts of a clause
    /** Verbs and nouns of paying: {@code pay}, {@code payment}. */
    PAYING,
    /** What else is done with money, and money itself: {@code send the money}, {@code deposit}. */
    HANDING_OVER,
    /** What is done to a card or an account: {@code charged}. */
    CHARGED,
    /** What stands before the means: {@code by}, {@code via}. */
    WITH,
    /** What may stand between that and a name: {@code your}, {@code card}. */
    ARTICLE,
    /** Negations: {@code not}, {@code never}. */
    NOT,
    /** What denies right before wording: {@code we cannot accept}. */
    DENIED,
    /** What denies behind a name, beside {@link #NOT}: {@code no longer}. */
    REFUSED_AFTER,
    /** {@code impossible}. */
    IMPOSSIBLE,
    /** What turns a sentence: {@code but}. */
    BUT,
    /** What takes something out: {@code except}. */
    EXCEPT,
    /** What joins the entries of a list: {@code and}, {@code or}. */
    AND_OR,
    /** {@code if}, {@code when}. */
    IF,
    /** {@code only if}. */
    ONLY_IF,
    /** {@code why}. */
    WHY,
    /** What stands before a country: {@code in}. */
    IN_PLACE,

    // ---- ways to pay
    /** Cash, bank transfer and others that nobody watches. */
    OTHER_WAY,
    /** What cards are read with: {@code card reader}. */
    DEVICE,
    /** {@code invoice}, {@code money request}, behind a name. */
    BILL,
    /** {@code cards}. */
    CARDS,
    /** {@code card}, in each case of a language. */
    ANY_CARD,
    /** Cards to pay with, longer forms too: {@code credit card}. */
    CARD_WORD,
    /** Several cards before names, as those say who take them: {@code cards}. */
    CARDS_TAKEN,
    /** The same behind names, where the case says it. */
    CARDS_TAKEN_BEHIND,
    /** {@code accepted}, {@code supported}. */
    ACCEPTED,
    /** Who pays chooses it: {@code select}. */
    CHOSEN,
    /** Where those who pay are sent to: {@code redirected}. */
    REDIRECTED,
    /** What is said at one's own till: {@code at our}, {@code have your}. */
    AT_OURS,
    /** What is bought: {@code your order}, {@code on arrival}. */
    ORDER,

    // ---- told of others
    /** Somebody tells what was spent: {@code paid}, {@code lost}. */
    SPENT,
    /** Who is spoken of: {@code they}, {@code merchants}. */
    OTHERS,
    /** Whose customers pay somebody else, word by word: {@code lets}, {@code retailers}. */
    WHO_OTHERS_PAY(EntrySyntax.WORDS),
    /** Before them, it is the speaker's own: {@code our}. */
    OUR(EntrySyntax.WORDS),
    /** {@code most shops}, {@code usually}. */
    OF_MOST,
    /** Said to those who sell: {@code your store}. */
    TO_MERCHANTS,
    /** Software for those who sell: {@code payment gateways}. */
    GATEWAYS,
    /** Money goes out: {@code withdraw}. */
    PAID_OUT,
    /** It comes in: {@code deposit}. */
    PAID_IN,
    /** Cards are put into a wallet: {@code link your card}. */
    LINKED,
    /** {@code advertisement}. */
    ADVERTISEMENT,
    /** {@code coming soon}. */
    SOON,

    // ---- gifts
    /** {@code donate}. */
    GIVING,
    /** What speaks to a reader, or of oneself: {@code you}, {@code our}. */
    ASKING,
    /** Those who may be given to without a reviewer: {@code charity}. */
    CHARITY,

    // ---- what pages are
    /** What those who sell call what they sell by: {@code terms and conditions}. */
    TERMS,
    /** What those who sell call the page that says how to order or join, and what it costs: {@code how to order}, {@code course fees}. */
    ORDERING,
    /** {@code delivery}. */
    DELIVERY,
    /** Parts of a shop, in links, forms, classes and addresses: {@code cart}. */
    SHOP(EntrySyntax.PHRASES),
    /** Names of boxes for the marks that are taken: {@code payment icons}. */
    PAYMENT_BOX(EntrySyntax.PHRASES),
    /** What goes before the number of a bank account. */
    ACCOUNT_LABEL(EntrySyntax.PHRASES),
    /** Labels of what only a card's or account's holder knows: {@code security code}. */
    SECRET_LABEL(EntrySyntax.PHRASES),
    /** What a form calls a password, anywhere in it. */
    PASSWORD_FIELD(EntrySyntax.PHRASES),
    /** What a form calls the number or code of a card, anywhere in it. */
    CARD_FIELD(EntrySyntax.PHRASES),
    /** What a form calls a one-time code, and nothing else. */
    CODE_FIELD(EntrySyntax.PHRASES),

    // ---- words of file names, classes and captions
    /** The reference is about paying: {@code payment}, {@code cc}. */
    PAYMENT_WORD(EntrySyntax.WORDS),
    /** Says nothing about what is drawn: {@code logo}, {@code dark}. */
    DECORATION(EntrySyntax.WORDS),
    /** Marks and ways to pay that nobody watches: beside a name they speak for it. */
    OTHER_MARK(EntrySyntax.WORDS),
    /** Words of programmes that ask payers who they are: {@code securecode}. */
    PROGRAMME(EntrySyntax.WORDS),
    /** What files call marks of such programmes: {@code vbv}. */
    PROGRAMME_MARK(EntrySyntax.WORDS),
    /** Folders whose pictures are firms: {@code partners}. */
    OF_FIRMS(EntrySyntax.WORDS),
    /** Folders called for the sake of a site: {@code uploads}. */
    TECHNICAL_FOLDER(EntrySyntax.WORDS),
    /** Pictures that pages have beside marks: {@code facebook}, {@code cart}. */
    OF_PAGES(EntrySyntax.WORDS),
    /** Labels of rows of firms: {@code our sponsors}. */
    FIRMS,
    /** Which machine knows the marks: {@code cash machine}. */
    MACHINE,

    // ---- beside a name that is a common word too
    /** Behind it in running text: {@code card}, {@code accepted}. */
    AFTER_BRAND(EntrySyntax.WORDS),
    /** Behind it, it is a firm's: {@code bank}, {@code inc}. */
    COMPANY,
    /** Of cards, money and banks: {@code cardmember}. */
    BANKING_WORD(EntrySyntax.WORDS),
    /** In a host name: {@code login}. */
    HOST_BAIT(EntrySyntax.WORDS),

    // ---- pages that pass themselves off as a brand
    /** What the title of a page to sign in may have beside the name: {@code welcome}. */
    SIGN_IN(EntrySyntax.WORDS),
    /** Of these, what says by itself that one signs in: {@code login}. */
    SIGNS_IN(EntrySyntax.WORDS),
    /** What such titles have that name nobody: {@code information}. */
    NAMELESS(EntrySyntax.WORDS),
    /** Places that a brand's own pages are for: {@code us}. */
    PLACE(EntrySyntax.WORDS),
    /** What something is done with, as a word: {@code via}. */
    WITH_WORD(EntrySyntax.WORDS),
    /** In a headline, something is taught: {@code tutorial}. */
    TAUGHT(EntrySyntax.WORDS),
    /** Behind a firm's name, people have something there: {@code account}. */
    ACCOUNT_HELD,
    /** {@code terms}, {@code privacy policy}, as what is agreed to. */
    LEGAL_TEXT,
    /** Behind 'copyright', no owner: {@code all rights}. */
    NOBODY(EntrySyntax.WORDS),

    // ---- cards that somebody has
    /** Before the last digits of one: {@code ending in}. */
    LAST_DIGITS,
    /** Before a date: {@code expires}. */
    EXPIRES;

    /** How the entries of a meaning are written. */
    public enum EntrySyntax {
        /** Single words, found as words of a text or a name; in scripts without spaces, inside runs of letters. */
        WORDS,
        /** Words in a row. */
        PHRASES,
        /** Words in a row with {@code {brand}} at their beginning or end. */
        CLAIM,
        /** Words in a row; {@code pay*} any letters may follow, {@code *card} go before, {@code (a|b)} either, {@code x?} or not. */
        EXPRESSIONS
    }

    private final EntrySyntax entrySyntax;

    LexiconCategory() {
        this(EntrySyntax.EXPRESSIONS);
    }

    LexiconCategory(EntrySyntax form) {
        this.entrySyntax = form;
    }

    /** How its entries are written. */
    public EntrySyntax entrySyntax() {
        return entrySyntax;
    }
}
