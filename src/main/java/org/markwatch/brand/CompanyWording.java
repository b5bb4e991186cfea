package org.markwatch.brand;

import org.markwatch.brand.PageSigns.Name;
import org.markwatch.watchlist.LexiconCategory;

/** Tells from the words around a brand's name that it is a company's, or where a page sends its visitors. */
final class CompanyWording {
    /** Characters behind a name that are looked at. */
    private static final int REACH = 40;

    private CompanyWording() {}

    /** Whether people have something where a name's owner is: {@code Discover account}. */
    static boolean isHeld(WordingTrie trie, String text, Name name) {
        return isNext(trie, LexiconCategory.ACCOUNT_HELD, text, name.end());
    }

    /** Whether a name that is a common word too is a company's by what follows it: {@code Discover Bank}, {@code Visa 2024}. */
    static boolean isCompany(WordingTrie trie, String text, Name name) {
        int at = name.end();
        if (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at == text.length()
                || ".,|®™".indexOf(text.charAt(at)) >= 0
                || isYear(text, at)
                || isNext(trie, LexiconCategory.COMPANY, text, name.end());
    }

    private static boolean isYear(String text, int at) {
        if (at + 4 > text.length() || !text.startsWith("19", at) && !text.startsWith("20", at)) {
            return false;
        }
        boolean digits = Character.isDigit(text.charAt(at + 2)) && Character.isDigit(text.charAt(at + 3));
        return digits && (at + 4 == text.length() || " .,|".indexOf(text.charAt(at + 4)) >= 0);
    }

    /** Whether an entry comes next, be it behind a space or a hyphen. */
    private static boolean isNext(WordingTrie trie, LexiconCategory category, String text, int from) {
        String behind = text.substring(from, Math.min(text.length(), from + REACH));
        int lead = 0;
        while (lead < Math.min(2, behind.length()) && " -".indexOf(behind.charAt(lead)) >= 0) {
            lead++;
        }
        WordingSpans spans = trie.scan(behind);
        int span = spans.first(category, lead, behind.length());
        return span != WordingSpans.NONE && spans.start(span) == lead;
    }

    /** Whether a text says that visitors are sent to what it names at a place: {@code Redirecting to PayPal}. */
    static boolean isDestination(WordingTrie trie, String text, int start) {
        String before = text.substring(Math.max(0, start - 2 * REACH), start);
        WordingSpans spans = trie.scan(before);
        int sent = spans.last(LexiconCategory.REDIRECTED, 0, before.length());
        return sent != WordingSpans.NONE
                && before.substring(spans.end(sent))
                        .chars()
                        .allMatch(c -> Character.isLetter(c) || Character.isWhitespace(c));
    }
}
