package org.markwatch.brand;

import java.util.List;
import java.util.regex.Pattern;
import org.markwatch.brand.PageSigns.Cue;
import org.markwatch.brand.PageSigns.Strength;
import org.markwatch.extract.Passage;
import org.markwatch.text.Prices;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.LexiconCategory;

/** Reads the features of the clause around a row of names. For any number of rows of one page. */
final class ClauseFeatures {
    /** Characters between wording and the row that it introduces: a list of other methods may stand between. */
    private static final int REACH_AHEAD = 120;

    private static final int REACH_AHEAD_WEAK = 40;
    /** Characters between a row and the wording behind it. */
    private static final int REACH_BACK = 24;

    private static final int OWNER_REACH = 32;
    private static final int AMOUNT_REACH = 40;
    private static final int ADDRESS_REACH = 48;
    private static final int SHORT_TEXT = 100;
    /** Words between a row and a verb of giving: a postposition. */
    private static final int WORDS_BEFORE_GIVING = 2;
    /** Words before a row that is the subject of its sentence. */
    private static final int WORDS_BEFORE_SUBJECT = 2;

    /** The case of a name that says by what, in Slavic, Finnish and Hungarian: {@code PayPalem}. */
    private static final Pattern INSTRUMENTAL =
            Pattern.compile("(?iU)(?<=[lmdnлмдн])(em|om|ом|ем|lla|llä|illa|lal|val)$");

    private final PageSigns signs;

    ClauseFeatures(PageSigns signs) {
        this.signs = signs;
    }

    /** Sets the features of a row. */
    void read(NameRow row, Clause clause, Passage passage, List<Cue> cues, FeatureValues features) {
        for (Cue cue : cues) {
            if (reaches(cue, row, clause)) {
                wording(cue, row, clause, passage, features);
            }
        }
        paying(clause, features);
        payee(clause, features);
        against(row, clause, features);
    }

    // ---- wording that names a claim

    private static boolean reaches(Cue cue, NameRow row, Clause clause) {
        if (cue.end() <= row.start()) {
            int reach = cue.strength() == Strength.WEAK ? REACH_AHEAD_WEAK : REACH_AHEAD;
            return cue.side() != Side.NAME_BEFORE && row.start() - cue.end() <= reach && cue.start() >= clause.from;
        }
        return cue.side() != Side.NAME_AFTER
                && cue.start() >= row.end()
                && cue.start() - row.end() <= REACH_BACK
                && cue.end() <= clause.to
                && !Clause.isParted(clause.text, row.end(), cue.start());
    }

    private static void wording(Cue cue, NameRow row, Clause clause, Passage passage, FeatureValues features) {
        switch (cue.strength()) {
            case OWN -> features.set(UseFeature.OWN_WORDING);
            case SURE -> features.set(UseFeature.SURE_WORDING);
            case VAGUE -> features.set(UseFeature.VAGUE_WORDING);
            case WEAK -> {}
        }
        features.set(UseFeature.LABEL_PAYS, cue.end() <= row.start() && isColon(clause.text, cue.end()));
        features.set(UseFeature.OWN_WORDING, isButton(passage));
    }

    private static boolean isButton(Passage passage) {
        return passage.field() == Field.LINK
                && (passage.detail().equals("button") || passage.detail().equals("submit"));
    }

    /** {@code Payment: PayPal}. */
    private static boolean isColon(String text, int end) {
        int at = end < text.length() && text.charAt(end) == ' ' ? end + 1 : end;
        return at < text.length() && (text.charAt(at) == ':' || text.charAt(at) == '\uff1a');
    }

    // ---- the build of the clause

    private static void paying(Clause clause, FeatureValues features) {
        boolean paying = clause.isBefore(LexiconCategory.PAYING)
                || clause.isBefore(LexiconCategory.HANDING_OVER)
                || clause.isBefore(LexiconCategory.GIVING);
        boolean by = clause.isRightBefore(LexiconCategory.WITH)
                || INSTRUMENTAL
                        .matcher(clause.text)
                        .region(clause.start, clause.end)
                        .find();
        boolean payBy = by && (paying || isRightBehindPaying(clause))
                || isPaidByBehind(clause)
                || clause.isRightBefore(LexiconCategory.CHARGED);
        features.set(UseFeature.PAY_BY, payBy);
        features.set(
                UseFeature.PAYING_CLAUSE,
                !payBy
                        && (paying
                                || clause.isBehind(LexiconCategory.PAYING)
                                || clause.has(LexiconCategory.ACCEPTED)
                                || clause.has(LexiconCategory.CHOSEN)
                                || clause.has(LexiconCategory.REDIRECTED)));
        ClausePart part = ClausePart.around(clause);
        features.set(
                UseFeature.VAGUE_WORDING,
                clause.isRightBefore(LexiconCategory.ACCEPTED)
                        || isAcceptedBehind(clause)
                        || clause.isAppeal()
                        || isAppealBehind(clause)
                        || part.isOfWaysOnly()
                        || part.isLabelledByPlace()
                        || clause.isRightBefore(LexiconCategory.DEVICE)
                        || clause.isAffirmed()
                        || clause.has(LexiconCategory.PAID_WITH)
                        || isTakenOnTerms(clause));
        features.set(
                UseFeature.CARDS_NAMED,
                clause.isRightBefore(LexiconCategory.CARD_WORD)
                        || clause.isRightBehind(LexiconCategory.CARDS_TAKEN_BEHIND));
        features.set(UseFeature.ADDRESSES_READER, clause.has(LexiconCategory.ASKING));
    }

    /** Whether a participle of accepting stands behind the row, or behind other ways that go on with it. */
    private static boolean isAcceptedBehind(Clause clause) {
        int accepted = clause.spans.first(LexiconCategory.ACCEPTED, clause.end, clause.to);
        if (accepted == WordingSpans.NONE) {
            return false;
        }
        int start = clause.spans.start(accepted);
        return clause.isRightBehind(LexiconCategory.ACCEPTED)
                || clause.spans.has(LexiconCategory.OTHER_WAY, clause.end, start)
                        && clause.spans.has(LexiconCategory.AND_OR, clause.end, start)
                        && ClausePart.isSaidBy(clause, ClausePart.WAYS, clause.end, start);
    }

    /** Whether an amount beside the row says on which terms it is taken: {@code Visa from a minimum spend of £5}. */
    private static boolean isTakenOnTerms(Clause clause) {
        return clause.has(LexiconCategory.ASKED_AMOUNT) && hasAmount(clause);
    }

    private static boolean hasAmount(Clause clause) {
        for (int at = clause.from; at < clause.to; at++) {
            if (Character.isDigit(clause.text.charAt(at)) && (at < clause.start || at >= clause.end)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a verb of paying or giving ends what is said, as in German: {@code mit PayPal spenden}. */
    private static boolean isRightBehindPaying(Clause clause) {
        return clause.isRightBehind(LexiconCategory.PAYING) || clause.isRightBehind(LexiconCategory.GIVING);
    }

    /** Whether the clause goes on, as in Turkish, Hindi and Japanese, to say that it is paid by the row: {@code PayPal ile öde}. */
    private static boolean isPaidByBehind(Clause clause) {
        return clause.isRightBehind(LexiconCategory.WITH)
                && (clause.isBehind(LexiconCategory.PAYING)
                        || clause.isBehind(LexiconCategory.HANDING_OVER)
                        || clause.isBehind(LexiconCategory.GIVING));
    }

    /** The same of an appeal to give, right behind: {@code PayPal ile destek ol}, {@code mit PayPal spenden}. */
    private static boolean isAppealBehind(Clause clause) {
        if (clause.isRightBefore(LexiconCategory.WITH) && clause.isRightBehind(LexiconCategory.GIVING)) {
            return true;
        }
        int giving = clause.spans.first(LexiconCategory.GIVING, clause.end, clause.to);
        return giving != WordingSpans.NONE
                && clause.isRightBehind(LexiconCategory.WITH)
                && Clause.words(clause.text, clause.end, clause.spans.start(giving)) <= WORDS_BEFORE_GIVING;
    }

    /** An account, an address or an amount says where the money goes. */
    private static void payee(Clause clause, FeatureValues features) {
        int from = Math.max(clause.from, clause.start - OWNER_REACH);
        boolean ourAccount =
                clause.spans.has(LexiconCategory.OUR, from, clause.start) && clause.has(LexiconCategory.ACCOUNT_HELD);
        String before = clause.text.substring(Math.max(clause.from, clause.start - AMOUNT_REACH), clause.start);
        features.set(UseFeature.SURE_WORDING, ourAccount || Prices.isIn(before) || isAddressBehind(clause));
    }

    private static boolean isAddressBehind(Clause clause) {
        String text = clause.text;
        int at = text.indexOf('@', clause.end, Math.min(text.length(), clause.end + ADDRESS_REACH + 1));
        if (at <= clause.end || at + 1 == text.length()) {
            return false;
        }
        String name = text.substring(clause.start, clause.end).replace(" ", "");
        return Character.isLetterOrDigit(text.charAt(at - 1))
                && Character.isLetterOrDigit(text.charAt(at + 1))
                && !text.regionMatches(true, at + 1, name, 0, name.length())
                && text.substring(clause.end, at).indexOf('<') < 0;
    }

    // ---- against

    private void against(NameRow row, Clause clause, FeatureValues features) {
        boolean numbered = isNumbered(row, clause);
        boolean receipt = numbered && isReceipt(clause);
        features.set(UseFeature.VAGUE_WORDING, receipt);
        features.set(UseFeature.TOLD_OF_OTHERS, clause.isToldOfOthers() || numbered && !receipt);
        boolean share = clause.text.indexOf('%', clause.sentenceFrom, clause.sentenceTo) >= 0;
        features.set(
                UseFeature.PAST,
                clause.has(LexiconCategory.SPENT) && !clause.has(LexiconCategory.PAID_WITH)
                        || share && !clause.has(LexiconCategory.ASKED_AMOUNT));
        features.set(UseFeature.ASKED, clause.isAsked() && !clause.isAffirmed());
        features.set(UseFeature.SPOKEN_OF, isSubject(clause, row));
    }

    /** Whether the end of a card's number stands beside the row: it is somebody's own card. */
    private boolean isNumbered(NameRow row, Clause clause) {
        return !signs.credentials
                && (StoredCards.isLastDigits(clause.text, clause.spans)
                        || StoredCards.isFollowedByDigits(clause.text, row.end()));
    }

    /** Whether the clause tells what was charged to a card: {@code Paid 24.00 EUR, Visa ****1234}. */
    private static boolean isReceipt(Clause clause) {
        return clause.isRightBefore(LexiconCategory.CHARGED)
                || clause.isRightBefore(LexiconCategory.PAYING)
                || clause.isBefore(LexiconCategory.PAYING)
                        && Prices.isIn(clause.text.substring(clause.from, clause.start));
    }

    /** Whether prose goes on about a row: {@code Visa and Mastercard have settled a lawsuit}. */
    private boolean isSubject(Clause clause, NameRow row) {
        String text = clause.text;
        if (text.length() <= SHORT_TEXT
                || Clause.words(text, clause.sentenceFrom, row.start()) > WORDS_BEFORE_SUBJECT) {
            return false;
        }
        String next = NameRow.wordAfter(text, row.end());
        return !next.isEmpty() && (!signs.words.isAfterBrand(next) || signs.words.isCopula(next));
    }
}
