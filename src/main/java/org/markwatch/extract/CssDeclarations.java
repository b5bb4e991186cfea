package org.markwatch.extract;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Effect of the declarations of a CSS rule or a style attribute on text.
 *
 * @param hides         text is not displayed, off the screen, cut off, too small to be read, or in no colour or that of its
 *                      background
 * @param isTransparent opacity or scale is nearly zero: text is hidden, unless another rule shows it
 * @param appears       opacity or scale is given, and not nearly zero
 * @param moves         an animation or transition may change the rest
 * @param shows         text is displayed
 * @param reverses      text is forced right to left (CSS Writing Modes 4 section 2.2)
 */
record CssDeclarations(
        boolean hides, boolean isTransparent, boolean appears, boolean moves, boolean shows, boolean reverses) {
    static final CssDeclarations NONE = new CssDeclarations(false, false, false, false, false, false);

    private static final String FONT_SIZE = "font-size";
    private static final Pattern SIZE = Pattern.compile("([0-9]{0,6}\\.?[0-9]{1,6})([a-z%]{0,4})");
    private static final double MAX_TINY_PIXELS = 2;
    private static final double MAX_TINY_SHARE = 0.1;
    /** Opacity and scale up to which nothing can be read. */
    private static final double MAX_FAINT = 0.05;
    /** Pixels of a box up to which nothing of its text can be seen. */
    private static final double MAX_BOX_PIXELS = 1;

    /** A negative length: {@code -9999px}, {@code -200vw}. */
    private static final Pattern NEGATIVE = Pattern.compile("-([0-9]{1,9})(?:\\.[0-9]{1,9})?([a-z]{0,4})");
    /** Pixels, and units of a letter or of a hundredth of the window, by which text is moved off the screen. */
    private static final int OFF_SCREEN_PIXELS = 1_000;

    private static final int OFF_SCREEN_UNITS = 100;
    private static final Pattern TRANSLATE =
            Pattern.compile("translate(?:x|y|3d)?\\( *([^,)]{1,20})(?:,([^,)]{1,20}))?(?:,[^)]{1,20})?\\)");

    /** What draws nothing of an element: a scale of nothing, a quarter turn away from the reader. */
    private static final Pattern SCALE =
            Pattern.compile("(?:scale(?:[xy]|3d)?|matrix(?:3d)?)\\( *([0-9]{0,3}\\.?[0-9]{1,6}) *[,)]");

    private static final Pattern TURNED_AWAY = Pattern.compile("rotate[xy]\\( *-?(?:90|270)deg *\\)");
    private static final Pattern FILTERED = Pattern.compile("opacity\\( *([0-9.]{1,6}%?) *\\)");

    /** Quick check whether {@link #of} may find an effect. False for most rules. */
    static boolean mayAffectText(String declarations) {
        String css = declarations.toLowerCase(Locale.ROOT);
        return css.contains("display")
                || css.contains("visib")
                || css.contains("opacity")
                || css.contains("bidi-override")
                || mayBeTiny(css)
                || css.contains(":-")
                || css.contains(": -")
                || css.contains("clip")
                || css.contains("overflow")
                || css.contains("transform") // and what it does as properties of their own
                || css.contains("scale")
                || css.contains("translate")
                || css.contains("zoom")
                || css.contains("fixed")
                || css.contains("contain:")
                || css.contains("inset")
                || css.contains("font:")
                || css.contains("calc(")
                || css.contains("rgb")
                || css.contains("hsl")
                || css.contains("color:#")
                || css.contains("transparent")
                || css.contains("color") && css.contains("background")
                || css.indexOf('\\') >= 0
                || css.contains("/*");
    }

    /** Parses declarations. Text longer than {@code 4 * MAX_VALUE_LENGTH} of {@link PassageCollector} has no effect. */
    static CssDeclarations of(String declarations) {
        if (declarations.length() > PassageCollector.MAX_VALUE_LENGTH * 4) {
            return NONE;
        }
        String css = CssText.plain(declarations).toLowerCase(Locale.ROOT);
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
        boolean drawn = false;
        boolean moves = false;
        boolean fixed = false;
        boolean beyond = false;
        boolean indented = false;
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
                    case "opacity" -> {
                        fades |= isFaint(value);
                        drawn = true;
                    }
                    case "transform" -> {
                        fades |= isScaledAway(value)
                                || TURNED_AWAY.matcher(value).find();
                        drawn = true;
                        hides |= isTranslatedAway(value);
                    }
                    case "filter" -> {
                        Matcher filter = FILTERED.matcher(value);
                        fades |= filter.find() && isFaint(filter.group(1));
                    }
                    case "scale" -> fades |= isFaint(value);
                    case "animation", "animation-name", "transition" -> moves = true;
                    case "zoom" -> hides |= isFaint(value);
                    case "translate" -> hides |= Stream.of(value.split(" ")).anyMatch(CssDeclarations::isFarAway);
                    case "clip", "clip-path", "-webkit-clip-path" -> hides |= CssClips.cutOff(value);
                    case "width",
                            "height",
                            "max-width",
                            "max-height",
                            "inline-size",
                            "block-size",
                            "max-inline-size",
                            "max-block-size" -> small |= isSmallBox(value);
                    case "padding", "padding-top", "padding-bottom" -> spaced |= !isZero(value);
                    case "overflow", "overflow-x", "overflow-y" ->
                        cuts |= value.equals("hidden") || value.equals("clip");
                    case "contain" -> cuts |= value.contains("paint") || value.equals("strict");
                    case "position" -> fixed = value.equals("fixed");
                    case "font" -> hides |= isTinyFont(value);
                    case "font-size" -> hides |= isTiny(value);
                    case "left", "right", "top", "bottom" -> {
                        hides |= isOffScreen(value);
                        beyond |= isBeyond(value);
                    }
                    case "text-indent" -> {
                        hides |= isOffScreen(value);
                        indented |= isBeyond(value);
                    }
                    case "margin-left",
                            "margin-top",
                            "margin-inline-start",
                            "margin-block-start",
                            "inset-inline-start",
                            "inset-block-start" -> hides |= isOffScreen(value);
                    case "inset" -> {
                        hides |= hasOffScreen(value);
                        beyond |= isBeyond(value);
                    }
                    case "color", "-webkit-text-fill-color" ->
                        colour = CssColours.isClear(value) ? "transparent" : CssColours.of(value);
                    case "text-shadow", "background-clip", "-webkit-background-clip" -> drawnOtherwise = true;
                    case "background", "background-color" -> background = CssColours.of(value);
                    case "unicode-bidi" -> override = value.endsWith("override");
                    case "direction" -> rightToLeft = value.equals("rtl");
                    default -> {}
                }
            }
            start = end + 1;
        }
        hides |= undisplayed || invisible;
        hides |= CssColours.areAlike(colour, background);
        hides |= colour.equals("transparent") && !drawnOtherwise;
        hides |= beyond && fixed;
        hides |= indented && cuts;
        hides |= small && cuts && !spaced; // padding gives pictures their proportions
        return new CssDeclarations(hides, fades, drawn && !fades, moves, shows && !hides, override && rightToLeft);
    }

    private static String value(String css, int from, int to) {
        int important = css.indexOf('!', from, to);
        String value = css.substring(from, important >= 0 ? important : to).strip();
        boolean calculated = value.startsWith("calc(") && value.indexOf(')') == value.length() - 1;
        return calculated ? value.substring(5, value.length() - 1).strip() : value;
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

    /** Whether a shorthand has a size too small to be read, before the line height: {@code 0/0 a}. */
    private static boolean isTinyFont(String value) {
        for (String part : value.split(" ")) {
            int slash = part.indexOf('/');
            if (slash != 0 && isTiny(slash < 0 ? part : part.substring(0, slash))) {
                return true;
            }
            if (slash >= 0) {
                return false;
            }
        }
        return false;
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
                && (isFarAway(translate.group(1).strip())
                        || translate.group(2) != null
                                && isFarAway(translate.group(2).strip()));
    }

    private static boolean hasOffScreen(String values) {
        return Stream.of(values.split(" ")).anyMatch(CssDeclarations::isOffScreen);
    }

    /** Whether text that is moved by a length, in shares of its own size, is in no window. */
    private static boolean isFarAway(String value) {
        boolean share = value.endsWith("%");
        return isOffScreen(value) || !share && isBeyond(value);
    }

    /** Whether a length from an edge of the window is behind the other edge. */
    private static boolean isBeyond(String value) {
        Matcher length = SIZE.matcher(value.startsWith("-") ? value.substring(1) : value);
        if (!length.matches()) {
            return false;
        }
        double number = Double.parseDouble(length.group(1));
        return switch (length.group(2)) {
            case "%", "vw", "vh", "em", "rem" -> number >= OFF_SCREEN_UNITS;
            case "px" -> number >= OFF_SCREEN_PIXELS;
            default -> false;
        };
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
}
