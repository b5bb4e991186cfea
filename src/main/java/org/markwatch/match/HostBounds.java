package org.markwatch.match;

import org.markwatch.text.FoldedText;

/** Tells host names in texts from parts of other words. */
final class HostBounds {
    private HostBounds() {}

    /** Whether what was found is a whole host name or the end of one, and in a reference its authority. */
    static boolean isHost(FoldedText text, int start, int end) {
        int from = start;
        while (from > 0 && isHostCharacter(text.charAt(from - 1))) {
            from--;
        }
        boolean subdomain = from == start || text.charAt(start - 1) == '.';
        boolean goesOn = end < text.length()
                && (isHostCharacter(text.charAt(end)) && text.charAt(end) != '.'
                        || text.charAt(end) == '.' && end + 1 < text.length() && isHostCharacter(text.charAt(end + 1)));
        boolean authority = from == 0
                || from > 1 && text.charAt(from - 1) == '/' && text.charAt(from - 2) == '/'
                || text.charAt(from - 1) != '/';
        return subdomain && !goesOn && authority;
    }

    private static boolean isHostCharacter(char c) {
        return c == '.' || c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z';
    }
}
