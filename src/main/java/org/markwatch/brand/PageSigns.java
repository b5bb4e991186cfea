package org.markwatch.brand;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.markwatch.extract.Passage;
import org.markwatch.watchlist.Field;

/** What was met on one page that may, with the rest of the page, become a brand use. Filled by one thread. */
final class PageSigns {
    /** Passages that give a name another meaning on a page that is about it. */
    private static final double MANY_OTHER_MEANINGS = 2;

    final List<Passage> passages;
    /** What words mean. */
    final CompiledLexicon book;

    final PaymentWords words;
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
    /** Passages that visitors see in which a context was met that gives a brand's name another meaning. */
    final BitSet otherMeanings = new BitSet();
    /** Passages in which the number of a bank account stands. */
    final List<Integer> accounts = new ArrayList<>();
    /** Passages that name payment methods in the data of scripts. */
    final BitSet methods = new BitSet();
    /** Passages that name a box of payment marks, such as a class. */
    final BitSet paymentBoxes = new BitSet();
    /** Whether the page has a cart or a checkout. */
    boolean shop;
    /** Whether visitors can see that it has: a class that nobody sees makes a page no shop that somebody else's would not be. */
    boolean shopIsSeen;
    /** Whether an amount of money was met. */
    boolean price;

    boolean priceTag;

    PageSigns(List<Passage> passages, CompiledLexicon book, PaymentWords words) {
        this.passages = passages;
        this.book = book;
        this.words = words;
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

    /** Whether visitors see the words of a passage, unlike metadata, addresses and what scripts hold. */
    static boolean isSeen(Passage passage) {
        return !passage.hidden()
                && !passage.isAddress()
                && switch (passage.field()) {
                    case TITLE, HEADING, TEXT, LINK, IMAGE, FORM -> true;
                    default -> false;
                };
    }

    /** Whether it is what structured data or a list in the data of scripts says is taken. */
    boolean isPaymentValue(int index) {
        Passage passage = passage(index);
        String detail = passage.detail().toLowerCase(Locale.ROOT);
        return methods.get(index)
                || passage.field() == Field.JSON_LD
                        && (detail.contains("paymentaccepted")
                                || detail.contains("acceptedpaymentmethod")
                                || detail.contains("goodrelations"));
    }

    /** Returns how much of the page gives names another meaning: passages that do, as a share of many, from 0 to 1. */
    double homonymShare() {
        return Math.min(1, otherMeanings.cardinality() / MANY_OTHER_MEANINGS);
    }

    /** Whether the page gives names another meaning through and through. */
    boolean isHomonym() {
        return homonymShare() == 1;
    }

    /** Whether visitors can see that the page is a shop's. */
    boolean isSeenToSell() {
        return shop && (shopIsSeen || price);
    }

    /** Whether something is sold on the page, or asked for that only a payer or a customer has. */
    boolean sells() {
        return commerce || price || credentials || shop;
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
        cues.removeIf(this::isPartOfName);
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

    /** Whether a passage has wording that says more than a single word of paying. */
    boolean hasStrongCue(int passage) {
        return cuesIn(passage).stream().anyMatch(cue -> cue.strength != Strength.WEAK);
    }

    private @Nullable Map<Integer, List<Cue>> cuesByPassage;

    /** Returns the wording in a passage, once all has been met. */
    List<Cue> cuesIn(int passage) {
        if (cuesByPassage == null) {
            cuesByPassage = new HashMap<>();
            for (Cue cue : cues) {
                cuesByPassage
                        .computeIfAbsent(cue.passage, p -> new ArrayList<>())
                        .add(cue);
            }
        }
        return cuesByPassage.getOrDefault(passage, List.of());
    }

    /** Returns the names of each passage that has some, once they have been sorted. */
    List<List<Name>> namesByPassage() {
        List<List<Name>> all = new ArrayList<>();
        int from = 0;
        while (from < names.size()) {
            int to = from;
            while (to < names.size() && names.get(to).passage == names.get(from).passage) {
                to++;
            }
            all.add(names.subList(from, to));
            from = to;
        }
        return all;
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
}
