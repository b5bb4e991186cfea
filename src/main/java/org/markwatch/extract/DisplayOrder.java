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
     * Returns a text as it is displayed, without its overrides. Letters of scripts that are written from right to left keep
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
        if (text.codePoints().anyMatch(DisplayOrder::isRightToLeft)) {
            displayed.append(text);
            return;
        }
        int start = 0;
        while (start < text.length()) {
            int line = text.indexOf('\n', start);
            int end = line < 0 ? text.length() : line;
            displayed.append(new StringBuilder(text.substring(start, end)).reverse());
            if (line >= 0) {
                displayed.append('\n');
            }
            start = end + 1;
        }
    }

    private static boolean isRightToLeft(int character) {
        byte direction = Character.getDirectionality(character);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }
}
