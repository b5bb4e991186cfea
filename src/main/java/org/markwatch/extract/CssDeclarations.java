package org.markwatch.extract;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Effect of the declarations of a CSS rule or a style attribute on text.
 *
 * @param hides         text is not displayed, off the screen, cut off, too small to be read, or in no colour or that of its
 *                      background
 * @param isTransparent opacity or scale is nearly zero: text is hidden, unless the declarations are part of an animation
 * @param shows         text is displayed
 * @param reverses      text is forced right to left (CSS Writing Modes 4 section 2.2)
 */
record CssDeclarations(boolean hides, boolean isTransparent, boolean shows, boolean reverses) {
    static final CssDeclarations NONE = new CssDeclarations(false, false, false, false);

    private static final String FONT_SIZE = "font-size";
    private static final Pattern SIZE = Pattern.compile("([0-9]{0,6}\\.?[0-9]{1,6})([a-z%]{0,4})");
    private static final double MAX_TINY_PIXELS = 2;
    private static final double MAX_TINY_SHARE = 0.1;
    /** Opacity and scale up to which nothing can be read. */
    private static final double MAX_FAINT = 0.05;
    /** Pixels of a box up to which nothing of its text can be seen. */
    private static final double MAX_BOX_PIXELS = 1;

    /** What cuts off all of an element (CSS Masking 1): {@code rect(0 0 0 0)}, {@code inset(50%)}, {@code circle(0)}. */
    private static final Pattern CUT_OFF = Pattern.compile(
            "rect\\( *[01](px)?([ ,]+[01](px)?){3} *\\)|inset\\( *(100|[5-9][0-9])% *\\)|circle\\( *0[a-z%]{0,4}[^0-9.].*");

    /** A negative length: {@code -9999px}, {@code -200vw}. */
    private static final Pattern NEGATIVE = Pattern.compile("-([0-9]{1,9})(?:\\.[0-9]{1,9})?([a-z]{0,4})");
    /** Pixels, and units of a letter or of a hundredth of the window, by which text is moved off the screen. */
    private static final int OFF_SCREEN_PIXELS = 1_000;

    private static final int OFF_SCREEN_UNITS = 100;
    private static final Pattern TRANSLATE =
            Pattern.compile("translate(?:x|y|3d)?\\( *([^,)]{1,20})(?:,([^,)]{1,20}))?(?:,[^)]{1,20})?\\)");

    /** A colour of no opacity: {@code rgba(0, 0, 0, 0)}, {@code rgb(0 0 0 / 0%)}. */
    private static final Pattern CLEAR =
            Pattern.compile("(?:rgb|hsl)a?\\((?:[^,)]{1,9},[^,)]{1,9},[^,)]{1,9},|[^/)]{1,29}/) *0*\\.?0*%? *\\)");

    private static final Pattern SCALE = Pattern.compile("scale[xy]?\\( *([0-9]{0,3}\\.?[0-9]{1,6}) *[,)]");

    /** Quick check whether {@link #of} may find an effect. False for most rules. */
    static boolean mayAffectText(String declarations) {
        return declarations.contains("display")
                || declarations.contains("visib")
                || declarations.contains("opacity")
                || declarations.contains("bidi-override")
                || mayBeTiny(declarations)
                || declarations.contains(":-")
                || declarations.contains(": -")
                || declarations.contains("clip")
                || declarations.contains("overflow")
                || declarations.contains("scale")
                || declarations.contains("translate")
                || declarations.contains("rgb")
                || declarations.contains("hsl")
                || declarations.contains("color:#")
                || declarations.contains("transparent")
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
        // the last declaration of a property counts
        boolean undisplayed = false;
        boolean invisible = false;
        boolean shows = false;
        boolean override = false;
        boolean rightToLeft = false;
        String colour = "";
        String background = "";
        boolean drawnOtherwise = false;
        boolean small = false;
        boolean spaced = false;
        boolean cuts = false;
        int start = 0;
        while (start < css.length()) {
            int end = css.indexOf(';', start);
            end = end < 0 ? css.length() : end;
            int colon = css.indexOf(':', start, end);
            if (colon > 0) {
                String value = value(css, colon + 1, end);
                switch (css.substring(start, colon).strip()) {
                    case "display" -> {
                        undisplayed = value.equals("none");
                        shows |= !value.equals("none");
                    }
                    case "visibility" -> {
                        invisible = value.equals("hidden") || value.equals("collapse");
                        shows |= value.equals("visible");
                    }
                    case "content-visibility" -> hides |= value.equals("hidden");
                    case "opacity" -> fades |= isFaint(value);
                    case "transform" -> {
                        fades |= isScaledAway(value);
                        hides |= isTranslatedAway(value);
                    }
                    case "translate" -> hides |= isOffScreen(value);
                    case "clip", "clip-path", "-webkit-clip-path" ->
                        hides |= CUT_OFF.matcher(value).matches();
                    case "width", "height", "max-width", "max-height" -> small |= isSmallBox(value);
                    case "padding", "padding-top", "padding-bottom" -> spaced |= !isZero(value);
                    case "overflow", "overflow-x", "overflow-y" ->
                        cuts |= value.equals("hidden") || value.equals("clip");
                    case "font-size" -> hides |= isTiny(value);
                    case "left", "right", "top", "bottom", "text-indent", "margin-left", "margin-top" ->
                        hides |= isOffScreen(value);
                    case "color", "-webkit-text-fill-color" -> colour = isClear(value) ? "transparent" : colour(value);
                    case "text-shadow", "background-clip", "-webkit-background-clip" -> drawnOtherwise = true;
                    case "background", "background-color" -> background = colour(value);
                    case "unicode-bidi" -> override = value.endsWith("override");
                    case "direction" -> rightToLeft = value.equals("rtl");
                    default -> {}
                }
            }
            start = end + 1;
        }
        hides |= undisplayed || invisible;
        hides |= !colour.isEmpty() && colour.equals(background);
        hides |= colour.equals("transparent") && !drawnOtherwise;
        hides |= small && cuts && !spaced; // padding gives pictures their proportions
        return new CssDeclarations(hides, fades, shows && !hides, override && rightToLeft);
    }

    private static String value(String css, int from, int to) {
        int important = css.indexOf('!', from, to);
        return css.substring(from, important >= 0 ? important : to).strip();
    }

    /** Whether a font size may be too small to be read; quick, since most style attributes have none. */
    private static boolean mayBeTiny(String declarations) {
        int at = declarations.indexOf(FONT_SIZE);
        if (at < 0) {
            return false;
        }
        at += FONT_SIZE.length();
        while (at < declarations.length() && " :".indexOf(declarations.charAt(at)) >= 0) {
            at++;
        }
        return at < declarations.length() && ".012".indexOf(declarations.charAt(at)) >= 0;
    }

    /** Whether text of a size cannot be read: at most 2 px or pt, or a tenth of the parent's size. */
    private static boolean isTiny(String value) {
        Matcher size = SIZE.matcher(value);
        if (!size.matches()) {
            return isZero(value);
        }
        double number = Double.parseDouble(size.group(1));
        return switch (size.group(2)) {
            case "px", "pt" -> number <= MAX_TINY_PIXELS;
            case "em", "rem" -> number <= MAX_TINY_SHARE;
            case "%" -> number <= 100 * MAX_TINY_SHARE;
            default -> number == 0;
        };
    }

    private static boolean isFaint(String value) {
        Matcher number = SIZE.matcher(value);
        return number.matches()
                && Double.parseDouble(number.group(1)) <= (number.group(2).equals("%") ? 100 * MAX_FAINT : MAX_FAINT);
    }

    private static boolean isScaledAway(String value) {
        Matcher scale = SCALE.matcher(value);
        return scale.find() && Double.parseDouble(scale.group(1)) <= MAX_FAINT;
    }

    /** Whether a width or height is at most a pixel. */
    private static boolean isSmallBox(String value) {
        Matcher size = SIZE.matcher(value);
        return size.matches()
                && Double.parseDouble(size.group(1)) <= (size.group(2).equals("px") ? MAX_BOX_PIXELS : 0);
    }

    private static boolean isZero(String value) {
        int at = 0;
        while (at < value.length() && (value.charAt(at) == '0' || value.charAt(at) == '.')) {
            at++;
        }
        return at > 0 && (at == value.length() || !Character.isDigit(value.charAt(at)));
    }

    private static boolean isTranslatedAway(String value) {
        Matcher translate = TRANSLATE.matcher(value);
        return translate.find()
                && (isOffScreen(translate.group(1).strip())
                        || translate.group(2) != null
                                && isOffScreen(translate.group(2).strip()));
    }

    /** Whether a length moves text off the screen. */
    private static boolean isOffScreen(String value) {
        Matcher length = NEGATIVE.matcher(value);
        if (!length.lookingAt() || value.endsWith("%")) {
            return false;
        }
        int number = Integer.parseInt(length.group(1));
        return switch (length.group(2)) {
            case "em", "rem", "ex", "ch", "vw", "vh", "vmin", "vmax" -> number >= OFF_SCREEN_UNITS;
            default -> number >= OFF_SCREEN_PIXELS;
        };
    }

    private static boolean isClear(String value) {
        if (value.startsWith("#")) {
            return value.length() == 5 && value.endsWith("0") || value.length() == 9 && value.endsWith("00");
        }
        return value.equals("transparent")
                || value.endsWith(")") && CLEAR.matcher(value).matches();
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
