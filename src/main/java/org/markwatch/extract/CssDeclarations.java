package org.markwatch.extract;

import java.util.Locale;

/**
 * Effect of the declarations of a CSS rule or a style attribute on text.
 *
 * @param hides         text is not displayed, off the screen, of size zero, or in the colour of its background
 * @param isTransparent opacity is zero: text is hidden, unless the declarations are part of an animation
 * @param shows         text is displayed
 * @param reverses      text is forced right to left (CSS Writing Modes 4 section 2.2)
 */
record CssDeclarations(boolean hides, boolean isTransparent, boolean shows, boolean reverses) {
    static final CssDeclarations NONE = new CssDeclarations(false, false, false, false);

    private static final int MIN_OFF_SCREEN_DIGITS = 4;

    /** Quick check whether {@link #of} may find an effect. False for most rules. */
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

    /** Parses declarations. Text longer than {@code 4 * MAX_VALUE_LENGTH} of {@link PassageCollector} has no effect. */
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

    /** Whether a length moves text off the screen: {@code -9999px}. */
    private static boolean isOffScreen(String value) {
        int at = 1;
        while (at < value.length() && Character.isDigit(value.charAt(at))) {
            at++;
        }
        return value.startsWith("-") && at > MIN_OFF_SCREEN_DIGITS && !value.endsWith("%");
    }

    /** Returns a colour in normal form, or an empty string if it cannot be compared. */
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
