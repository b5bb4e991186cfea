package org.markwatch.extract;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Colours of CSS (CSS Color 4), as far as they tell whether text can be read. */
final class CssColours {
    /** Up to 0.04, or 4 %. */
    private static final String CLEAR_SHARE =
            "(?:[0-4](?:\\.[0-9]{1,4})?%|0?\\.0[0-4][0-9]{0,4}|0(?:\\.0{1,4})?|\\.0{1,4})";

    /** A colour of hardly any opacity: {@code rgba(0, 0, 0, .01)}, {@code rgb(0 0 0 / 0%)}. */
    private static final Pattern CLEAR = Pattern.compile("(?:rgb|hsl)a?\\([^,)]{1,9},[^,)]{1,9},[^,)]{1,9}, *"
            + CLEAR_SHARE + " *\\)|[a-z]{3,5}\\([^/)]{1,40}/ *" + CLEAR_SHARE + " *\\)");

    private static final Pattern RGB =
            Pattern.compile("rgba?\\( *(\\d{1,3}) *[, ] *(\\d{1,3}) *[, ] *(\\d{1,3}) *(?:[,/] *1(?:00%)? *)?\\)");
    private static final Pattern HEX = Pattern.compile("#[0-9a-f]{6}");
    /** Levels of 256 by which two colours differ that nobody tells apart. */
    private static final int ALIKE = 8;

    private CssColours() {}

    /** Whether a colour in lower case draws nothing. */
    static boolean isClear(String value) {
        if (value.startsWith("#")) {
            return value.length() == 5 && value.endsWith("0") || value.length() == 9 && value.charAt(7) == '0';
        }
        return value.equals("transparent")
                || value.endsWith(")") && CLEAR.matcher(value).matches();
    }

    /** Returns a colour in normal form, or an empty string if it cannot be compared. */
    static String of(String value) {
        String colour = value.strip().toLowerCase(Locale.ROOT);
        if (colour.length() == 4 && colour.charAt(0) == '#') {
            char r = colour.charAt(1);
            char g = colour.charAt(2);
            char b = colour.charAt(3);
            return "#" + r + r + g + g + b + b;
        }
        if (colour.startsWith("rgb")) {
            Matcher rgb = RGB.matcher(colour);
            return rgb.matches() ? "#" + hex(rgb.group(1)) + hex(rgb.group(2)) + hex(rgb.group(3)) : colour;
        }
        return switch (colour) {
            case "white" -> "#ffffff";
            case "black" -> "#000000";
            case "inherit", "transparent", "none", "currentcolor", "initial", "unset" -> "";
            default -> colour.indexOf(' ') >= 0 ? "" : colour;
        };
    }

    private static String hex(String level) {
        return Integer.toHexString(0x100 + Math.min(0xff, Integer.parseInt(level)))
                .substring(1);
    }

    /** Whether text of one colour cannot be read on the other, both in normal form. Colours that cannot be compared are not alike. */
    static boolean areAlike(String text, String background) {
        if (text.isEmpty() || background.isEmpty()) {
            return false;
        }
        if (!HEX.matcher(text).matches() || !HEX.matcher(background).matches()) {
            return text.equals(background);
        }
        int a = Integer.parseInt(text, 1, 7, 16);
        int b = Integer.parseInt(background, 1, 7, 16);
        return Math.abs((a >> 16) - (b >> 16)) <= ALIKE
                && Math.abs((a >> 8 & 0xff) - (b >> 8 & 0xff)) <= ALIKE
                && Math.abs((a & 0xff) - (b & 0xff)) <= ALIKE;
    }
}
