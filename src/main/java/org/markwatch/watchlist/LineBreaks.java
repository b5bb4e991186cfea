package org.markwatch.watchlist;

/** Which characters a value that stands on one line of a job-config file must not have. */
public final class LineBreaks {
    private LineBreaks() {}

    /** Returns whether a code point is a control character, or a line or paragraph separator, as YAML 1.1 breaks lines too. */
    public static boolean contains(int codePoint) {
        return Character.isISOControl(codePoint) || codePoint == 0x2028 || codePoint == 0x2029;
    }
}
