package org.markwatch.extract;

import java.util.Locale;

/**
 * What the declarations of a rule or a style attribute do to text.
 *
 * @param hides    nobody sees it: not displayed, off the screen, without size, or in the colour of its background
 * @param isTransparent    it has no opacity: nobody sees it, unless it is a rule of an animation
 * @param shows    it is displayed
 * @param reverses its letters are laid out from right to left, whatever they are (CSS Writing Modes 4, section 2.2)
 */
record CssDeclarations(boolean hides, boolean isTransparent, boolean shows, boolean reverses) {
    static final CssDeclarations NONE = new CssDeclarations(false, false, false, false);

    private static final int MIN_OFF_SCREEN_DIGITS = 4;

    /** Whether a closer look may find something; most rules are about other things. */
    static boolean mayAffectText(String declarations) {
        return declarations.contains("display")
                || declarations.contains("visib")
                || declarations.contains("opacity")
                || declarations.contains("bidi-override")
                || declarations.contains("font-size:0")
                || declarations.contains("font-size: 0")
                || declarations.contains(":-")
                || declarations.contains(": -")
                || declarations.contains("color") && declarations.contains("background");
    }

    static CssDeclarations of(String declarations) {
        if (declarations.length() > PassageCollector.MAX_VALUE_LENGTH * 4) {
            return NONE;
        }
        String css = declarations.toLowerCase(Locale.ROOT);
        boolean hides = false;
        boolean fades = false;
        boolean shows = false;
        boolean override = false;
        boolean rightToLeft = false;
        String colour = "";
        String background = "";
        int start = 0;
        while (start < css.length()) {
            int end = css.indexOf(';', start);
            end = end < 0 ? css.length() : end;
            int colon = css.indexOf(':', start, end);
            if (colon > 0) {
                String value = value(css, colon + 1, end);
                switch (css.substring(start, colon).strip()) {
                    case "display" -> {
                        hides |= value.equals("none");
                        shows |= !value.equals("none");
                    }
                    case "visibility" -> {
                        hides |= value.equals("hidden") || value.equals("collapse");
                        shows |= value.equals("visible");
                    }
                    case "opacity" -> fades |= isZero(value);
                    case "font-size" -> hides |= isZero(value);
                    case "left", "top", "text-indent", "margin-left" -> hides |= isOffScreen(value);
                    case "color" -> colour = colour(value);
                    case "background", "background-color" -> background = colour(value);
                    case "unicode-bidi" -> override = value.endsWith("override");
                    case "direction" -> rightToLeft = value.equals("rtl");
                    default -> {}
                }
            }
            start = end + 1;
        }
        hides |= !colour.isEmpty() && colour.equals(background);
        return new CssDeclarations(hides, fades, shows && !hides, override && rightToLeft);
    }

    private static String value(String css, int from, int to) {
        int important = css.indexOf('!', from, to);
        return css.substring(from, important >= 0 ? important : to).strip();
    }

    private static boolean isZero(String value) {
        int at = 0;
        while (at < value.length() && (value.charAt(at) == '0' || value.charAt(at) == '.')) {
            at++;
        }
        return at > 0 && (at == value.length() || !Character.isDigit(value.charAt(at)));
    }

    /** {@code -9999px} and the like: moved off the screen. */
    private static boolean isOffScreen(String value) {
        int at = 1;
        while (at < value.length() && Character.isDigit(value.charAt(at))) {
            at++;
        }
        return value.startsWith("-") && at > MIN_OFF_SCREEN_DIGITS && !value.endsWith("%");
    }

    /** A colour in one spelling, or empty for what is none that can be compared. */
    static String colour(String value) {
        String colour = value.strip().toLowerCase(Locale.ROOT);
        if (colour.length() == 4 && colour.charAt(0) == '#') {
            char r = colour.charAt(1);
            char g = colour.charAt(2);
            char b = colour.charAt(3);
            return "#" + r + r + g + g + b + b;
        }
        return switch (colour) {
            case "white" -> "#ffffff";
            case "black" -> "#000000";
            case "inherit", "transparent", "none", "currentcolor", "initial", "unset" -> "";
            default -> colour.indexOf(' ') >= 0 && !colour.startsWith("rgb") ? "" : colour;
        };
    }
}
