package org.markwatch.match;

/** The structure by which a page says that it accepts a brand. Strongest first: a claim has the first that applies. */
enum ClaimRoute {
    /** Wording of the speaker: {@code we accept}. */
    OWN_WORDING,
    /** A button that pays: {@code Pay with PayPal}. */
    BUTTON,
    /** Wording of acceptance: {@code payment can be made by}. */
    SURE_WORDING,
    /** JSON-LD, microdata or RDFa: {@code paymentAccepted}. */
    STRUCTURED_DATA,
    /** A link to where the brand takes money for the owner of the page. */
    PAY_LINK,
    /** A form that posts to the brand's host. */
    FORM_HOST,
    /** A choice of a form. */
    FORM_CHOICE,
    /** A script of the brand. */
    SCRIPT,
    /** The speaker's account with the brand. */
    OUR_ACCOUNT,
    /** A mail address behind the name, to send a payment to. */
    ADDRESS,
    /** The number of a bank account near the name. */
    ACCOUNT_NUMBER,
    /** Names that say which cards are meant: {@code credit cards (Visa, Mastercard)}. */
    CARDS_NAMED,
    /** A row of names below a heading that says how to pay. */
    ROW_BELOW_TITLE,
    /** A clause with a verb of paying, or cash and bank transfer in line with the name. */
    CLAUSE,
    /** A short text of hardly more than names below such a heading. */
    ENTRY,
    /** A row below a lesser heading about paying. */
    UNDER_LABEL,
    /** A request to give by the brand. */
    GIFT,
    /** An amount before the name. */
    AMOUNT,
    /** Wording of paying: {@code pay by}. */
    VAGUE_WORDING,
    /** A clause about paying or choosing on a page with such a title. */
    UNDER_TITLE,
    /** An entry of a list that a text introduces: {@code You can pay:}. */
    LIST_ENTRY,
    /** A label near labels of other ways to pay, on a page with a cart. */
    AMONG_WAYS,
    /** A row that answers a question about cards. */
    ANSWER,
    /** The caption of a picture that is named after paying. */
    STRIP_CAPTION,
    /** A list of names. */
    LIST,
    /** Marks where people pay. */
    MARKS,
    /** A single word of paying: {@code payment}. */
    WEAK_WORDING
}
