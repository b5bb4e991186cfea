package org.markwatch.match;

import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.markwatch.extract.Passage;
import org.markwatch.match.PageSigns.Name;
import org.markwatch.text.Folding;

/** The names of brands in one passage, and which of them stand in line, as cards do in a list. Unchanged once made. */
final class NamesInText {
    /** The longest text in which weak wording counts. */
    static final int SHORT_TEXT = 100;
    /** How much of a text names must cover to be a list of marks rather than prose about them. */
    static final double LIST_COVERAGE = 0.6;
    /** The same where three brands stand together, and no sentence ends. */
    static final double ROW_COVERAGE = 0.4;
    /** Characters of an entry of a list: {@code Carte bleue, Visa}. */
    static final int LIST_ENTRY = 48;
    /** Characters between two names of a list. */
    static final int LIST_GAP = 12;
    /** Letters of what stands between two names of a list: {@code oppure}. */
    private static final int LONGEST_CONJUNCTION = 6;
    /** The same where other entries stand between. */
    private static final int WIDE_GAP = 48;

    private static final Pattern OTHER_ENTRIES =
            Pattern.compile("( ?[,/|;·•、，] ?[\\p{L}\\p{N}.]{2,12}( [\\p{L}\\p{N}]{2,8})?){1,4} ?[,/|;·•、，] ?");

    final Passage passage;
    final String text;
    /** In the order of their starts; at least one. */
    final List<Name> all;

    private final PaymentWords words;
    private final BitSet inRow = new BitSet();
    /** By name, the route by which it is claimed, or null. */
    private final @Nullable ClaimRoute[] routes;

    /** @param names in the order of their starts; at least one */
    NamesInText(Passage passage, List<Name> names, PaymentWords words) {
        this.passage = passage;
        this.text = passage.text();
        this.all = names;
        this.words = words;
        this.routes = new ClaimRoute[names.size()];
        int first = 0;
        boolean several = false;
        for (int i = 1; i <= names.size(); i++) {
            boolean goesOn = i < names.size()
                    && isListGap(names.get(i - 1).end(), names.get(i).start());
            if (goesOn) {
                several |= names.get(i).brand() != names.get(first).brand();
            } else {
                inRow.set(first, i, several);
                first = i;
                several = false;
            }
        }
    }

    /** Notes the route of names that are claimed and have none yet. */
    void claimedBy(ClaimRoute route, BitSet claimed) {
        for (int i = claimed.nextSetBit(0); i >= 0; i = claimed.nextSetBit(i + 1)) {
            if (routes[i] == null) {
                routes[i] = route;
            }
        }
    }

    /** Notes the wording that claims names, unless a stronger one does. */
    void claimedByWording(ClaimRoute wording, BitSet claimed) {
        for (int i = claimed.nextSetBit(0); i >= 0; i = claimed.nextSetBit(i + 1)) {
            ClaimRoute known = routes[i];
            if (known == null || wording.compareTo(known) < 0) {
                routes[i] = wording;
            }
        }
    }

    /** Returns the route by which a name is claimed; weak wording if none was noted. */
    ClaimRoute route(int name) {
        ClaimRoute route = routes[name];
        return route == null ? ClaimRoute.WEAK_WORDING : route;
    }

    int size() {
        return all.size();
    }

    Name get(int name) {
        return all.get(name);
    }

    Name first() {
        return all.getFirst();
    }

    Name last() {
        return all.getLast();
    }

    /** Index of the passage in the page. */
    int index() {
        return first().passage();
    }

    /** Whether a name stands in line with one of another brand. */
    boolean isInRow(int name) {
        return inRow.get(name);
    }

    boolean hasRow() {
        return !inRow.isEmpty();
    }

    /** The names that stand in line with others; not to be changed. */
    BitSet inRows() {
        return inRow;
    }

    /** The first name from one on that stands in line with others, or -1. */
    int nextInRow(int from) {
        return inRow.nextSetBit(from);
    }

    /** The first name of the row that a name stands in, or the name itself if it stands alone. */
    int startOfRow(int name) {
        int first = name;
        while (inRow.get(name)
                && first > 0
                && inRow.get(first - 1)
                && isListGap(get(first - 1).end(), get(first).start())) {
            first--;
        }
        return first;
    }

    /** The last name of the row that one begins, or the name itself if it stands alone. */
    int endOfRow(int first) {
        int last = first;
        while (inRow.get(first)
                && inRow.get(last + 1)
                && isListGap(get(last).end(), get(last + 1).start())) {
            last++;
        }
        return last;
    }

    /** Adds a name and those of its row behind it. */
    void addRow(int first, BitSet names) {
        names.set(first);
        for (int next = first + 1; inRow.get(next) && inRow.get(next - 1); next++) {
            names.set(next);
        }
    }

    /** Whether two names lie apart as entries of a list do, or others of one word stand between: {@code , Elo, Hiper, }. */
    private boolean isListGap(int from, int to) {
        return to - from <= LIST_GAP
                || to - from <= WIDE_GAP
                        && OTHER_ENTRIES.matcher(text).region(from, to).matches();
    }

    /** Whether a name may be the brand's: it is no common word, stands in a row, or is followed by what follows a brand. */
    boolean isBrandLike(int name) {
        return !get(name).ambiguous() || isInRow(name) || isBrandLike(words, text, get(name));
    }

    /** Whether what follows an ambiguous name is what follows a brand: an end, a sign, another word of a list of cards. */
    static boolean isBrandLike(PaymentWords words, String text, Name name) {
        String next = wordAfter(text, name);
        return next.isEmpty() || words.isAfterBrand(next);
    }

    /** Whether prose goes on about the row of names that this one ends: {@code Visa and Mastercard have settled a lawsuit}. */
    boolean isSpokenOf(int last) {
        String next = wordAfter(text, get(last));
        return text.length() > SHORT_TEXT
                && !next.isEmpty()
                && (!words.isAfterBrand(next) || next.equals("are") || next.equals("is"));
    }

    private static String wordAfter(String text, Name name) {
        int at = name.end();
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        int end = at;
        while (end < text.length() && Folding.CLASSES[text.charAt(end)] == Folding.WORD) {
            end++;
        }
        return Folding.fold(text.substring(at, end));
    }

    /** Whether a short text ends with the first name in brackets: {@code Credit card (Visa)}. */
    boolean isBracketed() {
        return text.length() <= LIST_ENTRY
                && first().start() > 0
                && text.charAt(first().start() - 1) == '('
                && text.indexOf(')', first().end()) == text.length() - 1;
    }

    /** How much of the text the names cover, from 0 to 1. */
    double coverage() {
        return coverage(text, all);
    }

    /** How much of a text names cover, from 0 to 1. */
    static double coverage(String text, List<Name> names) {
        int covered = 0;
        int last = -1;
        for (Name name : names) {
            if (last >= 0 && name.start() > last && joins(text, last, name.start())) {
                covered += name.start() - last;
            }
            covered += Math.max(0, name.end() - Math.max(last, name.start()));
            last = Math.max(last, name.end());
        }
        return (double) covered / Math.max(covered, text.length() - blanks(text));
    }

    /** Whether no more than a word stands between two names of a list. */
    private static boolean joins(String text, int from, int to) {
        return to - from <= LIST_GAP
                && text.substring(from, to).chars().filter(Character::isLetter).count() <= LONGEST_CONJUNCTION;
    }

    /** Characters to be written on, of a short text: {@code ____ Visa ____ Mastercard}. */
    private static int blanks(String text) {
        return text.length() > SHORT_TEXT
                ? 0
                : (int) text.chars().filter(c -> c == '_').count();
    }
}
