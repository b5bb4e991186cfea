package org.markwatch.extract;

import java.util.regex.Pattern;

/** Text of style sheets without what is only another way to write it (CSS Syntax 3). */
final class CssText {
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?(?:\\*/|\\z)", Pattern.DOTALL);
    /** An escape by the number of a character. */
    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-9a-fA-F]{2,6})\\s?");

    private CssText() {}

    /** Returns text without comments, and with letters and digits for their escapes. Takes linear time. */
    static String plain(String css) {
        String plain = css.contains("/*") ? COMMENT.matcher(css).replaceAll("") : css;
        return plain.indexOf('\\') < 0
                ? plain
                : ESCAPE.matcher(plain).replaceAll(escape -> {
                    int character = Integer.parseInt(escape.group(1), 16);
                    return Character.isLetterOrDigit(character) ? Character.toString(character) : " ";
                });
    }
}
