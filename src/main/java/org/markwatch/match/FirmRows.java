package org.markwatch.match;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.markwatch.extract.Passage;
import org.markwatch.match.PageSigns.LogoAt;
import org.markwatch.text.Tokens;
import org.markwatch.text.Tokens.Token;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.LexiconCategory;

/**
 * Rows of pictures in which marks are firms among others: clients, sponsors, employers, software that a program works with. Most
 * files beside them in the same folder draw nothing that people pay with.
 */
final class FirmRows {
    /** Files of others in a row, from which it may be one of firms. */
    private static final int OTHERS = 3;
    /** Folders of a page that are looked through, each of them with all of its pictures. */
    private static final int MOST_FOLDERS = 50;
    /** Passages on each side of a mark in which strangers are near. */
    private static final int NEAR = 24;

    private static final int LONGEST_LABEL = 40;

    private static final Pattern DIGITS = Pattern.compile("\\d+");
    /** What folders are called that have logos of whatever kind. */
    private static final Set<String> LOGOS = Set.of("logo", "logos", "brand", "brands");

    private static final BitSet NOTHING = new BitSet();

    private final PageSigns signs;
    /** By passage, the watched marks that it draws. */
    private final Map<Integer, BitSet> marks = new HashMap<>();
    /** By folder, whether the page shows enough from it that is no mark. */
    private final Map<String, Boolean> strangers = new HashMap<>();
    /** Passages that have been looked at, and those in rows of firms. */
    private final BitSet seen = new BitSet();

    private final BitSet firms = new BitSet();
    /** Passages in rows whose label says so. */
    private final BitSet labelled = new BitSet();

    FirmRows(PageSigns signs) {
        this.signs = signs;
        for (LogoAt at : signs.logos) {
            marks.computeIfAbsent(at.passage(), passage -> new BitSet())
                    .set(at.logo().brand());
        }
    }

    boolean has(LogoAt at) {
        lookAt(at.passage());
        return firms.get(at.passage());
    }

    private void lookAt(int passage) {
        if (seen.get(passage)) {
            return;
        }
        int first = passage;
        while (first > 0 && isOfRow(first - 1)) {
            first--;
        }
        int last = passage;
        while (last + 1 < signs.passages.size() && isOfRow(last + 1)) {
            last++;
        }
        seen.set(first, last + 1);
        read(first, last);
        labelled.set(first, last + 1, isLabelled(first, last));
    }

    /** A text that marks stand in comes after them. */
    private boolean isLabelled(int first, int last) {
        String above = label(first - 1);
        String below = label(last + 1);
        return signs.book.says(LexiconCategory.FIRMS, above)
                || below.endsWith(":") && signs.book.says(LexiconCategory.FIRMS, below)
                || signs.book.says(LexiconCategory.MACHINE, above)
                || signs.book.says(LexiconCategory.MACHINE, below);
    }

    /** The text next to a row, if it is short and not about paying, or empty. */
    private String label(int index) {
        if (index < 0 || index == signs.passages.size() || signs.passage(index).hidden()) {
            return "";
        }
        String text = signs.passage(index).text();
        return text.length() <= LONGEST_LABEL && !signs.clauses.speaksOfPaying(text) ? text : "";
    }

    /** Whether the label of its row says that firms are shown, or what a machine takes. */
    boolean isLabelled(LogoAt at) {
        lookAt(at.passage());
        return labelled.get(at.passage());
    }

    private boolean isOfRow(int passage) {
        return switch (signs.passage(passage).field()) {
            case TEXT, HEADING, TITLE -> false;
            default -> true;
        };
    }

    private void read(int first, int last) {
        Map<String, BitSet> paying = new HashMap<>();
        Map<String, Set<String>> others = new HashMap<>();
        for (int index = first; index <= last; index = next(index, last)) {
            Passage passage = signs.passage(index);
            if (!isFile(passage)) {
                continue;
            }
            String folder = folder(passage.text());
            BitSet drawn = new BitSet();
            boolean named = false;
            boolean other = true;
            int next = next(index, last);
            for (int at = index; at < next; at++) {
                String text = signs.passage(at).text();
                String name = at == index ? text.substring(folder.length()) : text;
                drawn.or(marks.getOrDefault(at, NOTHING));
                named |= isFirm(name);
                other &= !isOfPage(name);
            }
            if (!drawn.isEmpty()) {
                paying.computeIfAbsent(folder, f -> new BitSet()).or(drawn);
            } else if (named && other) {
                others.computeIfAbsent(folder + extension(passage.text()), f -> new HashSet<>())
                        .add(DIGITS.matcher(passage.text()).replaceAll(""));
            }
        }
        for (int index = first; index <= last; index = next(index, last)) {
            Passage passage = signs.passage(index);
            String folder = folder(passage.text());
            int beside = others.getOrDefault(folder + extension(passage.text()), Set.of())
                    .size();
            boolean many = !signs.shop
                    && beside
                            >= Math.max(
                                    OTHERS,
                                    2 * paying.getOrDefault(folder, NOTHING).cardinality());
            if (isFile(passage)
                    && (many
                            || isOfFirms(folder) && hasStrangers(folder)
                            || !signs.shop
                                    && !mark(index).isEmpty()
                                    && isAmongStrangers(index, folder, extension(passage.text())))) {
                firms.set(index, next(index, last));
            }
        }
    }

    /** The next file, after the captions of one. */
    private int next(int index, int last) {
        int next = index + 1;
        while (next <= last && !isFile(signs.passage(next))) {
            next++;
        }
        return next;
    }

    private static boolean isFile(Passage passage) {
        return passage.field() == Field.IMAGE && passage.detail().endsWith("src");
    }

    /** Marks are drawn, and products photographed. */
    private static String extension(String file) {
        return file.substring(file.lastIndexOf('.') + 1);
    }

    private static String folder(String file) {
        return file.substring(0, file.lastIndexOf('/') + 1);
    }

    /** Whether something else lies in a folder, half as often as marks or more; a shop may call one of marks after its partners. */
    private boolean hasStrangers(String folder) {
        if (strangers.size() == MOST_FOLDERS && !strangers.containsKey(folder)) {
            return false;
        }
        return strangers.computeIfAbsent(folder, f -> {
            BitSet drawn = new BitSet();
            Set<String> others = new HashSet<>();
            for (int index = 0; index < signs.passages.size(); index++) {
                Passage passage = signs.passage(index);
                if (!isFile(passage) || !passage.text().startsWith(folder)) {
                    continue;
                }
                String name = passage.text().substring(folder.length());
                drawn.or(mark(index));
                if (mark(index).isEmpty() && isFirm(name) && !isOfPage(name)) {
                    others.add(name);
                }
            }
            return !others.isEmpty() && 2 * others.size() >= drawn.cardinality();
        });
    }

    private boolean isOfFirms(String folder) {
        boolean firms = false;
        for (Token token : Tokens.of(folder, 0, folder.length())) {
            if (signs.words.isPayment(token.word())) {
                return false;
            }
            firms |= signs.book.folded(LexiconCategory.OF_FIRMS).contains(token.word());
        }
        return firms;
    }

    /** How many times as many strangers as marks a folder needs: one that is called after what lies in it as many, {@code banks/}, or 0. */
    private int strangersNeeded(String folder) {
        int needed = 0;
        int last = folder.lastIndexOf('/', folder.length() - 2) + 1;
        HostPlace host = HostPlace.of(folder);
        int above = Math.max(host == null ? 0 : host.end(), folder.lastIndexOf('/', last - 2) + 1);
        for (Token token : Tokens.of(folder, 0, folder.length())) {
            if (token.start() >= above
                    && (signs.words.isPayment(token.word())
                            || signs.book
                                    .folded(LexiconCategory.TECHNICAL_FOLDER)
                                    .contains(token.word()))) {
                return 0;
            }
            if (token.start() >= last && LOGOS.contains(token.word())) {
                needed = needed == 1 ? 1 : 2;
            } else if (token.start() >= last
                    && !token.isNumber()
                    && !token.hash()
                    && token.word().length() > 2
                    && !signs.words.isDecoration(token.word())) {
                needed = 1;
            }
        }
        return needed;
    }

    /** Whether enough pictures that are no marks lie near a mark in its folder. */
    private boolean isAmongStrangers(int mark, String folder, String extension) {
        int needed = strangersNeeded(folder);
        if (needed == 0) {
            return false;
        }
        BitSet drawn = new BitSet();
        Set<String> others = new HashSet<>();
        int last = Math.min(signs.passages.size() - 1, mark + NEAR);
        for (int index = Math.max(0, mark - NEAR); index <= last; index++) {
            String file = signs.passage(index).text();
            if (isFile(signs.passage(index))
                    && file.startsWith(folder)
                    && extension(file).equals(extension)) {
                drawn.or(mark(index));
                String name = file.substring(folder.length());
                if (mark(index).isEmpty() && isFirm(name) && !isOfPage(name)) {
                    others.add(name);
                }
            }
        }
        return others.size() >= needed * Math.max(2, drawn.cardinality());
    }

    /** What a picture or its caption shows of what is watched. */
    private BitSet mark(int file) {
        return marks.getOrDefault(file, marks.getOrDefault(file + 1, NOTHING));
    }

    /** Whether a name has a word, as numbered files have none. */
    private boolean isFirm(String name) {
        return Tokens.of(name, 0, name.lastIndexOf('.') < 0 ? name.length() : name.lastIndexOf('.')).stream()
                .anyMatch(token -> !token.isNumber()
                        && !token.hash()
                        && token.word().length() > 1
                        && !signs.words.isDecoration(token.word()));
    }

    /** Whether it is of the page and no firm's. */
    private boolean isOfPage(String name) {
        for (Token token : Tokens.of(name, 0, name.length())) {
            if (signs.words.isPayment(token.word())
                    || signs.words.isOtherMark(token.word())
                    || signs.book.folded(LexiconCategory.OF_PAGES).contains(token.word())) {
                return true;
            }
        }
        return false;
    }
}
