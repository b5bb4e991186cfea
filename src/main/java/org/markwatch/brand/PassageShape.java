package org.markwatch.brand;

import org.markwatch.extract.Passage;
import org.markwatch.text.Folding;
import org.markwatch.watchlist.Field;

/** Tells paragraphs, code and icons among passages. */
final class PassageShape {
    /** Characters from which a text is a paragraph. */
    private static final int PARAGRAPH = 100;

    private static final String SIGNS_OF_CODE = "{}<>;=()[]|_$\\/\"'";
    /** Characters for one such sign, up to which a text is code. */
    private static final int CHARACTERS_BY_SIGN = 20;

    private PassageShape() {}

    /** Whether a text is longer than labels and entries of lists are. */
    static boolean isParagraph(Passage passage) {
        // ideographs say twice as much
        boolean dense = Folding.CLASSES[passage.text().charAt(0)] == Folding.UNSPACED;
        return passage.field().isRunningText() && passage.text().length() > (dense ? PARAGRAPH / 2 : PARAGRAPH);
    }

    /** Whether a text is a listing of code. */
    static boolean isCode(Passage passage) {
        return passage.field() == Field.TEXT
                && (passage.detail().equals("code")
                        || passage.detail().equals("pre") && hasSignsOfCode(passage.text()));
    }

    /** Whether signs of code are a twentieth of a text; one laid out by spaces has fewer. */
    private static boolean hasSignsOfCode(String text) {
        long signs = text.chars().filter(c -> SIGNS_OF_CODE.indexOf(c) >= 0).count();
        return CHARACTERS_BY_SIGN * signs >= text.length();
    }

    /** Whether a picture is an icon of a font or sprite. */
    static boolean isIcon(Passage passage) {
        return passage.field() == Field.IMAGE
                && switch (passage.detail()) {
                    case "class", "use", "id" -> true;
                    default -> false;
                };
    }

    /** Returns what icons of a font or sprite have in common: {@code fa} of {@code fa fa-cc-visa}. */
    static String iconFont(Passage passage) {
        String text = passage.text();
        int end = 0;
        while (end < text.length() && " -_".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(0, end);
    }
}
