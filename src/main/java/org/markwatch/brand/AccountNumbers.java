package org.markwatch.brand;

/** Numbers of bank accounts as people write them behind a label, with no checksum to go by. */
final class AccountNumbers {
    private AccountNumbers() {}

    private static final int FEWEST_DIGITS = 6;
    /** Between the label of an account and its number: 'number is', ': AU'. */
    private static final int LABEL_GAP = 16;

    /** Whether a text begins with such a number, as the cell beside a label does. */
    static boolean begins(String text) {
        return isDigit(text.charAt(0)) && isNext(text, 0);
    }

    /** Whether a number of at least {@value #FEWEST_DIGITS} digits comes next; only words such as 'number' may lie between. */
    static boolean isNext(String text, int from) {
        int at = from;
        while (at < text.length() && at - from <= LABEL_GAP && !isDigit(text.charAt(at))) {
            char c = text.charAt(at);
            if (c == '.' && at + 1 < text.length() && text.charAt(at + 1) == ' ' && at > from + 3) {
                return false;
            }
            at++;
        }
        int digits = 0;
        while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == ' ' || text.charAt(at) == '-')) {
            digits += isDigit(text.charAt(at)) ? 1 : 0;
            at++;
        }
        return digits >= FEWEST_DIGITS;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
