package org.markwatch.brand;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.markwatch.text.Automaton;
import org.markwatch.text.Folding;
import org.markwatch.text.Tokens;
import org.markwatch.watchlist.LexiconCategory;

/** Words that tell a mark from a common word, of a {@link CompiledLexicon}. All are asked about folded. */
final class PaymentWords {
    private static final int LONGEST_CODE_NAME = 12;
    /** Letters of the shortest word that is written onto a name; shorter ones are parts of any word. */
    private static final int SHORTEST_WRITTEN = 3;

    private final CompiledLexicon book;
    private final Automaton passwords;
    private final Automaton cards;
    private final Automaton searches;
    private final Automaton serviceKeys;
    private final Set<String> written = new HashSet<>();

    PaymentWords(CompiledLexicon book) {
        this.book = book;
        passwords = asFieldsHaveThem(book.entries(LexiconCategory.PASSWORD_FIELD));
        cards = asFieldsHaveThem(book.entries(LexiconCategory.CARD_FIELD));
        searches = asFieldsHaveThem(book.entries(LexiconCategory.SEARCH_FIELD));
        serviceKeys = asFieldsHaveThem(book.entries(LexiconCategory.SERVICE_KEY));
        written.addAll(book.folded(LexiconCategory.DECORATION));
        written.addAll(book.folded(LexiconCategory.PAYMENT_WORD));
        written.removeIf(word -> word.length() < SHORTEST_WRITTEN);
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

    /** Whether it is the short name of a field for a password. */
    boolean isPasswordName(String asked) {
        return book.folded(LexiconCategory.PASSWORD_NAME).contains(asked);
    }

    /** Whether it is about what to search, or in which language. */
    boolean asksWhatToSearch(String asked) {
        return searches.isIn(asked);
    }

    /** Whether it is about what only those have who set up a brand's services. */
    boolean asksForServiceKey(String asked) {
        return serviceKeys.isIn(asked);
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

    /**
     * Whether a property of a program's data is named after payment methods: {@code allowedCardNetworks}.
     *
     * @param least the least number of its words
     */
    boolean isMethodList(String property, int least) {
        List<Tokens.Token> words = Tokens.of(property, 0, property.length());
        String text = words.stream().map(Tokens.Token::word).collect(Collectors.joining(" "));
        WordingSpans spans = book.trie.scan(text);
        int span = spans.first(LexiconCategory.METHOD_LIST, 0, text.length());
        return span != WordingSpans.NONE
                && spans.start(span) == 0
                && spans.end(span) == text.length()
                && words.size() >= least;
    }

    /** Returns the words that are written onto a name without a sign: {@code visalogo}. */
    Set<String> written() {
        return written;
    }

    boolean isWrittenOn(String word) {
        return written.contains(word);
    }

    /** Whether a word of a class says that it draws a picture. */
    boolean isIcon(String word) {
        return book.folded(LexiconCategory.ICON_WORD).contains(word);
    }

    /** Returns names of others that are one letter away from a brand's. */
    Set<String> nearNames() {
        return book.folded(LexiconCategory.NEAR_NAME);
    }

    /** Whether prose goes on about names by a word behind them: {@code Visa and JCB are}. */
    boolean isCopula(String word) {
        return book.folded(LexiconCategory.COPULA).contains(word);
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
    boolean isOfRowsOnly(String name) {
        return book.folded(LexiconCategory.ROW_NAME).contains(name);
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
        return CompiledLexicon.isUnspaced(word) && book.has(LexiconCategory.SIGN_IN, word);
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
