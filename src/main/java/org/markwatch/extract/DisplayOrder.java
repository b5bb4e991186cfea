package org.markwatch.extract;

/**
 * Puts text into the order in which browsers display it: what a right-to-left override lays out backwards is turned round
 * (Unicode UAX 9, section 2.2). Takes linear time.
 */
final class DisplayOrder {
    static final char RIGHT_TO_LEFT_OVERRIDE = '\u202e';
    static final char POP_DIRECTIONAL_FORMATTING = '\u202c';

    private DisplayOrder() {}

    /**
     * Returns a text as it is displayed, without its overrides. Words in scripts that are written from right to left keep
     * their order, since they are read so.
     */
    static String of(String text) {
        int override = text.indexOf(RIGHT_TO_LEFT_OVERRIDE);
        if (override < 0) {
            return text;
        }
        StringBuilder displayed = new StringBuilder(text.length());
        int end = 0;
        while (override >= 0) {
            displayed.append(text, end, override);
            end = text.indexOf(POP_DIRECTIONAL_FORMATTING, override);
            end = end < 0 ? text.length() : end;
            append(text.substring(override + 1, end), displayed);
            end = Math.min(end + 1, text.length());
            override = text.indexOf(RIGHT_TO_LEFT_OVERRIDE, end);
        }
        return displayed.append(text, end, text.length()).toString();
    }

    private static void append(String overridden, StringBuilder displayed) {
        String text = overridden.replace(String.valueOf(RIGHT_TO_LEFT_OVERRIDE), "");
        int start = 0;
        while (start < text.length()) {
            int line = text.indexOf('\n', start);
            int end = line < 0 ? text.length() : line;
            displayed.append(turnedRound(text.substring(start, end)));
            if (line >= 0) {
                displayed.append('\n');
            }
            start = end + 1;
        }
    }

    /** Returns a line backwards, but for its parts in scripts that are read from right to left. */
    private static char[] turnedRound(String line) {
        char[] turned = new StringBuilder(line).reverse().toString().toCharArray();
        int from = -1;
        int to = -1;
        for (int i = 0; i <= turned.length; i++) {
            boolean end = i == turned.length;
            if (!end && isRightToLeft(turned[i])) {
                from = from < 0 ? i : from;
                to = i + 1;
            } else if (from >= 0 && (end || Character.isLetterOrDigit(turned[i]))) {
                turnRound(turned, from, to);
                from = -1;
            }
        }
        return turned;
    }

    private static void turnRound(char[] text, int from, int to) {
        for (int first = from, last = to - 1; first < last; first++, last--) {
            char c = text[first];
            text[first] = text[last];
            text[last] = c;
        }
    }

    private static boolean isRightToLeft(char character) {
        byte direction = Character.getDirectionality(character);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }
}
