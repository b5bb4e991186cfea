package org.markwatch.brand;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.markwatch.text.Automaton;
import org.markwatch.text.Folding;
import org.markwatch.text.Tokens;
import org.markwatch.watchlist.LexiconCategory;

/** Words that tell a mark from a common word, of a {@link Phrasebook}. All are asked about folded. */
final class PaymentWords {
    private static final int LONGEST_CODE_NAME = 12;

    private final Phrasebook book;
    private final Automaton passwords;
    private final Automaton cards;

    PaymentWords(Phrasebook book) {
        this.book = book;
        passwords = asFieldsHaveThem(book.entries(LexiconCategory.PASSWORD_FIELD));
        cards = asFieldsHaveThem(book.entries(LexiconCategory.CARD_FIELD));
    }

    /** Folded in each way; programs write an underscore for a space. */
    private static Automaton asFieldsHaveThem(List<String> words) {
        Set<String> folded = new LinkedHashSet<>();
        for (String word : words) {
            folded.addAll(Folding.variants(word));
            folded.addAll(Folding.variants(word.replace(' ', '_')));
        }
        Automaton.Builder automaton = new Automaton.Builder();
        folded.forEach(word -> automaton.add(word, 0));
        return automaton.build();
    }

    /** Whether a folded text of a form is about a password. */
    boolean asksForPassword(String asked) {
        return passwords.isIn(asked);
    }

    /** Whether it is about what only the holder of a card has, or is the short name of a code, which is part of other words. */
    boolean asksForCard(String asked) {
        return cards.isIn(asked)
                || asked.length() <= LONGEST_CODE_NAME
                        && book.folded(LexiconCategory.CODE_FIELD).contains(asked.replace('_', ' '));
    }

    /** Whether a text has one of the words in it, be it inside another. */
    static boolean isAnyIn(List<String> words, String text) {
        for (String word : words) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a word of a file name, a class or a caption says that the reference is about paying. */
    boolean isPayment(String word) {
        return book.has(LexiconCategory.PAYMENT_WORD, word);
    }

    /** Whether a word of one says nothing about what is drawn. */
    boolean isDecoration(String word) {
        return book.folded(LexiconCategory.DECORATION).contains(word);
    }

    /** Whether a word of a reference names another way to pay. */
    boolean isOtherMark(String word) {
        return book.folded(LexiconCategory.OTHER_MARK).contains(word);
    }

    /** Whether a name is known by its row only: {@code express.png} beside {@code visa.png} and {@code master.png}. */
    static boolean isOfRowsOnly(String name) {
        return name.equals("express");
    }

    /** Whether a brand can be followed by a word in running text, and the common word that it is seldom is. */
    boolean isAfterBrand(String word) {
        return book.folded(LexiconCategory.AFTER_BRAND).contains(word);
    }

    /** Whether a word is of the name of a programme for asking payers who they are. */
    boolean isOfProgramme(String word) {
        return book.folded(LexiconCategory.PROGRAMME).contains(word);
    }

    /** Whether a word of a title only says for which country it is. */
    boolean isPlace(String word) {
        return book.folded(LexiconCategory.PLACE).contains(word);
    }

    /** Whether a word of a title names nobody, on a page that asks for a password or a card. */
    boolean isNameless(String word) {
        return isSignIn(word) || book.folded(LexiconCategory.NAMELESS).contains(word);
    }

    /** Whether a name without spaces is made of such words only: {@code cardaccountcenter}. */
    boolean isMadeOfSignIn(String name) {
        boolean[] reached = new boolean[name.length() + 1];
        reached[0] = true;
        for (int from = 0; from < name.length(); from++) {
            for (int to = from + 2; reached[from] && to <= name.length(); to++) {
                reached[to] |= isNameless(name.substring(from, to));
            }
        }
        return reached[name.length()];
    }

    /** Whether a word of a title says that the page is there for signing in. */
    boolean saysSignIn(String word) {
        return book.has(LexiconCategory.SIGNS_IN, word);
    }

    /** Whether words say that a page is there for signing in. */
    boolean speakOfSigningIn(String text) {
        return Tokens.of(text, 0, text.length()).stream().anyMatch(token -> saysSignIn(token.word()));
    }

    /** Whether they also say with what: {@code Log in with PayPal}. */
    boolean speakOfSigningInWith(String text) {
        List<Tokens.Token> tokens = Tokens.of(text, 0, text.length());
        return tokens.stream().anyMatch(token -> isWith(token.word()))
                && tokens.stream().anyMatch(token -> saysSignIn(token.word()));
    }

    /** Whether a word of a title is about signing in, and so no name of somebody else. */
    boolean isSignIn(String word) {
        return book.folded(LexiconCategory.SIGN_IN).contains(word)
                || book.folded(LexiconCategory.SIGNS_IN).contains(word)
                || isSignInUnspaced(word) && !isTaught(word);
    }

    private boolean isSignInUnspaced(String word) {
        return Phrasebook.isUnspaced(word) && book.has(LexiconCategory.SIGN_IN, word);
    }

    /** The same in a heading that may name with what: {@code Log in with PayPal}. */
    boolean isSignInWith(String word) {
        return isNameless(word) || isWith(word);
    }

    /** Whether a word stands before what something is done with. */
    boolean isWith(String word) {
        return book.folded(LexiconCategory.WITH_WORD).contains(word);
    }

    /** Whether a word of a headline says that something is taught: {@code Build a PayPal clone}. */
    boolean isTaught(String word) {
        return book.has(LexiconCategory.TAUGHT, word);
    }

    /** Whether a word is of cards, money and banks: on the pages of a firm whose name is a common word. */
    boolean isOfBanking(String word) {
        return isPayment(word) || book.has(LexiconCategory.BANKING_WORD, word);
    }
}
