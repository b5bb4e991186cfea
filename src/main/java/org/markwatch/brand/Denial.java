package org.markwatch.brand;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.markwatch.brand.PageSigns.Cue;
import org.markwatch.brand.PageSigns.Name;
import org.markwatch.brand.PageSigns.Strength;
import org.markwatch.text.Folding;
import org.markwatch.watchlist.LexiconCategory;

/**
 * What in a clause denies its row of names: 'we do not accept Visa', 'no Visa', 'all cards except Visa', 'Visa is not taken'. A
 * negation denies what it stands at: an account that is not needed to pay by Visa, and a ticket paid by Visa that is not
 * refunded, deny nothing of Visa.
 *
 * @param cues  wording of acceptance in the text
 * @param names names of brands in the text
 */
record Denial(Clause clause, List<Cue> cues, List<Name> names) {
    /** Characters behind a row within which a negation is about the row: {@code Visa is unfortunately not accepted}. */
    private static final int REACH = 32;

    private static final int IMPOSSIBLE_REACH = 64;
    /** Characters behind a question in which the answer says no. */
    private static final int ANSWER_REACH = 12;
    /** Words between a negation and what it denies: {@code not currently accepted}. */
    private static final int BETWEEN = 1;
    /** Words between a row and a negation that ends what is said: {@code Wir nehmen Visa leider nicht}. */
    private static final int BEFORE_END = 2;
    /** Words on each side of a row in a bracket that lists it. */
    private static final int FEW_LISTED = 4;

    private static final Set<LexiconCategory> BEFORE =
            EnumSet.of(LexiconCategory.NOT, LexiconCategory.DENIED, LexiconCategory.IMPOSSIBLE);

    private static final Set<LexiconCategory> BEHIND = EnumSet.of(
            LexiconCategory.NOT, LexiconCategory.REFUSED_AFTER, LexiconCategory.IMPOSSIBLE, LexiconCategory.DENIED);

    private static final Set<LexiconCategory> NEGATIONS = BEHIND;

    /** Words of taking and paying. */
    private static final Set<LexiconCategory> TAKING = EnumSet.of(
            LexiconCategory.ACCEPTING,
            LexiconCategory.ACCEPTED,
            LexiconCategory.PAYING,
            LexiconCategory.CHARGED,
            LexiconCategory.CHOSEN,
            LexiconCategory.GIVING,
            LexiconCategory.IMPOSSIBLE);

    /** Words that part nothing. */
    private static final Set<LexiconCategory> BRIDGE = EnumSet.of(
            LexiconCategory.ARTICLE,
            LexiconCategory.ANY_CARD,
            LexiconCategory.CARDS,
            LexiconCategory.CARD_WORD,
            LexiconCategory.WITH);

    boolean isFound() {
        return span() != WordingSpans.NONE;
    }

    /** Returns the entry that denies the row, or {@link WordingSpans#NONE}. */
    int span() {
        int span = before();
        if (span == WordingSpans.NONE) {
            span = exception();
        }
        if (span == WordingSpans.NONE) {
            span = behind(clause.end);
        }
        int bracketEnd = bracketEnd();
        if (span == WordingSpans.NONE && bracketEnd > clause.end) {
            span = behind(bracketEnd);
        }
        return span == WordingSpans.NONE ? answer() : span;
    }

    private WordingSpans spans() {
        return clause.spans;
    }

    // ---- before the row

    private int before() {
        int at = partStart();
        for (int span = next(BEFORE, at, clause.start); span != WordingSpans.NONE; ) {
            if (deniesBehindIt(span)) {
                return span;
            }
            at = spans().start(span) + 1;
            span = next(BEFORE, at, clause.start);
        }
        return WordingSpans.NONE;
    }

    /** Whether a negation before the row denies what comes next, and that is the row or that it is taken. */
    private boolean deniesBehindIt(int negation) {
        int end = end(negation);
        int taking = taking(end, clause.start);
        if (taking < 0) {
            return isStrong(negation, end) || words(end, clause.start) == 0;
        }
        return words(end, taking) <= BETWEEN;
    }

    /** Whether a word may deny more than what stands right behind it. */
    private boolean isStrong(int negation, int end) {
        int start = spans().start(negation);
        return spans().has(LexiconCategory.NOT, start, end) || spans().has(LexiconCategory.IMPOSSIBLE, start, end);
    }

    /** Returns where the part of the clause begins in which the row stands. */
    private int partStart() {
        int part = clause.start;
        while (part > clause.from && !isPartEnd(part - 1)) {
            part--;
        }
        int condition = spans().last(LexiconCategory.IF, part, clause.start);
        return condition == WordingSpans.NONE ? part : spans().end(condition);
    }

    /** Whether a sign ends a part of the clause; a colon does not if the row comes next: {@code not accepted: Visa}. */
    private boolean isPartEnd(int at) {
        char c = clause.text.charAt(at);
        return ",;،؛，、；".indexOf(c) >= 0 || ":：".indexOf(c) >= 0 && Clause.words(clause.text, at, clause.start) > 0;
    }

    /** Returns the exception right before the row: {@code all cards except Visa}. */
    private int exception() {
        int except = spans().last(LexiconCategory.EXCEPT, clause.sentenceFrom, clause.start);
        if (except == WordingSpans.NONE || spans().end(except) < clause.from) {
            return WordingSpans.NONE;
        }
        int end = spans().end(except);
        boolean right = taking(end, clause.start) < 0
                && !Clause.isParted(clause.text, end, clause.start)
                && (words(end, clause.start) <= BETWEEN || isListed(end));
        return right ? except : WordingSpans.NONE;
    }

    /** Whether nothing but other ways to pay stand before the row, and a conjunction: {@code except cash and Visa}. */
    private boolean isListed(int from) {
        return spans().has(LexiconCategory.AND_OR, from, clause.start)
                && ClausePart.isSaidBy(clause, ClausePart.WAYS, from, clause.start);
    }

    // ---- behind the row

    /** Returns the entry behind a place at which the row or its bracket ends that denies the row. */
    private int behind(int rowEnd) {
        int last = partEnd(rowEnd, REACH);
        int lastImpossible = partEnd(rowEnd, IMPOSSIBLE_REACH);
        int at = rowEnd;
        for (int span = next(BEHIND, at, clause.to); span != WordingSpans.NONE; ) {
            int start = spans().start(span);
            boolean impossible = spans().has(LexiconCategory.IMPOSSIBLE, start, end(span));
            if (start > (impossible ? lastImpossible : last)) {
                return WordingSpans.NONE;
            }
            if (deniesBeforeIt(span, rowEnd)) {
                return span;
            }
            at = start + 1;
            span = next(BEHIND, at, clause.to);
        }
        return WordingSpans.NONE;
    }

    /** Whether a negation behind the row denies the row, or that it is taken. */
    private boolean deniesBeforeIt(int negation, int rowEnd) {
        int start = spans().start(negation);
        int end = end(negation);
        int rest = partEnd(rowEnd, clause.to);
        if (isOtherWay(end, rest)) {
            return false;
        }
        int taking = taking(end, rest);
        if (spans().has(LexiconCategory.IMPOSSIBLE, start, end)) {
            return !isGoneOn(rowEnd, start);
        }
        boolean weak = !spans().has(LexiconCategory.NOT, start, end)
                && !spans().has(LexiconCategory.REFUSED_AFTER, start, end);
        // 'Maestro and Visa, Diners is not taken': the last name may begin a part of its own
        if (weak && (Clause.isParted(clause.text, clause.start, clause.end) || isGoneOn(rowEnd, start))) {
            return false;
        }
        if (taking >= 0 && words(end, taking) <= BETWEEN) {
            return !isOtherWay(takingEnd(end, rest), rest);
        }
        if (isRightBehindTaking(rowEnd, start)) {
            return true;
        }
        if (weak) {
            return false;
        }
        boolean last = words(end, rest) == 0;
        boolean own = isOwnBefore();
        if (own || isSaidOfOthers(rowEnd > clause.end)) {
            boolean refused = own && spans().has(LexiconCategory.REFUSED_AFTER, start, end);
            return (refused || last && words(rowEnd, start) <= BEFORE_END) && !isGoneOn(rowEnd, start);
        }
        return last || !isGoneOn(rowEnd, start);
    }

    /** Whether a word of taking stands behind the row and right before a negation: {@code Visa akzeptieren wir nicht}. */
    private boolean isRightBehindTaking(int rowEnd, int negation) {
        int at = rowEnd;
        int end = -1;
        for (int span = spans().first(TAKING, at, negation); span != WordingSpans.NONE; ) {
            end = Math.max(end, spans().end(span));
            span = spans().first(TAKING, spans().start(span) + 1, negation);
        }
        return end >= 0 && words(end, negation) <= BETWEEN;
    }

    /** Whether a conjunction between the row and a negation begins something else than another way to pay. */
    private boolean isGoneOn(int rowEnd, int negation) {
        return spans().has(LexiconCategory.AND_OR, rowEnd, negation)
                && !(spans().has(LexiconCategory.OTHER_WAY, rowEnd, negation)
                        && ClausePart.isSaidBy(clause, ClausePart.WAYS, rowEnd, negation));
    }

    /** Whether the owner says before the row that it is taken: {@code we accept}. */
    private boolean isOwnBefore() {
        int from = partStart();
        return cues.stream()
                .anyMatch(cue -> cue.strength() == Strength.OWN && cue.start() >= from && cue.end() <= clause.start);
    }

    /**
     * Whether it is said before the row who or what is paid by it: {@code tickets paid by Visa}, but not {@code methods of payment
     * (Visa)}, where the bracket lists what was named.
     */
    private boolean isSaidOfOthers(boolean inBracket) {
        int from = partStart();
        int taking = taking(from, clause.start);
        return taking >= 0
                && words(from, taking) > 0
                && !(inBracket && words(takingEnd(from, clause.start), clause.start) == 0);
    }

    /** Returns where the bracket ends that lists the row, as in {@code cards (Visa, cash)}, or 0 if the row is in none. */
    private int bracketEnd() {
        int open = clause.start - 1;
        while (open >= clause.from && "([（）)]".indexOf(clause.text.charAt(open)) < 0) {
            open--;
        }
        int close = clause.end;
        while (close < clause.to && ")]）([（".indexOf(clause.text.charAt(close)) < 0) {
            close++;
        }
        boolean inside = open >= clause.from
                && "([（".indexOf(clause.text.charAt(open)) >= 0
                && close < clause.to
                && ")]）".indexOf(clause.text.charAt(close)) >= 0;
        return inside && words(open, clause.start) <= FEW_LISTED && words(clause.end, close) <= FEW_LISTED
                ? close + 1
                : 0;
    }

    /** Returns where the part of the clause ends in which the row stands, at most so many characters behind a place. */
    private int partEnd(int from, int reach) {
        int last = from;
        while (last < clause.to && last - from < reach && ".!?,;，、；(（:".indexOf(clause.text.charAt(last)) < 0) {
            last++;
        }
        int condition = spans().first(LexiconCategory.IF, from, last);
        return condition == WordingSpans.NONE ? last : spans().start(condition);
    }

    /** Whether another way to pay or another name comes next. */
    private boolean isOtherWay(int from, int to) {
        int other = spans().first(LexiconCategory.OTHER_WAY, from, to);
        int at = other == WordingSpans.NONE ? to : spans().start(other);
        boolean found = other != WordingSpans.NONE;
        for (Name name : names) {
            if (name.start() >= from && name.start() < at) {
                at = name.start();
                found = true;
            }
        }
        return found && words(from, at) == 0;
    }

    // ---- the answer

    /** Returns the no to a question that has the row. */
    private int answer() {
        int next = clause.sentenceTo + 1;
        if (!clause.isAsked()) {
            return WordingSpans.NONE;
        }
        int denied = spans().first(LexiconCategory.DENIED, next, next + ANSWER_REACH);
        return denied == WordingSpans.NONE ? spans().first(LexiconCategory.NOT, next, next + ANSWER_REACH) : denied;
    }

    // ---- words

    /** Returns the next negation that is no part of 'not only' and the like, which deny nothing. */
    private int next(Set<LexiconCategory> of, int from, int to) {
        int span = spans().first(of, from, to);
        while (span != WordingSpans.NONE && spans().isPartOf(LexiconCategory.NOT_ONLY, span, clause.sentenceFrom)) {
            span = spans().first(of, spans().start(span) + 1, to);
        }
        return span;
    }

    /** Returns where a negation ends, with the rest of a longer one: {@code not able to}. */
    private int end(int negation) {
        int at = spans().start(negation);
        int end = ClausePart.end(clause, NEGATIONS, at, clause.text.length());
        while (++at < end) {
            end = Math.max(end, ClausePart.end(clause, NEGATIONS, at, clause.text.length()));
        }
        return end;
    }

    /** Returns where the first word of taking or paying starts, or -1. */
    private int taking(int from, int to) {
        int span = spans().first(TAKING, from, to);
        int first = span == WordingSpans.NONE ? -1 : spans().start(span);
        for (Cue cue : cues) {
            if (isStrong(cue, from, to) && (first < 0 || cue.start() < first)) {
                first = cue.start();
            }
        }
        return first;
    }

    private int takingEnd(int from, int to) {
        int start = taking(from, to);
        int end = ClausePart.end(clause, TAKING, start, to);
        for (Cue cue : cues) {
            if (isStrong(cue, from, to) && cue.start() == start) {
                end = Math.max(end, cue.end());
            }
        }
        return end;
    }

    private static boolean isStrong(Cue cue, int from, int to) {
        return cue.strength() != Strength.WEAK && cue.start() >= from && cue.end() <= to;
    }

    /** Returns the number of words that part what stands between two places. Two letters of a script without spaces are one. */
    private int words(int from, int to) {
        int halves = 0;
        int at = from;
        while (at < to) {
            if (!Character.isLetterOrDigit(clause.text.charAt(at))) {
                at++;
                continue;
            }
            int bridge = ClausePart.end(clause, BRIDGE, at, to);
            if (bridge > at) {
                at = bridge;
            } else if (Folding.CLASSES[clause.text.charAt(at)] == Folding.UNSPACED) {
                halves++;
                at++;
            } else {
                halves += 2;
                at = wordEnd(at, to);
            }
        }
        return (halves + 1) / 2;
    }

    private int wordEnd(int from, int to) {
        int at = from;
        while (at < to
                && Character.isLetterOrDigit(clause.text.charAt(at))
                && Folding.CLASSES[clause.text.charAt(at)] != Folding.UNSPACED) {
            at++;
        }
        return at;
    }
}
