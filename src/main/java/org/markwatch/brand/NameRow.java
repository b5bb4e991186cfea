package org.markwatch.brand;

import java.util.ArrayList;
import java.util.List;
import org.markwatch.brand.PageSigns.Name;
import org.markwatch.text.Folding;
import org.markwatch.watchlist.LexiconCategory;

/**
 * Names of brands in line, as in a list of cards; a single name is a row of its own.
 *
 * @param names  in the order of their starts; at least one
 * @param brands number of brands among them
 * @param others whether other payment methods stand in line with them
 */
record NameRow(List<Name> names, int brands, boolean others) {
    /** Characters between two names of a row. */
    private static final int GAP = 12;
    /** The same where other payment methods stand between. */
    private static final int WIDE_GAP = 60;

    /** Coverage of a text that is hardly more than names. */
    static final double ONLY_NAMES = 0.6;

    private static final int LONGEST_ITEM = 24;
    private static final String SEPARATORS = ",/|;·•、，+&-–";

    /** Characters of a text that may have blanks to be filled in. */
    private static final int SHORT_TEXT = 100;
    /** Letters of what stands between two names of a list: {@code oppure}. */
    private static final int LONGEST_CONJUNCTION = 6;

    NameRow {
        names = List.copyOf(names);
    }

    /** Returns how much of a text names cover, from 0 to 1. @param names in the order of their starts; at least one */
    static double coverage(String text, List<Name> names) {
        int covered = 0;
        int last = -1;
        for (Name name : names) {
            if (last >= 0 && name.start() > last && isJoint(text, last, name.start())) {
                covered += name.start() - last;
            }
            covered += Math.max(0, name.end() - Math.max(last, name.start()));
            last = Math.max(last, name.end());
        }
        return (double) covered / Math.max(covered, text.length() - blanks(text));
    }

    /** Whether no more than a word stands between two names of a list. */
    private static boolean isJoint(String text, int from, int to) {
        return to - from <= GAP
                && text.substring(from, to).chars().filter(Character::isLetter).count() <= LONGEST_CONJUNCTION;
    }

    /** Characters to be written on, of a short text: {@code ____ Visa ____ Mastercard}. */
    private static int blanks(String text) {
        return text.length() > SHORT_TEXT
                ? 0
                : (int) text.chars().filter(c -> c == '_').count();
    }

    /** Whether what follows an ambiguous name is what follows a brand: an end, a sign, another word of a list of cards. */
    static boolean isBrandLike(PaymentWords words, String text, Name name) {
        String next = wordAfter(text, name.end());
        return next.isEmpty() || words.isAfterBrand(next);
    }

    /** Returns the next word of a text, folded; empty if a sign comes first. */
    static String wordAfter(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        int end = at;
        while (end < text.length() && Folding.CLASSES[text.charAt(end)] == Folding.WORD) {
            end++;
        }
        return Folding.fold(text.substring(at, end));
    }

    int start() {
        return names.getFirst().start();
    }

    int end() {
        return names.stream().mapToInt(Name::end).max().orElseThrow();
    }

    /** Splits the names of one text into rows. */
    static List<NameRow> of(String text, List<Name> names, WordingSpans spans) {
        List<NameRow> rows = new ArrayList<>();
        List<Name> row = new ArrayList<>();
        boolean others = false;
        int end = 0;
        for (Name name : names) {
            if (!row.isEmpty()
                    && (!isGap(text, end, name.start(), spans) || isNextPart(text, row, end, name.start()))) {
                rows.add(row(text, row, others, spans));
                row = new ArrayList<>();
                others = false;
            } else if (!row.isEmpty()) {
                others |= spans.has(LexiconCategory.OTHER_WAY, end, name.start())
                        || spans.has(LexiconCategory.OTHER_MARK, end, name.start());
            }
            row.add(name);
            end = Math.max(end, name.end());
        }
        rows.add(row(text, row, others, spans));
        return rows;
    }

    /** Whether a semicolon parts a name from a row with other signs between its names: {@code Visa, JCB; PayPal is not taken}. */
    private static boolean isNextPart(String text, List<Name> row, int end, int next) {
        if (row.size() < 2 || !hasSemicolon(text, end, next)) {
            return false;
        }
        return !hasSemicolon(text, row.getFirst().end(), row.get(1).start());
    }

    private static boolean hasSemicolon(String text, int from, int to) {
        for (int at = from; at < to; at++) {
            if (";；".indexOf(text.charAt(at)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static NameRow row(String text, List<Name> names, boolean othersBetween, WordingSpans spans) {
        int brands = (int) names.stream().mapToInt(Name::brand).distinct().count();
        int start = names.getFirst().start();
        int end = names.stream().mapToInt(Name::end).max().orElseThrow();
        boolean others = othersBetween || isOtherBefore(text, start, spans) || isOtherBehind(text, end, spans);
        return new NameRow(names, brands, others);
    }

    private static boolean isOtherBefore(String text, int start, WordingSpans spans) {
        return isListedBefore(LexiconCategory.OTHER_WAY, text, start, spans)
                || isListedBefore(LexiconCategory.OTHER_MARK, text, start, spans);
    }

    private static boolean isListedBefore(LexiconCategory category, String text, int start, WordingSpans spans) {
        int span = spans.last(category, Math.max(0, start - WIDE_GAP), start);
        return span != WordingSpans.NONE && isConjunction(text, spans.end(span), start, spans);
    }

    private static boolean isOtherBehind(String text, int end, WordingSpans spans) {
        return isListedBehind(LexiconCategory.OTHER_WAY, text, end, spans)
                || isListedBehind(LexiconCategory.OTHER_MARK, text, end, spans);
    }

    private static boolean isListedBehind(LexiconCategory category, String text, int end, WordingSpans spans) {
        int span = spans.first(category, end, Math.min(text.length(), end + WIDE_GAP));
        return span != WordingSpans.NONE && isConjunction(text, end, spans.start(span), spans);
    }

    /** Whether two entries of a list lie apart by a separator or conjunction and a few words at most. */
    private static boolean isConjunction(String text, int from, int to, WordingSpans spans) {
        if (to - from > LONGEST_ITEM || isTurn(from, to, spans)) {
            return false;
        }
        for (int at = from; at < to; at++) {
            if (".!?。:".indexOf(text.charAt(at)) >= 0) {
                return false;
            }
        }
        return isSeparated(text, from, to) || spans.has(LexiconCategory.AND_OR, from, to);
    }

    private static boolean isSeparated(String text, int from, int to) {
        for (int at = from; at < to; at++) {
            if (SEPARATORS.indexOf(text.charAt(at)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTurn(int from, int to, WordingSpans spans) {
        return spans.has(LexiconCategory.BUT, from, to)
                || spans.has(LexiconCategory.EXCEPT, from, to)
                || spans.has(LexiconCategory.NOT, from, to)
                || spans.has(LexiconCategory.DENIED, from, to);
    }

    private static boolean isGap(String text, int from, int to, WordingSpans spans) {
        if (to - from > WIDE_GAP || isTurn(from, to, spans) || Clause.isSentenceEndIn(text, from, to)) {
            return false;
        }
        if (to - from <= GAP) {
            return true;
        }
        // other entries of a list stand between: short items, each behind a separator
        int item = 0;
        boolean separated = false;
        for (int at = from; at < to; at++) {
            char c = text.charAt(at);
            if (".!?。:".indexOf(c) >= 0 && !(c == '.' && at + 1 < to && text.charAt(at + 1) != ' ')) {
                return false;
            }
            if (SEPARATORS.indexOf(c) >= 0) {
                item = 0;
                separated = true;
            } else if (++item > LONGEST_ITEM) {
                return false;
            }
        }
        return separated;
    }
}
