package org.markwatch.brand;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.markwatch.extract.Passage;
import org.markwatch.text.Tokens;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.LexiconCategory;

/** A row of pictures without text between them, to tell marks where people pay from logos of firms. Immutable once made. */
final class PictureRow {
    /** Files of one folder that are no marks, from which the row may show firms. */
    private static final int FEW_FIRMS = 3;

    /** Captioned marks for one caption of something else, up to which a row shows firms. */
    private static final int MARKS_BESIDE_FIRM = 4;

    private static final int LONGEST_LABEL = 40;
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private final PageSigns signs;
    private final PageWording wording;
    private final int first;
    private final int last;
    private final boolean labelled;
    /** By folder and extension, the names of files that are no marks. */
    private final Map<String, Set<String>> others = new HashMap<>();

    private final Set<String> captionedOthers = new HashSet<>();
    private final BitSet captionedMarks = new BitSet();
    /** By folder and extension, the brands whose marks are drawn. */
    private final Map<String, BitSet> drawn = new HashMap<>();

    /**
     * @param passage a passage of the row
     * @param marks   by passage, the brands whose marks it may draw
     */
    PictureRow(PageSigns signs, PageWording wording, int passage, Map<Integer, BitSet> marks) {
        this.signs = signs;
        this.wording = wording;
        int from = passage;
        while (from > 0 && isInRow(signs.passages, from - 1)) {
            from--;
        }
        int to = passage;
        while (to + 1 < signs.passages.size() && isInRow(signs.passages, to + 1)) {
            to++;
        }
        first = from;
        last = to;
        labelled = isLabel(first - 1) || isLabel(last + 1);
        for (int index = first; index <= last; index++) {
            Passage picture = signs.passage(index);
            if (picture.hidden()) {
                continue; // what visitors do not see says nothing of what they see
            }
            if (isFile(picture)) {
                read(picture, marks.getOrDefault(index, marks.get(index + 1)));
            } else if (References.isCaption(picture)) {
                caption(picture, index, marks.get(index));
            }
        }
    }

    private static boolean isInRow(List<Passage> passages, int index) {
        return switch (passages.get(index).field()) {
            case TEXT, HEADING, TITLE, SCRIPT_DATA -> false;
            default -> true;
        };
    }

    /** Whether a short text next to the row says that it shows firms, or what a machine takes. */
    private boolean isLabel(int index) {
        if (index < 0
                || index >= signs.passages.size()
                || signs.passage(index).hidden()
                || signs.passage(index).field() == Field.SCRIPT_DATA) {
            return false;
        }
        WordingSpans spans = wording.of(index);
        return signs.passage(index).text().length() <= LONGEST_LABEL
                && (spans.has(LexiconCategory.FIRMS) || spans.has(LexiconCategory.MACHINE))
                && !spans.has(LexiconCategory.PAYING);
    }

    private void read(Passage file, @Nullable BitSet marks) {
        String name = file.text().substring(file.text().lastIndexOf('/') + 1);
        if (marks != null) {
            drawn.computeIfAbsent(key(file), key -> new BitSet()).or(marks);
        } else if (isOfFirm(name)) {
            others.computeIfAbsent(key(file), key -> new HashSet<>())
                    .add(DIGITS.matcher(name).replaceAll(""));
        }
    }

    private void caption(Passage caption, int index, @Nullable BitSet marks) {
        if (marks != null) {
            captionedMarks.or(marks);
        } else if (caption.text().length() <= LONGEST_LABEL
                && isOfFirm(caption.text())
                && !wording.saysToPayOrGive(index)
                && signs.namesIn(index).isEmpty()) {
            captionedOthers.add(caption.text());
        }
    }

    boolean contains(int passage) {
        return first <= passage && passage <= last;
    }

    /** Whether a mark of the row shows a firm: by the label of the row, its folder, or most files beside it. */
    boolean showsFirm(Passage mark) {
        return labelled
                || isCaptionedAsFirms()
                || isFile(mark) && (isMostlyOthers(mark) || isInFolderOfFirms(mark.text()));
    }

    /** Whether captions of the row name something else than marks, one for four marks or more often. */
    private boolean isCaptionedAsFirms() {
        return MARKS_BESIDE_FIRM * captionedOthers.size() >= Math.max(1, captionedMarks.cardinality());
    }

    private boolean isMostlyOthers(Passage mark) {
        int strangers = others.getOrDefault(key(mark), Set.of()).size();
        BitSet marks = drawn.get(key(mark));
        return strangers >= FEW_FIRMS && strangers > (marks == null ? 1 : marks.cardinality());
    }

    private boolean isInFolderOfFirms(String file) {
        boolean firms = false;
        for (Tokens.Token token : Tokens.of(file, 0, file.lastIndexOf('/') + 1)) {
            if (signs.words.isPayment(token.word())) {
                return false;
            }
            firms |= signs.book.folded(LexiconCategory.OF_FIRMS).contains(token.word());
        }
        return firms;
    }

    /** Whether the name of a file has a word that is neither of paying nor of the page. */
    private boolean isOfFirm(String name) {
        int end = name.lastIndexOf('.');
        boolean word = false;
        for (Tokens.Token token : Tokens.of(name, 0, end < 0 ? name.length() : end)) {
            if (signs.words.isPayment(token.word())
                    || signs.words.isOtherMark(token.word())
                    || signs.book.folded(LexiconCategory.OF_PAGES).contains(token.word())) {
                return false;
            }
            word |= !token.isNumber()
                    && !token.hash()
                    && token.word().length() > 1
                    && !signs.words.isDecoration(token.word());
        }
        return word;
    }

    /** Whether it is the file of a picture. */
    static boolean isFile(Passage passage) {
        return passage.field() == Field.IMAGE && passage.detail().endsWith("src");
    }

    /** Marks are drawn, and products photographed: files of one kind in one folder belong together. */
    private static String key(Passage file) {
        String text = file.text();
        return text.substring(0, text.lastIndexOf('/') + 1) + text.substring(text.lastIndexOf('.') + 1);
    }
}
