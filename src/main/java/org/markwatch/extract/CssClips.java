package org.markwatch.extract;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Shapes that elements are cut to (CSS Masking 1, CSS Shapes 1). */
final class CssClips {
    /** Shapes of no area: {@code rect(0 0 0 0)}, {@code circle(0)}, a path or polygon of one point. */
    private static final Pattern NO_AREA = Pattern.compile("rect\\( *[01](?:px)?(?:[ ,]+[01](?:px)?){3} *\\)"
            + "|(?:circle|ellipse)\\( *0[a-z%]{0,4}[^0-9.].*"
            + "|polygon\\( *([^,)]{1,20}?) *(?:, *\\1 *){0,20}\\)"
            + "|path\\(.?m ?[0-9.]{1,6}[ ,]?[0-9.]{0,6} ?z?.?\\)"
            + "|xywh\\([^ )]{1,9} +[^ )]{1,9} +0[a-z%]{0,4} +0[a-z%]{0,4} *\\)");

    private static final Pattern INSET = Pattern.compile(
            "inset\\( *([0-9.]{1,6})%?(?: +([0-9.]{1,6})%?)?(?: +([0-9.]{1,6})%?)?(?: +([0-9.]{1,6})%?)? *\\)");
    private static final double ALL = 100;

    private CssClips() {}

    /** Whether a value in lower case cuts off all of an element. */
    static boolean cutOff(String value) {
        return NO_AREA.matcher(value).matches() || isInsetAway(value);
    }

    private static boolean isInsetAway(String value) {
        Matcher inset = INSET.matcher(value);
        if (value.indexOf('%') < 0 || !inset.matches()) {
            return false;
        }
        double top = side(inset.group(1), 0);
        double right = side(inset.group(2), top);
        double bottom = side(inset.group(3), top);
        double left = side(inset.group(4), right);
        return top + bottom >= ALL || left + right >= ALL;
    }

    private static double side(@Nullable String percent, double otherwise) {
        return percent == null || !percent.matches("[0-9]+|[0-9]*\\.[0-9]+") ? otherwise : Double.parseDouble(percent);
    }
}
