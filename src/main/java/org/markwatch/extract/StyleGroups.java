package org.markwatch.extract;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The open groups of rules of a style block, such as {@code @media}, and whether all of them apply on a screen of usual size. */
final class StyleGroups {
    /** Width of the screen in pixels. */
    private static final int WIDTH = 1280;

    private static final Pattern MEDIA = Pattern.compile(
            "(?:only )?(all|screen)|not print|(?:(?:only )?(?:all|screen) and )?\\( *min-width *: *([0-9]{1,5})(px|em|rem)? *\\)");
    private static final int EM_PIXELS = 16;
    private static final int NONE = Integer.MAX_VALUE;

    private int depth;
    /** Depth of the outermost group that may not apply. */
    private int conditionalFrom;

    /** @param apply whether rules outside of groups apply */
    StyleGroups(boolean apply) {
        conditionalFrom = apply ? NONE : 0;
    }

    /** Whether a prelude begins a group of rules. */
    static boolean isGroup(String prelude) {
        return prelude.startsWith("@media")
                || prelude.startsWith("@supports")
                || prelude.startsWith("@layer")
                || prelude.startsWith("@container")
                || prelude.startsWith("@scope");
    }

    void open(String prelude) {
        boolean applies = prelude.startsWith("@layer")
                || prelude.startsWith("@media") && isOfScreen(prelude.substring("@media".length()));
        open(!applies);
    }

    /** Opens a rule that has rules in it, which only elements in those of the outer rule match. */
    void openRule() {
        open(true);
    }

    private void open(boolean conditional) {
        depth++;
        if (conditional && conditionalFrom == NONE) {
            conditionalFrom = depth;
        }
    }

    void close() {
        if (depth == conditionalFrom && depth > 0) {
            conditionalFrom = NONE;
        }
        depth = Math.max(0, depth - 1);
    }

    /** Whether a rule may not apply. */
    boolean areConditional() {
        return depth >= conditionalFrom;
    }

    /** Whether a list of media is that of a screen of usual size; false if it has anything that is not known. */
    static boolean isOfScreen(String media) {
        String list = media.strip().toLowerCase(Locale.ROOT);
        return list.isEmpty() || Stream.of(list.split(" *, *")).anyMatch(StyleGroups::isScreen);
    }

    private static boolean isScreen(String medium) {
        Matcher matcher = MEDIA.matcher(medium);
        if (!matcher.matches()) {
            return false;
        }
        String width = matcher.group(2);
        String unit = matcher.group(3);
        return width == null || Integer.parseInt(width) * (unit == null || unit.equals("px") ? 1 : EM_PIXELS) <= WIDTH;
    }
}
