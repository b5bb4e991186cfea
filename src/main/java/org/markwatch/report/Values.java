package org.markwatch.report;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Converts values to text for the formats that have only text. */
final class Values {
    /** Characters that start a formula, including the full-width forms, which some spreadsheets accept too. */
    private static final String FORMULA_STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private Values() {}

    /** Returns whether a spreadsheet may evaluate a text as a formula. */
    static boolean startsFormula(String text) {
        return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
    }

    static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case List<?> values -> values.stream().map(Values::text).collect(Collectors.joining(";"));
            default -> value.toString();
        };
    }

    /**
     * Returns whether a code point is a control character, a bidirectional control, a line separator or an unpaired
     * surrogate.
     */
    static boolean isControl(int codePoint) {
        return Character.isISOControl(codePoint)
                || Character.getType(codePoint) == Character.SURROGATE
                || codePoint == 0x061C
                || codePoint >= 0x200E && codePoint <= 0x200F
                || codePoint >= 0x2028 && codePoint <= 0x202E
                || codePoint >= 0x2066 && codePoint <= 0x2069;
    }
}
