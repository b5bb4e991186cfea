package org.markwatch.queue;

import java.util.List;
import java.util.Locale;

/** What a reviewer can find. None of them says 'confirmed': only text was seen. */
public enum DecisionKind {
    /** Nothing is wrong with the page; a rule fired that should not have. */
    FALSE_POSITIVE("Nothing is wrong; a rule fired that should not have", "bad rule", "harmless context", "stale page"),
    /** The site may show the mark, until a day that has to be named. */
    AUTHORISED_MERCHANT(
            "May show the mark, until a day you name",
            "contract on file",
            "confirmed by the acquirer",
            "confirmed by the brand"),
    /** The mark or name is used in a way that its owner did not allow. */
    BRAND_MARK_MISUSE(
            "Uses the mark or name without leave",
            "impersonates the brand",
            "lookalike host",
            "mark without permission"),
    /** The site seems to take the brand's payments for something that must not be sold. */
    ACCEPTANCE_SUSPECTED(
            "Seems to take the brand for what must not be sold",
            "offers at a price beside the mark",
            "checkout names the brand",
            "says that it takes the brand"),
    /** Payments seem to run through another business than the one shown. */
    LAUNDERING_OR_CATEGORY_MISMATCH(
            "Payments seem to run through another business",
            "category does not fit",
            "foreign checkout",
            "descriptor of another business"),
    /** To be looked at by a child-protection hotline. A referral, never a confirmation. */
    CHILD_SAFETY_REFERRAL(
            "For a hotline to look at; a referral, not a finding",
            "wording suggests it",
            "links to a known address",
            "named by a partner"),
    /** Cannot be told from what the crawler saw. */
    UNDETERMINED(
            "Cannot be told from what the crawler saw",
            "page is gone",
            "login or age wall",
            "language not read here",
            "seems to be cloaked"),
    /** Another item is about the same thing. */
    DUPLICATE_OF(
            "Another item is about the same thing",
            "same site under another name",
            "mirror page",
            "same template and offer");

    private final String meaning;
    private final List<String> usualReasons;

    DecisionKind(String meaning, String... usualReasons) {
        this.meaning = meaning;
        this.usualReasons = List.of(usualReasons);
    }

    /** What it says, in half a sentence for reviewers. */
    public String meaning() {
        return meaning;
    }

    /** Reasons that reviewers often give; suggestions, any other is as good. */
    public List<String> usualReasons() {
        return usualReasons;
    }

    /** {@code false_positive}, as tables and exports name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DecisionKind of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
