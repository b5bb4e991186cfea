package org.markwatch.queue;

import java.util.List;
import java.util.Locale;

/** The kinds of decision that a reviewer can make. None of them confirms an offence: reviewers see text only. */
public enum DecisionKind {
    /** The page shows no misuse; a rule matched by mistake. */
    FALSE_POSITIVE(Answer.NO_MISUSE, ActionKind.NONE, "bad rule", "harmless context", "stale page"),
    /** The site may use the mark until a date that the reviewer enters. */
    AUTHORISED_MERCHANT(
            Answer.NO_MISUSE,
            ActionKind.NONE,
            "contract on file",
            "confirmed by the acquirer",
            "confirmed by the brand"),
    /** The site uses the mark or the name without permission of its owner. */
    BRAND_MARK_MISUSE(
            Answer.MISUSE,
            ActionKind.INTERNAL_TREND,
            "impersonates the brand",
            "lookalike host",
            "mark without permission"),
    /** The site appears to accept the brand as payment for something that must not be sold. */
    ACCEPTANCE_SUSPECTED(
            Answer.MISUSE,
            ActionKind.ACQUIRER_NOTICE,
            "offers with prices next to the mark",
            "checkout names the brand",
            "states that it accepts the brand"),
    /** Payments appear to run through another business than the one shown. */
    LAUNDERING_OR_CATEGORY_MISMATCH(
            Answer.MISUSE,
            ActionKind.ACQUIRER_NOTICE,
            "category does not fit",
            "foreign checkout",
            "descriptor of another business"),
    /** A child-protection hotline should examine the page. A referral, never a confirmation. */
    CHILD_SAFETY_REFERRAL(
            Answer.MISUSE,
            ActionKind.HOTLINE_REFERRAL,
            "wording suggests it",
            "links to a known address",
            "reported by a partner"),
    /** The crawled text does not allow a decision. */
    UNDETERMINED(
            Answer.NONE,
            ActionKind.RECRAWL,
            "page no longer exists",
            "login or age check",
            "language not understood",
            "page may be cloaked"),
    /** Another item covers the same case. */
    DUPLICATE_OF(
            Answer.NONE, ActionKind.NONE, "same site under another name", "mirror page", "same template and offer");

    /** Whether a decision says that the page shows misuse. */
    enum Answer {
        MISUSE,
        NO_MISUSE,
        /** The decision leaves it open, or to another item. */
        NONE
    }

    private final Answer answer;
    private final ActionKind usualAction;
    private final List<String> usualReasons;

    DecisionKind(Answer answer, ActionKind usualAction, String... usualReasons) {
        this.answer = answer;
        this.usualAction = usualAction;
        this.usualReasons = List.of(usualReasons);
    }

    /** Returns whether the decision says that the page shows misuse. */
    Answer answer() {
        return answer;
    }

    /** Returns whether reviewers judge the severity; any other decision takes over the severity of the item. */
    public boolean hasSeverity() {
        return answer == Answer.MISUSE;
    }

    /** Returns the action that usually follows. */
    public ActionKind usualAction() {
        return usualAction;
    }

    /** Returns reasons that the console suggests; reviewers may enter any other. */
    public List<String> usualReasons() {
        return usualReasons;
    }

    /** Returns the name in tables and exports, for example {@code false_positive}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DecisionKind of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
