package org.markwatch.match;

import static org.markwatch.text.Expression.either;
import static org.markwatch.text.Expression.words;

import java.util.regex.Pattern;
import org.markwatch.match.PageSigns.Name;
import org.markwatch.text.Expression;
import org.markwatch.text.Expression.Span;
import org.markwatch.watchlist.LexiconCategory;

/** Tells what is said to and of somebody who has a card or an account. Unchanged once made; for any number of threads. */
final class HolderClauses {
    /** Characters before a name in which the page says whose it is. */
    private static final int REACH = 32;
    /** Characters in which the end of a card's number is looked for. */
    private static final int LAST_DIGITS_WITHIN = 48;

    private final Phrasebook book;
    /** What follows the name of a firm that is a common word too. */
    private final Pattern company;

    private final Pattern held;
    private final Pattern ours;
    private final Pattern ourAccount;
    /** What is said of a card that somebody has. */
    private final Pattern expires;

    HolderClauses(Phrasebook book) {
        this.book = book;
        String account = words(book.entries(LexiconCategory.ACCOUNT_HELD));
        String our = words(book.entries(LexiconCategory.OUR));
        company = compiled(
                " ?([.,|®™]|$|(19|20)[0-9]{2}([ .,|]|$)|" + words(book.entries(LexiconCategory.COMPANY)) + ")");
        held = compiled(" ?-?" + account);
        ours = compiled(our + " $");
        ourAccount = compiled(our + " " + account + " $");
        expires = compiled(either(book.entries(LexiconCategory.EXPIRES)) + " ?:? ?\\p{L}{0,9} ?\\d");
    }

    private static Pattern compiled(String expression) {
        return Pattern.compile(Expression.FLAGS + expression);
    }

    /** Whether people have something where a name's owner is: {@code Discover account}. */
    boolean isHeld(String text, Name name) {
        return held.matcher(text).region(name.end(), text.length()).lookingAt();
    }

    /** Whether it is that of who speaks, where money comes in: {@code our PayPal account}. */
    boolean isHeldBySpeaker(String text, Name name) {
        String before = text.substring(Math.max(0, name.start() - REACH), name.start());
        return ourAccount.matcher(before).find() || ours.matcher(before).find() && isHeld(text, name);
    }

    /** Whether a name that is a common word too is a firm's by what follows it: {@code Discover Bank}. */
    boolean isCompany(String text, Name name) {
        return company.matcher(text).region(name.end(), text.length()).lookingAt();
    }

    /** Whether a text tells the end of a card's number, or when it expires. */
    boolean isOfOwnCard(String text) {
        return isLastDigits(text) || expires.matcher(text).lookingAt();
    }

    /** The end of a number whose beginning is not shown: {@code **** 4821}, {@code ending in 4821}. */
    boolean isLastDigits(String text) {
        if (text.chars().noneMatch(c -> c >= '0' && c <= '9' || c == '@')) {
            return false;
        }
        Span said = book.next(LexiconCategory.LAST_DIGITS, text, 0, text.length());
        while (said != null) {
            if (isFourDigits(text, said.end())) {
                return true;
            }
            said = book.next(LexiconCategory.LAST_DIGITS, text, said.end(), text.length());
        }
        int masked = 0;
        for (int i = 0; i < Math.min(text.length(), LAST_DIGITS_WITHIN); i++) {
            char c = text.charAt(i);
            if ("*\u2022\u25cf\u00b7xX#".indexOf(c) >= 0) {
                masked++;
            } else if (masked > 1 && (c >= '0' && c <= '9' || c == '@')) {
                return true;
            } else if (c != ' ' && c != '-') {
                masked = 0;
            }
        }
        return false;
    }

    /** Whether a text ends with four digits right behind a name: {@code Mastercard 1190}. */
    static boolean areFourDigits(String text, int from) {
        return text.length() - from <= 5 && isFourDigits(text, from);
    }

    /** Whether four digits come next, and no more, be it behind a space. */
    private static boolean isFourDigits(String text, int from) {
        int start = from < text.length() && text.charAt(from) == ' ' ? from + 1 : from;
        int end = start;
        while (end < text.length() && end - start <= 4 && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end - start == 4;
    }
}
