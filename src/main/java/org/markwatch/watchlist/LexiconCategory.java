package org.markwatch.watchlist;

/**
 * A lexicon category: words that have one meaning for page analysis. Its name in lower case with hyphens is its key in
 * {@code wording/*.yaml}. The examples below are English; each language has words of its own.
 */
public enum LexiconCategory {
    // ---- statements of acceptance; {brand} stands for the brand's name
    /** States that the site itself accepts the brand: {@code we accept {brand}}. */
    ACCEPT_OWN(EntrySyntax.CLAIM),
    /**
     * States that the site accepts the brand, in words that leave little doubt: {@code payment can be made by {brand}}.
     * What the page is can outweigh it.
     */
    ACCEPT_SURE(EntrySyntax.CLAIM),
    /**
     * States that somebody accepts the brand: {@code pay by {brand}}. Just enough for a claim; what the page is can
     * outweigh it.
     */
    ACCEPT_VAGUE(EntrySyntax.CLAIM),
    /** Suggests acceptance if it stands before or after the brand's name in a short text: {@code payment}. */
    ACCEPT_WEAK(EntrySyntax.PHRASES),

    // ---- parts of a clause
    /** Verbs and nouns of paying: {@code pay}, {@code payment}. */
    PAYING,
    /** Other verbs of handing over money, and nouns for money: {@code send the money}, {@code deposit}. */
    HANDING_OVER,
    /** Verbs of charging a card or an account: {@code charged to}. */
    CHARGED,
    /** Verbs of accepting, which a negation may deny: {@code accept}, {@code take}. */
    ACCEPTING,
    /** Prepositions before a payment method: {@code by}, {@code via}. */
    WITH,
    /** Words that may stand between such a preposition and a brand's name: {@code your}, {@code card}. */
    ARTICLE,
    /** Negations: {@code not}, {@code never}. */
    NOT,
    /** Negations directly before a statement of acceptance: {@code cannot} in {@code we cannot accept}. */
    DENIED,
    /** Negations that deny nothing: {@code not only}, {@code no problem}. */
    NOT_ONLY,
    /** Negations after a brand's name, in addition to {@link #NOT}: {@code no longer}. */
    REFUSED_AFTER,
    /** Statements that something is not possible: {@code impossible}. */
    IMPOSSIBLE,
    /** Conjunctions that end the scope of a negation: {@code but}. */
    BUT,
    /** Words that exclude the brands after them: {@code except}. */
    EXCEPT,
    /** Conjunctions between the entries of a list: {@code and}, {@code or}. */
    AND_OR,
    /** Conjunctions of a condition: {@code if}, {@code when}. They help to recognise the language of a page only. */
    IF,
    /** Question words for a reason: {@code why}. */
    WHY,
    /** Prepositions before the name of a country or a place: {@code in}. */
    IN_PLACE,

    // ---- payment methods
    /** Payment methods that no brand pack covers, such as cash and bank transfer: {@code cash on delivery}. */
    OTHER_WAY,
    /** Devices that read cards: {@code card reader}. */
    DEVICE,
    /** Names of payment cards in a statement of acceptance: {@code credit cards}. */
    CARDS,
    /** The word for a card, in each grammatical case: {@code card}. */
    ANY_CARD,
    /** Words for payment cards, compounds included: {@code creditcard}. */
    CARD_WORD,
    /**
     * Plural words for cards that introduce a list of accepted brands: {@code cards}. They help to recognise the language
     * of a page only.
     */
    CARDS_TAKEN,
    /** Words for cards after a list of accepted brands, in the grammatical case that states acceptance. */
    CARDS_TAKEN_BEHIND,
    /** Participles of accepting: {@code accepted}, {@code supported}. */
    ACCEPTED,
    /** Verbs of choosing a payment method: {@code select}. */
    CHOSEN,
    /** Verbs of sending a payer to another page: {@code redirected}. */
    REDIRECTED,
    /** Words that limit what is taken to the methods beside them: {@code only}. */
    ONLY,
    /** Answers that affirm: {@code yes}. */
    YES,
    /** Words for an amount on which a seller takes a payment method: {@code surcharge}, {@code minimum spend}. */
    ASKED_AMOUNT,
    /** What a buyer has paid with, to which a refund returns: {@code you paid with}, {@code original card}. */
    PAID_WITH,
    /** Labels of a place or case in which it is paid, right before what is taken there: {@code from abroad}, {@code at the door}. */
    PAID_WHERE,
    /** Phrases of a site about its own checkout or premises: {@code at our}, {@code have your}. */
    AT_OURS,
    /** Words for an order, a booking, its delivery or its checkout: {@code your purchase}, {@code another card}. */
    ORDER,

    // ---- reported speech and third parties
    /** Verbs that report a past payment, loss or statement: {@code paid}, {@code lost}. */
    SPENT,
    /** Words for a third party: {@code they}, {@code merchants}. */
    OTHERS,
    /** Single words for a third party that is paid, and verbs that introduce one: {@code retailers}, {@code lets}. */
    WHO_OTHERS_PAY(EntrySyntax.WORDS),
    /** Possessives before a third party that mark it as the site's own: {@code our}. */
    OUR(EntrySyntax.WORDS),
    /** Generalisations about shops: {@code most shops}, {@code usually}. */
    OF_MOST,
    /** Phrases that address merchants: {@code your store}. */
    TO_MERCHANTS,
    /** Payment software for merchants: {@code payment gateways}. */
    GATEWAYS,
    /** Words for money that leaves an account: {@code withdraw}. */
    PAID_OUT,
    /** Words for money that enters an account: {@code deposit}. */
    PAID_IN,
    /** Phrases for adding a card to a wallet: {@code link your card}. */
    LINKED,
    /** Labels of advertisements: {@code advertisement}. */
    ADVERTISEMENT,
    /** Announcements: {@code coming soon}. */
    SOON,

    // ---- payment out of sight
    /** Gift cards, vouchers and prepaid credit that many shops sell: {@code gift card}. */
    GIFT_CARD,
    /** What of such a card is worth money: {@code the code}, {@code photo of the back}. */
    CARD_CODE,
    /** Requests to hand something to the seller: {@code send us}. */
    SEND_US,
    /** Shops where such cards are sold: {@code at any supermarket}. */
    SOLD_AT,
    /** What a payer must know to transfer money: {@code account number}. */
    ACCOUNT_DETAILS,
    /** Ways to tell a single person: {@code by private message}. */
    TOLD_PRIVATELY,
    /** What the account of a business is not: {@code private account}, {@code changes daily}. */
    ODD_PAYEE,
    /** Money in notes: {@code banknotes}. */
    BANKNOTES,
    /** Ways to post it: {@code in an envelope}. */
    IN_ENVELOPE,
    /** Requests to put something in or to post it: {@code put}, {@code fold}. */
    ENCLOSE,
    /** Transfers that the payee fetches in cash: {@code cash pickup}. */
    CASH_PICKUP,
    /** Cryptocurrencies: {@code bitcoin}. */
    COIN,
    /** Where coins are sent to: {@code wallet address}. */
    COIN_ADDRESS,
    /** What is paid less: {@code discount}. */
    DISCOUNT,
    /** What one opens or enters to pay: {@code payment link}. */
    PAY_LINK,
    /** Messages that nobody else reads: {@code in a private message}. */
    IN_PRIVATE,
    /** Words for prices: {@code price list}. */
    PRICES,
    /** What alone is taken: {@code only payments}. */
    TAKEN_ONLY,
    /** What a payment is that nobody can take back: {@code cannot be charged back}. */
    IRREVERSIBLE,
    /** What a transfer says it is for: {@code payment reference}. */
    PURPOSE,
    /** What hides the purpose of a transfer: {@code as a gift}. */
    OTHER_PURPOSE,
    /** What a gift card counts for as payment: {@code of its face value}. */
    FACE_VALUE,
    /** Payments through a bank, which cost more than coins: {@code bank transfer}. */
    BANK_WAY,
    /** What a seller does not take: {@code no cards}, {@code nothing else}. */
    REFUSED_WAYS,
    /** How a buyer takes a payment back through the bank: {@code chargeback}. */
    TAKE_BACK,
    /** Payments that look as if to a friend: {@code friends and family}. */
    AS_FRIEND,
    /** What makes such a name an option to pay: {@code as friends}, {@code family option}. */
    AS_OPTION,
    /** Chats, messengers and messages to one person, without e-mail and post: {@code on WhatsApp}. */
    IN_CHAT,
    /** Accounts of the seller, and banks that refuse the seller: {@code our account}, {@code no bank}. */
    OUR_ACCOUNT,
    /** Verbs of closing and removing: {@code blocked}, {@code taken down}. */
    CLOSED_DOWN,
    /** A condition of a page, group or channel: {@code if this page}. */
    IF_GONE,
    /** Where readers find the next: {@code new link}. */
    NEW_PLACE,
    /** Where a buyer sees who has charged a card, and that it is charged: {@code on your statement}, {@code billed by}. */
    ON_STATEMENT,
    /** What names somebody else than the seller: {@code another company's name}, {@code a furniture shop}. */
    OTHER_NAME,
    /** Warnings: {@code scam}, {@code beware}. */
    WARNING,

    // ---- what a page is that offers nothing
    /** What says of a page or shop that it is a demonstration, theme or sample: {@code demo}, {@code template}. */
    MADE_UP,
    /** What says that a shop or an offer is no more: {@code closed for good}, {@code discontinued}. */
    ENDED,
    /** Words of reports on others, such as courts, surveys and the press: {@code the judge}, {@code respondents}. */
    REPORTED,
    /** Words of work inside firms, of their software and staff: {@code merchants}, {@code applicants}. */
    AT_WORK,
    /** Words of guides and diaries for travellers, and of advice to buyers elsewhere: {@code exchange rate}, {@code on our trip}. */
    GUIDE,

    // ---- donations
    /** Verbs and nouns of donating: {@code donate}. */
    GIVING,
    /** Words that address the reader or refer to the site, in an appeal for donations: {@code you}, {@code our}. */
    ASKING,
    /** Words for charities: {@code charity}. They help to recognise the language of a page only. */
    CHARITY,

    // ---- page types and their elements
    /** Titles of terms of sale: {@code terms and conditions}. */
    TERMS,
    /** Titles of pages on how to order, book or join, and on prices: {@code how to order}, {@code course fees}. */
    ORDERING,
    /** Words for delivery: {@code delivery}. */
    DELIVERY,
    /** Labels of a shop's functions, in links, forms, classes and URLs: {@code cart}. */
    SHOP(EntrySyntax.PHRASES),
    /** Names of page elements that hold the logos of accepted brands: {@code payment icons}. */
    PAYMENT_BOX(EntrySyntax.PHRASES),
    /** Names that programs give to lists of payment methods: {@code allowed card networks}. */
    METHOD_LIST,
    /** Labels before a bank account number: {@code account no}. */
    ACCOUNT_LABEL(EntrySyntax.PHRASES),
    /** Labels of data that only the holder of a card or an account knows: {@code security code}. */
    SECRET_LABEL(EntrySyntax.PHRASES),
    /** Names of password fields; they match any part of a field's text. */
    PASSWORD_FIELD(EntrySyntax.PHRASES),
    /** Names of fields for a card's number or code; they match any part of a field's text. */
    CARD_FIELD(EntrySyntax.PHRASES),
    /** Short names of fields for a card number, PIN or one-time code; they match a field's whole text: {@code pin}. */
    CODE_FIELD(EntrySyntax.PHRASES),
    /** Short names of password fields; they match a field's whole text: {@code pwd}. */
    PASSWORD_NAME(EntrySyntax.WORDS),
    /** Names of fields that ask what to search or in which language; they match any part of a field's text: {@code search}. */
    SEARCH_FIELD(EntrySyntax.PHRASES),
    /**
     * Names of keys that only those have who set up a brand's services; they match any part of a field's text: {@code api
     * key}.
     */
    SERVICE_KEY(EntrySyntax.PHRASES),

    // ---- file names, classes and captions
    /** Words that show that a file name, class or caption is about payment: {@code payment}, {@code cc}. */
    PAYMENT_WORD(EntrySyntax.WORDS),
    /** Words in file names and captions that do not name what an image shows: {@code logo}, {@code dark}. */
    DECORATION(EntrySyntax.WORDS),
    /** Words of {@link #DECORATION} that say that a class draws a picture: {@code icon}. */
    ICON_WORD(EntrySyntax.WORDS),
    /** Logo names that only a row of payment marks gives a meaning: {@code express.png} beside {@code visa.png}. */
    ROW_NAME(EntrySyntax.WORDS),
    /**
     * Payment marks and methods that no brand pack covers; next to a brand's name they support that it is a payment
     * mark.
     */
    OTHER_MARK(EntrySyntax.WORDS),
    /** Words in the names of cardholder authentication programmes: {@code securecode}. */
    PROGRAMME(EntrySyntax.WORDS),
    /** Folder names of company logos: {@code partners}. */
    OF_FIRMS(EntrySyntax.WORDS),
    /** Names of icons that pages show next to payment marks: {@code facebook}, {@code cart}. */
    OF_PAGES(EntrySyntax.WORDS),
    /** Headings of rows of company logos: {@code our sponsors}. */
    FIRMS,
    /** Words for cash machines, whose lists of marks do not state acceptance: {@code cash machine}. */
    MACHINE,

    // ---- context of ambiguous names
    /**
     * Words after a brand's name in running text that show that an ambiguous name is the brand: {@code card}, {@code
     * accepted}.
     */
    AFTER_BRAND(EntrySyntax.WORDS),
    /** Words after names by which prose goes on about them: {@code are}. */
    COPULA(EntrySyntax.WORDS),
    /** Names that are one letter away from a brand's and are no misspelling of it: {@code paypay}. */
    NEAR_NAME(EntrySyntax.WORDS),
    /** Words after an ambiguous name that show that it is a company's: {@code bank}, {@code inc}. */
    COMPANY,
    /** Words of cards, money and banks, which support that an ambiguous name is the brand: {@code cardmember}. */
    BANKING_WORD(EntrySyntax.WORDS),
    /** Words in lookalike host names: {@code login}. */
    HOST_BAIT(EntrySyntax.WORDS),

    // ---- impersonation
    /** Words that the title of a sign-in page may have in addition to the brand's name: {@code welcome}. */
    SIGN_IN(EntrySyntax.WORDS),
    /** Words of {@link #SIGN_IN} that show by themselves that a page is for signing in: {@code login}. */
    SIGNS_IN(EntrySyntax.WORDS),
    /** Words in the title of such a page that name no other organisation: {@code information}. */
    NAMELESS(EntrySyntax.WORDS),
    /** Countries and regions in the titles of a brand's own pages: {@code us}. */
    PLACE(EntrySyntax.WORDS),
    /** Prepositions before the account to sign in with: {@code via}. */
    WITH_WORD(EntrySyntax.WORDS),
    /** Words in headlines of tutorials: {@code tutorial}. */
    TAUGHT(EntrySyntax.WORDS),
    /** Words after a company's name for something that its customers have: {@code account}. */
    ACCOUNT_HELD,
    /** Names of legal texts that a user agrees to: {@code terms}, {@code privacy policy}. */
    LEGAL_TEXT,
    /** Words after 'copyright' that name no owner: {@code all}, {@code rights}. */
    NOBODY(EntrySyntax.WORDS),

    // ---- cards of a customer
    /** Words before the last digits of a card: {@code ending in}. */
    LAST_DIGITS,
    /** Words before an expiry date: {@code expires}. */
    EXPIRES;

    /** The syntax of a category's entries. */
    public enum EntrySyntax {
        /** Single words. In scripts without spaces they match inside a run of letters. */
        WORDS,
        /** One or more words in sequence. */
        PHRASES,
        /** Words in sequence with {@code {brand}} at the beginning or the end. */
        CLAIM,
        /**
         * Words in sequence with operators: {@code pay*} matches any ending, {@code *card} any beginning, {@code (a|b)}
         * either alternative, and {@code x?} makes x optional.
         */
        EXPRESSIONS
    }

    private final EntrySyntax entrySyntax;

    LexiconCategory() {
        this(EntrySyntax.EXPRESSIONS);
    }

    LexiconCategory(EntrySyntax form) {
        this.entrySyntax = form;
    }

    /** Returns the syntax of the entries of this category. */
    public EntrySyntax entrySyntax() {
        return entrySyntax;
    }
}
