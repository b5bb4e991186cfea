package org.markwatch.brand;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.markwatch.brand.PageSigns.LogoAt;
import org.markwatch.extract.Passage;
import org.markwatch.watchlist.Field;

/**
 * Drawn pictures of one folder in an element that is named after payment marks, of which none is the mark of a known brand:
 * {@code <div class="payment-icons">} with {@code p1.svg}, {@code p2.svg} and {@code p3.svg}.
 */
final class PaymentStrip {
    /** Passages of an element that are read: each picture has its file, and may have a class and a caption. */
    private static final int REACH = 36;

    private PaymentStrip() {}

    /**
     * Returns the first passage that names an element of payment pictures without a known mark, or -1. Linear in the boxes.
     *
     * @param least the least number of pictures in the element
     */
    static int first(PageSigns signs, int least) {
        BitSet marks = new BitSet();
        for (LogoAt at : signs.logos) {
            if (at.logo().trust() != Trust.IN_SERIES) {
                marks.set(at.passage());
            }
        }
        int box = signs.paymentBoxes.nextSetBit(0);
        while (box >= 0 && pictures(signs, marks, box) < least) {
            box = signs.paymentBoxes.nextSetBit(box + 1);
        }
        return box;
    }

    /** Returns the number of pictures in the element that a passage names, 0 if it shows a known mark. */
    private static int pictures(PageSigns signs, BitSet marks, int box) {
        int last = last(signs, box);
        int mark = marks.nextSetBit(box);
        if (mark >= 0 && mark <= last) {
            return 0;
        }
        Set<String> files = new HashSet<>();
        String folder = null;
        for (int index = box + 1; index <= last; index++) {
            Passage picture = signs.passage(index);
            if (!picture.detail().endsWith("src") || picture.hidden()) {
                continue;
            }
            String file = picture.text();
            String of = file.substring(0, file.lastIndexOf('/') + 1);
            folder = folder == null ? of : folder;
            if (!folder.equals(of) || isPhotograph(file)) {
                break;
            }
            files.add(file);
        }
        return files.size();
    }

    /** Returns the last passage before a text or another element that is named, up to a limit. */
    private static int last(PageSigns signs, int box) {
        int end = Math.min(signs.passages.size(), box + REACH);
        int index = box + 1;
        while (index < end && isOfPicture(signs.passage(index))) {
            index++;
        }
        return index - 1;
    }

    private static boolean isOfPicture(Passage passage) {
        return passage.field() == Field.IMAGE;
    }

    private static boolean isPhotograph(String file) {
        int dot = file.lastIndexOf('.');
        return dot > 0 && file.startsWith("jp", dot + 1);
    }
}
