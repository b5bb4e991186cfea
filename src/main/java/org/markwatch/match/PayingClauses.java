package org.markwatch.match;

import static org.markwatch.text.Expression.either;
import static org.markwatch.text.Expression.inRuns;
import static org.markwatch.text.Expression.inWords;
import static org.markwatch.text.Expression.words;

import java.util.BitSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.markwatch.text.Expression;
import org.markwatch.text.Expression.Span;
import org.markwatch.watchlist.LexiconCategory;

/**
 * Tells by the build of a clause, not by a list of sentences, that a name in it is a way to pay: behind a verb of paying and a
 * preposition, behind an amount, or in line with cash and bank transfer. Looks at the clause only, at most {@value #REACH}
 * characters to each side. What the words are is the wording's to say; unchanged once made, for any number of threads.
 */
final class PayingClauses {
    private static final int REACH = 64;
    /** The longest text in which a clause says by itself that something is paid. */
    private static final int SHORT_TEXT = 100;
    /** How far before an amount somebody may begin to tell what it was spent on. */
    private static final int STORY = 200;
    /** Characters of a title such as 'Terms and conditions - Shop'. */
    private static final int LONGEST_TERMS = 60;
    /** Characters between two ways to pay of one list. */
    private static final int LIST_GAP = 24;

    private static final int LONG_SENTENCE = 130;
    private static final int FEW_LINES = 400;
    private static final int NEGATION_REACH = 16;
    /** Characters before what a label names. */
    private static final int LABEL_LEAD = 16;

    private static final int REFUSAL_REACH = 20;
    /** {@code  ma non}: what stands between two names of a list is shorter. */
    private static final int SHORTEST_EXCEPTION = 6;

    /** The case of a name that says by what, in Slavic, Finnish and Hungarian: {@code PayPalem}. */
    private static final Pattern INSTRUMENTAL =
            Pattern.compile("(?iU)(?<=[lmdnлмдн])(em|om|ом|ем|lla|llä|illa|lal|val)$");

    private static final Pattern ONLY_WORDS = Pattern.compile("\\s*\\p{L}[\\p{L}\\s]*");
    private static final Pattern NO_MORE = Pattern.compile("\\s?([.;(]|\\d[.)])");

    /** What software does for those who sell: {@code accept online payments}, {@code payments sent to your}. */
    private static final Pattern TAKING_FOR_OTHERS = Pattern.compile(
            "(?iU)\\b((?<!we (also |now |gladly )?)accept(ing)? ([\\p{L}-]+ ){0,3}payments?|payments? ([\\p{L}-]+ ){0,3}to your)\\b");

    private static final int CARD_WORD_REACH = 56;
    /** Behind the word for cards, what follows is no firm that deals with them. */
    private static final String NO_FIRM = "(?!compan|network|issuer|giant|firm|provider)";

    private final Phrasebook book;
    private final Pattern amount;
    /** Words of paying, or of money and what is done with it. */
    private final Pattern said;

    private final Pattern saidOfIt;
    private final Pattern charged;
    private final Pattern bill;
    private final Pattern listed;
    /** Somebody tells what was spent, or whose money moved. */
    final Pattern spent;

    private final Pattern givenBy;
    private final Pattern terms;
    private final Pattern cardsBefore;
    private final Pattern cardsBehind;
    /** Somebody's goods are paid for by several; of one card they say that it can be had. */
    private final Pattern cardsTaken;
    /** The same behind names, where the case says it: {@code Visa- ja Mastercard-korteilla}. */
    private final Pattern cardsTakenBehind;

    /** A preposition right before a name. */
    private final Pattern by;
    /** Nothing but a number and a preposition. */
    private final Pattern opening;

    private final Pattern acceptedCards;
    private final Pattern inAPlace;
    private final Pattern why;
    private final Pattern advertisement;
    private final Pattern negation;
    private final Pattern cardWord;
    private final Pattern behindCardWord;

    PayingClauses(Phrasebook book) {
        this.book = book;
        String paying = words(book.entries(LexiconCategory.PAYING));
        // a part of a longer word in a script without spaces may be a name: the beginning of that of Alipay is to pay
        String money = inWords(book.entries(LexiconCategory.PAYING, LexiconCategory.HANDING_OVER));
        String with = either(book.entries(LexiconCategory.WITH));
        String behindWith = with + "(?: " + either(book.entries(LexiconCategory.ARTICLE)) + ")* ";
        String cards = words(book.entries(LexiconCategory.CARDS));
        String accepted = words(book.entries(LexiconCategory.ACCEPTED));
        String anyCard = words(book.entries(LexiconCategory.ANY_CARD));

        amount = compiled("([$€£฿¥] ?\\d[\\d.,]*|\\d[\\d.,]* ?([$€£฿¥]|usd|eur|gbp|aud|cad|thb|dollars?|euros?))"
                + "( [\\p{L}]+){0,2}( " + with + "|,) $");
        said = compiled(money);
        saidOfIt = compiled(money + "[^.!?]{0,40}[ ,(]" + behindWith + "$");
        charged = compiled(words(book.entries(LexiconCategory.CHARGED)) + "(?: "
                + either(book.entries(LexiconCategory.ARTICLE)) + ")* $");
        bill = compiled(" " + words(book.entries(LexiconCategory.BILL)));
        listed = compiled("[^.!?。]*(?:[,/;&+·•|、，]|" + words(book.entries(LexiconCategory.AND_OR)) + ")[^.!?。]*");
        // what can be paid is offered, what was paid is told
        spent = compiled("(?<!\\bbe )" + words(book.entries(LexiconCategory.SPENT)));
        givenBy = compiled(
                words(book.entries(LexiconCategory.GIVING)) + "[^.!?]{0,40}" + Expression.BEGIN + behindWith + "$");
        terms = compiled(either(book.entries(LexiconCategory.TERMS)) + "(?= ?[-–—|:·,(]|$)");
        cardsBefore = compiled(anyCard + "[ ,:-]{1,3}$");
        cardsBehind = compiled("[^.!?]{0,40}?[ -]" + anyCard);
        cardsTaken = compiled(words(book.entries(LexiconCategory.CARDS_TAKEN)) + "[^.!?:]{0,24}[ :(]{1,3}$");
        cardsTakenBehind = compiled("[^.!?]{0,40}?[ -]" + words(book.entries(LexiconCategory.CARDS_TAKEN_BEHIND)));
        by = compiled("[ ,(]" + behindWith + "$");
        opening = compiled("[^\\p{L}]*" + behindWith);
        acceptedCards = compiled("(?:" + cards + "[^.!?]{0,24} " + accepted + "|" + accepted + " [^.!?]{0,16}" + cards
                + ")[^.!?]{0,32}$");
        inAPlace = Pattern.compile(" " + either(book.entries(LexiconCategory.IN_PLACE)) + " \\p{Lu}\\p{Ll}");
        why = compiled("¿?" + either(book.entries(LexiconCategory.WHY)));
        advertisement = compiled("(^|[.!?] )" + either(book.entries(LexiconCategory.ADVERTISEMENT)) + " ?[:–—|-]");
        negation = compiled("(?:" + inWords(book.entries(LexiconCategory.DENIED)) + "|n[’']t) ?([\\p{L}\\p{N}_]+ )?$|"
                + inRuns(book.entries(LexiconCategory.DENIED)) + "$");
        String cardWords = words(book.entries(LexiconCategory.CARD_WORD));
        cardWord = compiled(cardWords);
        behindCardWord = compiled(cardWords + "(( " + NO_FIRM + "\\p{L}{4,12})? ?[(:（：,-]?|( " + NO_FIRM
                + "\\p{L}{2,12}){1,3} ?[:：]|[^.!?()]{0,32} ?\\((\\p{L}{2,14}, ?){0,3}) ?$");
    }

    private static Pattern compiled(String expression) {
        return Pattern.compile(Expression.FLAGS + expression);
    }

    /** Whether a text speaks to those who sell. */
    boolean isSaidToMerchants(String text) {
        return book.says(LexiconCategory.TO_MERCHANTS, text)
                || TAKING_FOR_OTHERS.matcher(text).find();
    }

    /** Whether a label is above what software works with: {@code Payment gateways}. */
    boolean isLabelOfGateways(String text) {
        if (text.length() > LIST_GAP + REACH) {
            return false;
        }
        Span gateways = next(LexiconCategory.GATEWAYS, text, 0);
        return gateways != null
                && gateways.start() <= LABEL_LEAD
                && (text.endsWith(":") ? text.length() - 1 : text.length()) == gateways.end();
    }

    /** Whether a digit stands before a name as near as an amount would; before most there is none. */
    static boolean followsDigit(String text, int name) {
        for (int i = name - 1; i >= Math.max(0, name - REACH); i--) {
            if (text.charAt(i) >= '0' && text.charAt(i) <= '9') {
                return true;
            }
        }
        return false;
    }

    /** Whether an amount stands right before a name: {@code 25 USD via}. */
    boolean followsAmount(String text, int name) {
        return amount.matcher(before(text, name)).find()
                && !spent.matcher(text).region(Math.max(0, name - STORY), name).find();
    }

    /**
     * Whether a clause says to pay by it, or lists it with other ways to pay.
     *
     * @param till whether money is taken on the page; where that is not known, the clause must do both, in a text that may offer
     */
    boolean isWayToPay(String text, int start, int end, boolean till) {
        int from = clauseStart(text, start);
        int to = clauseEnd(text, end);
        String before = text.substring(from, start);
        boolean told = to < text.length() && text.charAt(to) == '?'
                || spent.matcher(text.substring(from, to)).find()
                || isOfOthers(before);
        if (told || isPaidOut(before)) {
            return false;
        }
        if (till && isRedirected(text.substring(from, to))) {
            return true;
        }
        if (book.says(LexiconCategory.IF, before) || isRefusedBehind(text, end, to)) {
            return false;
        }
        if (!till) {
            return hasDevice(text, start, to)
                    || isShort(text, start, end)
                            && said.matcher(before).find()
                            && isListedWithOthers(text, from, to, start, end);
        }
        return saidOfIt.matcher(before).find()
                || by.matcher(before).find() && book.next(LexiconCategory.OTHER_WAY, text, from, to) != null
                || isEntry(text, before, end)
                || book.says(LexiconCategory.PAYING, text.substring(from, to))
                        && isOfCards(before, text.substring(end, to))
                || charged.matcher(before).find()
                || isListedWithOthers(text, from, to, start, end)
                || isBill(text, end, to)
                || INSTRUMENTAL.matcher(text).region(start, end).find()
                        && said.matcher(before).find()
                || hasDevice(text, start, to);
    }

    /** Whether a clause is about somebody else, or denies something. */
    private boolean isOfOthers(String clause) {
        return book.says(LexiconCategory.OTHERS, clause) || book.says(LexiconCategory.NOT, clause);
    }

    /** Whether a clause tells by what somebody is paid, and not by what he pays. */
    boolean isPaidOut(String before) {
        return book.says(LexiconCategory.PAID_OUT, before) && !book.says(LexiconCategory.PAID_IN, before);
    }

    /** Whether a text speaks of giving; most do not, and their clauses need not be read. */
    boolean speaksOfGiving(String text) {
        return book.says(LexiconCategory.GIVING, text);
    }

    /** Whether a clause asks its reader to give by a name: {@code you can also donate via PayPal}. A charity may. */
    boolean asksForGifts(String text, int start, int end) {
        int from = clauseStart(text, start);
        String before = text.substring(from, start);
        return givenBy.matcher(before).find()
                && book.says(LexiconCategory.ASKING, before)
                && !isOfOthers(before)
                && !spent.matcher(before).find()
                && book.next(LexiconCategory.ONLY_IF, text, end, clauseEnd(text, end)) == null
                && !isAsked(text, end)
                && book.next(
                                LexiconCategory.CHARITY,
                                text,
                                Math.max(0, start - STORY),
                                Math.min(text.length(), end + STORY))
                        == null;
    }

    /** Whether a clause is an entry of a list of ways: {@code 1. By PayPal 2.} */
    private boolean isEntry(String text, String before, int end) {
        return opening.matcher(before).matches()
                && (end == text.length()
                        || NO_MORE.matcher(text).region(end, text.length()).lookingAt());
    }

    /** Whether cards are spoken of right before a name, or behind it and its neighbours: {@code karty Visa}, {@code Visa- ja Eurocard-korteilla}. */
    private boolean isOfCards(String before, String behind) {
        return cardsBefore.matcher(before).find() || cardsBehind.matcher(behind).lookingAt();
    }

    private boolean isRedirected(String clause) {
        return book.says(LexiconCategory.REDIRECTED, clause);
    }

    /** Whether a text says that somebody is sent to what it names there: {@code Redirecting to PayPal}. */
    boolean isDestination(String text, int start) {
        String before = text.substring(clauseStart(text, start), start);
        int end = -1;
        for (Span sent = next(LexiconCategory.REDIRECTED, before, 0); sent != null; ) {
            end = sent.end();
            sent = next(LexiconCategory.REDIRECTED, before, end);
        }
        return end >= 0
                && ONLY_WORDS.matcher(before).region(end, before.length()).matches();
    }

    /** Whether a clause speaks of paying, or of choosing a way to, and does not take back what the page's title says of it. */
    boolean isSaidOfAWay(String text, int start, int end) {
        int from = clauseStart(text, start);
        int to = clauseEnd(text, end);
        String before = text.substring(from, start);
        String clause = text.substring(from, to);
        return !(to < text.length() && text.charAt(to) == '?')
                && !book.says(LexiconCategory.NOT, before)
                && !isRefusedBehind(text, end, to)
                && (book.says(LexiconCategory.PAYING, clause)
                        || book.says(LexiconCategory.CHOSEN, clause)
                        || isRedirected(clause));
    }

    /** Whether nothing around names says that it is told of others, of what was, might be or is so in most shops. */
    boolean isToldOfOneself(String text, int start, int end) {
        String clause = text.substring(clauseStart(text, start), clauseEnd(text, end));
        return !isAsked(text, end)
                && !spent.matcher(clause).find()
                && !isOfOthers(clause)
                && !book.says(LexiconCategory.IF, clause)
                && !isPaidOut(clause)
                && !isSaidToMerchants(text)
                && placesOfMost(text).isEmpty();
    }

    /**
     * Whether a short text offers to take the brands of a row, on a page that has no till: they are paid with, stand in line with cash, or
     * are called cards that those who speak take.
     */
    boolean isShortOffer(String text, int start, int end) {
        if (!isShort(text, start, end) || !isToldOfOneself(text, start, end) || isRefused(text, start)) {
            return false;
        }
        int from = clauseStart(text, start);
        int to = clauseEnd(text, end);
        String before = text.substring(from, start);
        String behind = text.substring(end, to);
        return !isRefusedBehind(text, end, to)
                && (saidOfIt.matcher(before).find()
                        || cardsTaken.matcher(before).find()
                        || cardsTakenBehind.matcher(behind).lookingAt()
                        || isListedWithOthers(text, from, to, start, end)
                        || isOfCards(before, behind) && book.next(LexiconCategory.OTHER_WAY, text, from, to) != null
                        || book.says(LexiconCategory.AT_OURS, before)
                        || book.says(LexiconCategory.PAYING, text.substring(from, to)) && isOfCards(before, behind));
    }

    /** Whether a text is short, or a few lines about an order, which only those speak of who take it. */
    boolean mayOffer(String text) {
        return text.length() <= SHORT_TEXT || text.length() <= FEW_LINES && book.says(LexiconCategory.ORDER, text);
    }

    /** Whether a text is short, or a sentence of it. */
    private static boolean isShort(String text, int start, int end) {
        return text.length() <= SHORT_TEXT || sentenceLength(text, start, end, LONG_SENTENCE) <= LONG_SENTENCE;
    }

    /** Where a text begins to speak of most tills: {@code ほとんどの店で}. */
    BitSet placesOfMost(String text) {
        BitSet places = new BitSet();
        for (Span most = next(LexiconCategory.OF_MOST, text, 0); most != null; ) {
            places.set(most.start());
            most = next(LexiconCategory.OF_MOST, text, most.end());
        }
        return places;
    }

    /** Whether a short text names cash, bank transfer or another way to pay that nobody watches. */
    boolean namesOtherWay(String text) {
        return book.says(LexiconCategory.OTHER_WAY, text);
    }

    /** Whether a title says that what follows is what somebody sells by, or how to order of him: {@code AGB}, {@code How to order}. */
    boolean isOfTerms(String title) {
        return title.length() <= LONGEST_TERMS
                && (terms.matcher(title).lookingAt()
                        || book.says(LexiconCategory.ORDERING, title) && title.indexOf('?') < 0);
    }

    /** Whether a title is about delivery, which shops tell of beside payment. */
    boolean speaksOfDelivery(String title) {
        return book.says(LexiconCategory.DELIVERY, title);
    }

    /** Whether cards that are accepted are spoken of right before a place: {@code Le carte di credito accettate sono quelle dei circuiti }. */
    boolean followsAcceptedCards(String text, int start) {
        return acceptedCards
                .matcher(text.substring(clauseStart(text, start), start))
                .find();
    }

    /** Whether a text speaks of paying, in whatever form. */
    boolean speaksOfPaying(String text) {
        return said.matcher(text).find();
    }

    /** Whether what comes between two names takes the second out: {@code Visa and Mastercard but not American Express}. */
    boolean isExcepted(String text, int from, int to) {
        if (to - from < SHORTEST_EXCEPTION) {
            return false;
        }
        Span but = book.next(LexiconCategory.BUT, text, from, to);
        return but != null
                        && (book.next(LexiconCategory.NOT, text, but.end(), to) != null
                                || book.next(LexiconCategory.DENIED, text, but.end(), to) != null)
                || book.next(LexiconCategory.EXCEPT, text, from, to) != null;
    }

    /** Whether the clause says before the name that it is not taken: {@code weder Visa}. */
    boolean isRefused(String text, int start) {
        return book.next(LexiconCategory.NOT, text, clauseStart(text, start), start) != null;
    }

    /** Whether what denies stands right before names, {@code no Visa}, or goes on behind them: {@code Visa we cannot take}. */
    boolean isDenied(String text, int start, int end) {
        int to = clauseEnd(text, end);
        Span behind = soonBehind(LexiconCategory.NOT, text, end, to);
        behind = behind == null ? soonBehind(LexiconCategory.REFUSED_AFTER, text, end, to) : behind;
        return behind != null && book.next(LexiconCategory.BUT, text, end, behind.end()) == null
                || followsDenial(text, start);
    }

    private boolean followsDenial(String text, int start) {
        Span denial = book.next(LexiconCategory.DENIED, text, Math.max(0, start - NEGATION_REACH), start);
        while (denial != null && denial.end() < start - 1) {
            denial = book.next(LexiconCategory.DENIED, text, denial.end(), start);
        }
        return denial != null && (denial.end() == start || text.charAt(start - 1) == ' ');
    }

    private boolean isRefusedBehind(String text, int end, int to) {
        return soonBehind(LexiconCategory.NOT, text, end, to) != null
                || soonBehind(LexiconCategory.REFUSED_AFTER, text, end, to) != null;
    }

    /** The first expression of a meaning that begins a few words behind a place, in the same part of a clause; or null. */
    private @Nullable Span soonBehind(LexiconCategory meaning, String text, int end, int to) {
        int last = end;
        while (last < to && last - end < REFUSAL_REACH && ".!?,;".indexOf(text.charAt(last)) < 0) {
            last++;
        }
        Span found = book.next(meaning, text, end, to);
        return found != null && found.start() <= last ? found : null;
    }

    /** Whether the clause goes on to say that it cannot be paid with: {@code an American Express was impossible to use}. */
    boolean isImpossible(String text, int end) {
        return soonBehind(LexiconCategory.IMPOSSIBLE, text, end, Math.min(text.length(), end + REACH)) != null;
    }

    /** Characters of the sentence that a stretch of a text is a part of, counted up to a little more than {@code most}. */
    static int sentenceLength(String text, int start, int end, int most) {
        int from = start;
        while (from > 0 && start - from <= most && !isEnd(text, from - 1)) {
            from--;
        }
        int to = end;
        while (to < text.length() && to - end <= most && !isEnd(text, to)) {
            to++;
        }
        return to - from;
    }

    /** Whether what comes next tells in which country or town: {@code  in Japan}. */
    boolean isSaidOfAPlace(String text, int from) {
        return inAPlace.matcher(text).region(from, text.length()).lookingAt();
    }

    /** Whether a text speaks of cards to pay with. */
    boolean speaksOfCards(String text) {
        return cardWord.matcher(text).find();
    }

    /** Whether a list of names explains what cards are meant: {@code credit card (Visa …}. */
    boolean followsCardWord(String text, int name) {
        return behindCardWord
                .matcher(text.substring(Math.max(0, name - CARD_WORD_REACH), name))
                .find();
    }

    /** Whether a question is about what went wrong, and not what there is. */
    boolean asksWhy(String question) {
        return why.matcher(question).lookingAt();
    }

    /** Whether the sentence that a place is in asks. */
    static boolean isAsked(String text, int at) {
        int end = at;
        while (end < text.length() && end - at < STORY && !isEnd(text, end)) {
            end++;
        }
        return end < text.length() && text.charAt(end) == '?';
    }

    /** Whether a short text says that something is still to come: {@code PayPal coming soon}. */
    boolean isAnnounced(String text) {
        return text.length() <= SHORT_TEXT && book.says(LexiconCategory.SOON, text);
    }

    /** Whether a text says that it is somebody else's, who pays for it. */
    boolean isAdvertisement(String text) {
        return advertisement.matcher(text).find();
    }

    /** Whether what is said from a place on is denied right before it: {@code we do not }. */
    boolean isNegated(String text, int at) {
        return negation.matcher(text)
                .region(Math.max(0, at - NEGATION_REACH), at)
                .useTransparentBounds(true)
                .find();
    }

    /** Whether a text speaks of what cards are read with. */
    boolean speaksOfDevice(String text) {
        return book.says(LexiconCategory.DEVICE, text);
    }

    /** Whether what cards are read with is spoken of, be it in the sentence before. */
    private boolean hasDevice(String text, int start, int to) {
        return speaksOfDevice(text.substring(Math.max(0, start - 2 * REACH), to));
    }

    private boolean isBill(String text, int end, int to) {
        return bill.matcher(text).region(end, to).lookingAt();
    }

    private boolean isListedWithOthers(String text, int from, int to, int start, int end) {
        Span other = book.next(LexiconCategory.OTHER_WAY, text, from, to);
        while (other != null) {
            String between = other.end() <= start
                    ? text.substring(other.end(), start)
                    : other.start() >= end ? text.substring(end, other.start()) : "";
            if (between.length() <= LIST_GAP && listed.matcher(between).matches()) {
                return true;
            }
            other = book.next(LexiconCategory.OTHER_WAY, text, other.end(), to);
        }
        return false;
    }

    private @Nullable Span next(LexiconCategory meaning, String text, int from) {
        return book.next(meaning, text, from, text.length());
    }

    private static String before(String text, int name) {
        return text.substring(Math.max(0, name - REACH), name);
    }

    static int clauseStart(String text, int name) {
        int from = name;
        while (from > 0 && name - from < REACH && !isEnd(text, from - 1)) {
            from--;
        }
        return from;
    }

    static int clauseEnd(String text, int name) {
        int to = name;
        while (to < text.length() && to - name < REACH && !isEnd(text, to)) {
            to++;
        }
        return to;
    }

    private static boolean isEnd(String text, int at) {
        char c = text.charAt(at);
        return c == '!' || c == '?' || c == '。' || c == '.' && (at + 1 == text.length() || text.charAt(at + 1) <= ' ');
    }
}
