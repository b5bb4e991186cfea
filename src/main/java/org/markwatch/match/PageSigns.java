package org.markwatch.match;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.markwatch.extract.Passage;
import org.markwatch.match.LogoLexicon.Logo;
import org.markwatch.watchlist.Field;

/** What was met on one page that may, with the rest of the page, become a brand use. Filled by one thread. */
final class PageSigns {
    /** Characters of a text that is hardly more than wording of paying. */
    private static final int SHORT_LABEL = 24;
    /** Characters of a title such as 'Delivery and payment', 'Terms of payment'. */
    private static final int SHORT_TITLE = 40;
    /** Characters of a title beside the wording that it is: a number, a colon. */
    private static final int BEYOND_WORDING = 3;
    /** How many times as long as wording of paying a headline may be that is about nothing else. */
    private static final int MOST_OF_HEADLINE = 4;

    final List<Passage> passages;
    /** What words mean. */
    final Phrasebook book;

    final PaymentWords words;
    final PayingClauses clauses;
    final HolderClauses holders;
    final List<Name> names = new ArrayList<>();
    final List<Cue> cues = new ArrayList<>();
    final List<LogoAt> logos = new ArrayList<>();
    final List<Owned> assets = new ArrayList<>();
    final List<Owned> actions = new ArrayList<>();
    /** Addresses on a brand's host that the page says are its own. */
    final List<Owned> ownAddresses = new ArrayList<>();
    /** Links to where the brand takes money for the one who linked. */
    final List<Owned> payLinks = new ArrayList<>();
    /** Scripts that the page loads from a brand's host. */
    final List<Owned> scripts = new ArrayList<>();
    /** Whether a form asks for a password or a card. */
    boolean credentials;
    /** Whether a label asks for what only the holder of a card or an account knows. */
    boolean secret;
    /** Whether a form asks for a password. */
    boolean password;
    /** Passages in which a context was met in which pages write about marks. */
    final Set<Integer> contexts = new TreeSet<>();
    /** Whether an indicator that weighs something was met. */
    boolean commerce;
    /** Whether a context was met that gives a brand's name another meaning. */
    boolean homonym;
    /** Passages in which the number of a bank account stands. */
    final List<Integer> accounts = new ArrayList<>();
    /** Whether the page has a cart or a checkout. */
    boolean shop;
    /** Whether visitors can see that it has: a class that nobody sees makes a page no shop that somebody else's would not be. */
    boolean shopIsSeen;
    /** Whether an amount of money was met. */
    boolean price;
    /** Whether a title or heading says what is taken. */
    boolean titledAcceptance;
    /** Whether the page is what somebody sells by. */
    boolean terms;

    PageSigns(List<Passage> passages, Phrasebook book) {
        this.passages = passages;
        this.book = book;
        this.words = book.paymentWords;
        this.clauses = book.clauses;
        this.holders = book.holders;
    }

    /**
     * A brand's name. Offsets are those of the passage, also below.
     *
     * @param way how it was disguised, or empty
     */
    record Name(int passage, int brand, int start, int end, boolean ambiguous, String way) {
        /** The rule with the disguise, so that it is a reason of its own. */
        String rule(String rule) {
            return way.isEmpty() ? rule : rule + "-" + way;
        }
    }

    /** On which side of acceptance wording the name stands. */
    enum Side {
        NAME_AFTER,
        NAME_BEFORE,
        EITHER
    }

    /** How much acceptance wording says by itself. */
    enum Strength {
        /** That the speaker takes the mark: {@code we accept}. */
        OWN,
        /** The same, where the page is no article about marks: {@code payment can be made by}. */
        SURE,
        /** That somebody takes it, the speaker where something is sold: {@code pay by}. */
        VAGUE,
        /** Something in a short text only: {@code payment}. */
        WEAK
    }

    /** Acceptance wording. */
    record Cue(int passage, int start, int end, Side side, Strength strength) {}

    /** A logo reference. */
    record LogoAt(int passage, Logo logo) {}

    /** A reference to a brand's own host. */
    record Owned(int passage, int brand, int start, int end) {}

    Passage passage(int index) {
        return passages.get(index);
    }

    /** The first passage of a kind, or -1. */
    int first(Predicate<Passage> kind) {
        for (int index = 0; index < passages.size(); index++) {
            if (kind.test(passage(index))) {
                return index;
            }
        }
        return -1;
    }

    static boolean isTitle(Passage passage) {
        return passage.field() == Field.TITLE || passage.field() == Field.HEADING;
    }

    /** The title, or a heading of the first rank. */
    static boolean isHeadline(Passage passage) {
        return passage.field() == Field.TITLE
                || passage.field() == Field.HEADING && passage.detail().equals("h1");
    }

    /** Whether it is what structured data says is taken. */
    static boolean isPaymentValue(Passage passage) {
        String detail = passage.detail().toLowerCase(Locale.ROOT);
        return passage.field() == Field.JSON_LD
                && (detail.contains("paymentaccepted")
                        || detail.contains("acceptedpaymentmethod")
                        || detail.contains("goodrelations"));
    }

    /** Whether visitors can see that the page is a shop's. */
    boolean isSeenToSell() {
        return shop && (shopIsSeen || price);
    }

    /** Whether the page is one where people pay. */
    boolean isAboutPaying() {
        return !cues.isEmpty() || sells();
    }

    /** The same, without what only short texts say: a word such as {@code only} is on every page. */
    boolean saysSoPlainly() {
        return sells() || cues.stream().anyMatch(cue -> cue.strength != Strength.WEAK);
    }

    /** The same, without amounts, which comparisons have too. */
    boolean isSaidToBePaid() {
        return credentials && !password || shop || cues.stream().anyMatch(cue -> cue.strength != Strength.WEAK);
    }

    /** Whether ways to pay may be listed: something is sold, wording comes before names, or a text is nothing else. */
    boolean mayListWays() {
        return sells()
                || cues.stream()
                        .anyMatch(cue -> cue.strength == Strength.OWN
                                || cue.strength == Strength.SURE
                                || cue.strength == Strength.VAGUE && cue.side != Side.NAME_BEFORE
                                || passage(cue.passage).text().length() <= SHORT_LABEL);
    }

    /** Whether something is sold on the page, or asked for that only a payer or a customer has. */
    boolean sells() {
        return commerce || price || credentials || shop;
    }

    /** Whether money is taken on the page. A form for a password is no till: forums have one on every page. */
    boolean isTill() {
        return takesMoney() || titledAcceptance;
    }

    /** The same, without what titles say, which articles have too. */
    boolean takesMoney() {
        return commerce || price || isTakingOrders();
    }

    /** Whether there is something of a till in the markup: a cart, a form for a card, a button to pay. */
    boolean isTakingOrders() {
        return shop || credentials && !password || !actions.isEmpty();
    }

    /** When all has been met: sorts the names, leaves out those that are a part of a longer name of the same brand, and reads the titles. */
    void settle() {
        names.sort(Comparator.comparingInt(Name::passage)
                .thenComparingInt(Name::start)
                .thenComparing(Comparator.comparingInt(Name::end).reversed()));
        Map<Integer, Name> last = new HashMap<>();
        names.removeIf(name -> {
            Name before = last.get(name.brand);
            boolean nested = before != null && before.passage == name.passage && before.end >= name.end;
            if (!nested) {
                last.put(name.brand, name);
            }
            return nested;
        });
        cues.removeIf(cue -> isPartOfName(cue)
                || clauses.isLabelOfGateways(passage(cue.passage).text()));
        titledAcceptance = cues.stream().anyMatch(this::titles);
        terms = !names.isEmpty()
                && passages.stream().anyMatch(passage -> isHeadline(passage) && clauses.isOfTerms(passage.text()));
    }

    /** Whether wording is a part of a brand's name: the first half of {@code 支付宝} says that something is paid. */
    private boolean isPartOfName(Cue cue) {
        int at = Collections.binarySearch(
                names,
                new Name(cue.passage, 0, cue.start, Integer.MAX_VALUE, false, ""),
                Comparator.comparingInt(Name::passage).thenComparingInt(Name::start));
        int before = at >= 0 ? at : -at - 2;
        if (before < 0) {
            return false;
        }
        Name name = names.get(before);
        return name.passage == cue.passage && name.end >= cue.end && name.end - name.start > cue.end - cue.start;
    }

    boolean hasName(int passage) {
        return !namesIn(passage).isEmpty();
    }

    /** The names in a passage, once they have been sorted. */
    List<Name> namesIn(int passage) {
        int first = firstNameFrom(passage);
        int end = first;
        while (end < names.size() && names.get(end).passage == passage) {
            end++;
        }
        return names.subList(first, end);
    }

    private int firstNameFrom(int passage) {
        int at = Collections.binarySearch(
                names,
                new Name(passage, 0, -1, 0, false, ""),
                Comparator.comparingInt(Name::passage).thenComparingInt(Name::start));
        return at >= 0 ? at : -at - 1;
    }

    /** Whether a title is the wording and nothing else: {@code Payment}. */
    static boolean isAllOf(Cue cue, String title) {
        return title.length() - (cue.end - cue.start) <= BEYOND_WORDING;
    }

    /** Whether a title or heading says what is taken, and not where or how others take it. */
    private boolean titles(Cue cue) {
        Passage passage = passage(cue.passage);
        String text = passage.text();
        return isTitle(passage)
                && (cue.strength != Strength.WEAK
                        || (shop || commerce) && isAllOf(cue, text)
                        || text.length() <= SHORT_TITLE
                                && clauses.speaksOfPaying(text)
                                && text.indexOf('?') < 0
                                && (shop || clauses.speaksOfDelivery(text))
                                && !hasName(cue.passage))
                && cue.side != Side.NAME_BEFORE
                && (!isHeadline(passage)
                        || MOST_OF_HEADLINE * (cue.end - cue.start)
                                >= passage.text().length())
                && !clauses.isSaidToMerchants(passage.text())
                && !clauses.isSaidOfAPlace(passage.text(), cue.end);
    }
}
