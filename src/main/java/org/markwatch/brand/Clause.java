package org.markwatch.brand;

import org.markwatch.watchlist.LexiconCategory;

/**
 * The clause around a row of brand names: the sentence that has the row, up to {@value #REACH} characters to each side, and
 * not beyond a conjunction such as 'but', which turns what is said.
 */
final class Clause {
    private static final int REACH = 100;
    /** Characters between the sign that ends a label and a row, where other payment methods may stand. */
    private static final int LABEL_REACH = 48;

    private static final int LONGEST_LABEL = 40;
    /** Words between a verb and what is given by, or between a word and a bracket about it. */
    private static final int FEW_WORDS = 3;

    final String text;
    final WordingSpans spans;
    /** Bounds of the sentence. */
    final int sentenceFrom;

    final int sentenceTo;
    /** Bounds of the clause. */
    final int from;

    final int to;
    /** Bounds of the row. */
    final int start;

    final int end;

    Clause(String text, WordingSpans spans, int start, int end) {
        this.text = text;
        this.spans = spans;
        this.start = start;
        this.end = end;
        sentenceFrom = sentenceStart(text, start);
        sentenceTo = sentenceEnd(text, end);
        int turn = spans.last(LexiconCategory.BUT, sentenceFrom, start);
        from = turn == WordingSpans.NONE ? sentenceFrom : spans.end(turn);
        int nextTurn = spans.first(LexiconCategory.BUT, end, sentenceTo);
        to = nextTurn == WordingSpans.NONE ? sentenceTo : spans.start(nextTurn);
    }

    boolean has(LexiconCategory category) {
        return isBefore(category) || isBehind(category);
    }

    boolean isBefore(LexiconCategory category) {
        return spans.has(category, from, start);
    }

    boolean isBehind(LexiconCategory category) {
        return spans.has(category, end, to);
    }

    /**
     * Whether an entry stands right before the row, with nothing but articles, words for cards and signs between, or before the
     * bracket that the row begins: {@code have a card ready (Visa, Mastercard)}.
     */
    boolean isRightBefore(LexiconCategory category) {
        int span = spans.last(category, from, start);
        return span != WordingSpans.NONE && (isBridge(spans.end(span), start) || isBracketedBehind(spans.end(span)));
    }

    private boolean isBracketedBehind(int place) {
        int bracket = start - 1;
        while (bracket >= place && "(（[".indexOf(text.charAt(bracket)) < 0) {
            bracket--;
        }
        return bracket >= place && isBridge(bracket, start) && words(text, place, bracket) <= FEW_WORDS;
    }

    /** Whether an entry stands right behind the row. */
    boolean isRightBehind(LexiconCategory category) {
        int span = spans.first(category, end, to);
        return span != WordingSpans.NONE && isSigns(end, spans.start(span));
    }

    /** Whether nothing but signs, articles and words for cards stand between two places. */
    boolean isBridge(int first, int last) {
        int at = first;
        while (at < last) {
            if (!Character.isLetterOrDigit(text.charAt(at))) {
                at++;
                continue;
            }
            int next = spans.endAt(LexiconCategory.ARTICLE, at, last);
            next = Math.max(next, spans.endAt(LexiconCategory.ANY_CARD, at, last));
            next = Math.max(next, spans.endAt(LexiconCategory.CARDS, at, last));
            if (next <= at) {
                return false;
            }
            at = next;
        }
        return true;
    }

    private boolean isSigns(int first, int last) {
        for (int at = first; at < last; at++) {
            if (Character.isLetterOrDigit(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a label right before the row says how to pay: {@code Payment: cash, Visa}. */
    boolean isLabelled() {
        int sign = labelSign();
        return sign > 0
                && (isInLabel(LexiconCategory.PAYING, sign)
                        || isInLabel(LexiconCategory.ACCEPTED, sign)
                        || isInLabel(LexiconCategory.CARD_WORD, sign)
                        || isInLabel(LexiconCategory.CARDS, sign));
    }

    /** Whether it is asked to give by it: {@code Donate – PayPal}, {@code Donate via PayPal}. */
    boolean isAppeal() {
        int sign = labelSign();
        if (sign > 0) {
            return isInLabel(LexiconCategory.GIVING, sign);
        }
        int giving = spans.first(LexiconCategory.GIVING, sentenceFrom, start);
        return giving != WordingSpans.NONE
                && words(text, sentenceFrom, spans.start(giving)) == 0
                && words(text, spans.end(giving), start) <= FEW_WORDS
                && isRightBefore(LexiconCategory.WITH);
    }

    private boolean isInLabel(LexiconCategory category, int sign) {
        int first = sign;
        while (first > 0 && sign - first < LONGEST_LABEL && !isLabelBound(first - 1)) {
            first--;
        }
        return spans.has(category, first, sign);
    }

    /** Returns where the sign stands that ends a label right before the row, or 0. */
    int labelSign() {
        int sign = start - 1;
        while (sign > 0 && !isLabelSign(sign)) {
            if (start - sign > LABEL_REACH || isLabelBound(sign)) {
                return 0;
            }
            sign--;
        }
        return Math.max(0, sign);
    }

    private boolean isLabelSign(int at) {
        char c = text.charAt(at);
        return ":：՝៖፦".indexOf(c) >= 0 || "-–—=→".indexOf(c) >= 0 && text.charAt(at - 1) == ' ';
    }

    private boolean isLabelBound(int at) {
        return "\n;|•".indexOf(text.charAt(at)) >= 0 || isEnd(text, at);
    }

    /** Whether the sentence asks. */
    boolean isAsked() {
        return isQuestionMark(sentenceTo);
    }

    private boolean isQuestionMark(int at) {
        return at < text.length() && ("?？؟፧".indexOf(text.charAt(at)) >= 0 || isGreekQuestionMark(text, at));
    }

    /** Whether a semicolon stands behind a Greek letter: Greek asks with it. */
    private static boolean isGreekQuestionMark(String text, int at) {
        return text.charAt(at) == ';'
                && at > 0
                && Character.UnicodeScript.of(text.charAt(at - 1)) == Character.UnicodeScript.GREEK;
    }

    /** Whether the question before the sentence, or the sentence as a question, is about paying and is answered by a yes. */
    boolean isAffirmed() {
        return isAsked()
                ? isBegunBy(LexiconCategory.YES, sentenceTo + 1)
                        && (isAskedByRowAlone() || asksToPay(sentenceFrom, sentenceTo))
                : sentenceFrom > 0
                        && isQuestionMark(sentenceFrom - 1)
                        && isBegunBy(LexiconCategory.YES, sentenceFrom)
                        && asksToPay(Math.max(0, sentenceFrom - REACH), sentenceFrom);
    }

    private boolean isAskedByRowAlone() {
        return isSigns(sentenceFrom, start) && isSigns(end, sentenceTo);
    }

    /** Whether the sentence is the first of its text and begins with a yes. */
    boolean beginsWithYes() {
        return sentenceFrom == 0 && isBegunBy(LexiconCategory.YES, 0);
    }

    private boolean isBegunBy(LexiconCategory category, int at) {
        int span = spans.first(category, at, text.length());
        return span != WordingSpans.NONE && isSigns(at, spans.start(span));
    }

    private boolean asksToPay(int first, int last) {
        return spans.has(LexiconCategory.PAYING, first, last)
                || spans.has(LexiconCategory.ACCEPTED, first, last)
                || spans.has(LexiconCategory.CHOSEN, first, last)
                || spans.has(LexiconCategory.CARD_WORD, first, last)
                || spans.has(LexiconCategory.CARDS, first, last);
    }

    /** Whether an entry of the category is anywhere in the sentence. */
    boolean isInSentence(LexiconCategory category) {
        return spans.has(category, sentenceFrom, sentenceTo);
    }

    /** Whether the clause tells of other shops, of payouts, of shopkeepers or machines, or of what is to come. */
    boolean isToldOfOthers() {
        boolean othersPay = isBefore(LexiconCategory.WHO_OTHERS_PAY) && !isBefore(LexiconCategory.OUR);
        boolean paidOut = isBefore(LexiconCategory.PAID_OUT)
                && !isBefore(LexiconCategory.PAID_IN)
                && !has(LexiconCategory.PAID_WITH);
        return othersPay
                || paidOut
                || isBefore(LexiconCategory.OTHERS)
                || has(LexiconCategory.LINKED)
                || isInSentence(LexiconCategory.OF_MOST)
                || isInSentence(LexiconCategory.TO_MERCHANTS)
                || isInSentence(LexiconCategory.GATEWAYS)
                || isInSentence(LexiconCategory.MACHINE)
                || isInSentence(LexiconCategory.SOON)
                || isInSentence(LexiconCategory.ADVERTISEMENT);
    }

    /** Returns the number of words between two places. */
    static int words(String text, int from, int to) {
        int words = 0;
        boolean inside = false;
        for (int at = from; at < to; at++) {
            boolean letter = Character.isLetterOrDigit(text.charAt(at));
            words += letter && !inside ? 1 : 0;
            inside = letter;
        }
        return words;
    }

    /** Whether a sign between two places parts what stands before it from what stands behind. */
    static boolean isParted(String text, int from, int to) {
        for (int at = from; at < to; at++) {
            if (",;:(،؛，；：（".indexOf(text.charAt(at)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether a sentence ends between two places. */
    static boolean isSentenceEndIn(String text, int from, int to) {
        for (int at = from; at < to; at++) {
            if (isEnd(text, at)) {
                return true;
            }
        }
        return false;
    }

    private static int sentenceStart(String text, int place) {
        int at = place;
        while (at > 0 && place - at < REACH && !isEnd(text, at - 1)) {
            at--;
        }
        return at;
    }

    private static int sentenceEnd(String text, int place) {
        int at = place;
        while (at < text.length() && at - place < REACH && !isEnd(text, at)) {
            at++;
        }
        return at;
    }

    private static boolean isEnd(String text, int at) {
        char c = text.charAt(at);
        return "!?。！？؟।۔։።፧။។".indexOf(c) >= 0
                || c == '.' && (at + 1 == text.length() || text.charAt(at + 1) <= ' ')
                || isGreekQuestionMark(text, at);
    }
}
