package org.markwatch.brand;

import org.markwatch.watchlist.LexiconCategory;

/** Tells somebody's own card by the end of its number or its date: {@code Mastercard ending in 1253}. */
final class StoredCards {
    /** Characters in which a masked number is looked for. */
    private static final int MASKED_WITHIN = 48;

    private static final int LONGEST_MASK = 20;
    private static final int SHORT_TEXT = 60;

    private StoredCards() {}

    /** Whether a text tells the end of a card's number or when it expires. */
    static boolean isOfStoredCard(String text, WordingSpans spans) {
        if (isLastDigits(text, spans)) {
            return true;
        }
        int expires = spans.first(LexiconCategory.EXPIRES, 0, text.length());
        return expires != WordingSpans.NONE
                && spans.start(expires) == 0
                && text.chars().anyMatch(StoredCards::isDigit);
    }

    /** Whether a text has the end of a number whose beginning is masked or named: {@code **** 4821}, {@code ending in 4821}. */
    static boolean isLastDigits(String text, WordingSpans spans) {
        int from = 0;
        for (int span = spans.first(LexiconCategory.LAST_DIGITS, from, text.length()); span != WordingSpans.NONE; ) {
            if (isFourDigits(text, spans.end(span))) {
                return true;
            }
            from = spans.end(span);
            span = spans.first(LexiconCategory.LAST_DIGITS, from, text.length());
        }
        int masked = 0;
        for (int i = 0; i < Math.min(text.length(), MASKED_WITHIN); i++) {
            char c = text.charAt(i);
            if ("*\u2022\u25cf\u00b7xX#".indexOf(c) >= 0) {
                masked++;
            } else if (masked > 1 && (isDigit(c) || c == '@')) {
                return true;
            } else if (c != ' ' && c != '-') {
                masked = 0;
            }
        }
        return false;
    }

    /** Whether four digits stand right behind a name, maybe masked: {@code Mastercard 1190}, {@code Visa •1006 (}. */
    static boolean isFollowedByDigits(String text, int from) {
        int at = from;
        while (at < text.length()
                && at - from <= LONGEST_MASK
                && " *\u2022\u25cf\u00b7xX#-".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return isFourDigits(text, at) && (at - from > 1 || text.length() <= SHORT_TEXT);
    }

    private static boolean isFourDigits(String text, int from) {
        int start = from < text.length() && text.charAt(from) == ' ' ? from + 1 : from;
        int end = start;
        while (end < text.length() && end - start <= 4 && isDigit(text.charAt(end))) {
            end++;
        }
        return end - start == 4;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
