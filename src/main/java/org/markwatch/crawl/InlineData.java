package org.markwatch.crawl;

/**
 * Cuts embedded data out of markup before anything parses it (rule T5): {@code data:} URIs, of which the scheme is left as
 * {@code data:,}, and runs of base64 too long to be words. One pass, linear in the length of the text.
 */
final class InlineData {
    /** Longer unbroken runs of base64 characters are data. */
    static final int LONGEST_WORD = 512;

    private static final int LONGEST_HEADER = 200;

    private InlineData() {}

    static String cutOut(String text) {
        StringBuilder out = null;
        int copied = 0;
        int run = 0;
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            int end = (c == 'd' || c == 'D') && (i == 0 || !isWord(text.charAt(i - 1))) ? dataUriEnd(text, i) : i;
            if (end > i) {
                out = out == null ? new StringBuilder(text.length()) : out;
                out.append(text, copied, i).append("data:,");
                copied = end;
                i = end;
                run = 0;
                continue;
            }
            i++;
            run = isBase64(c) ? run + 1 : 0;
            if (run > LONGEST_WORD) {
                int start = i - run;
                while (i < text.length() && isBase64(text.charAt(i))) {
                    i++;
                }
                out = out == null ? new StringBuilder(text.length()) : out;
                out.append(text, copied, start);
                copied = i;
                run = 0;
            }
        }
        return out == null ? text : out.append(text, copied, text.length()).toString();
    }

    /** The end of the data URI that begins at {@code start}, or {@code start} if none does. */
    private static int dataUriEnd(String text, int start) {
        if (!text.regionMatches(true, start, "data:", 0, 5)) {
            return start;
        }
        int comma = start + 5;
        boolean typed = false;
        while (comma < text.length() && text.charAt(comma) != ',') {
            char c = text.charAt(comma);
            typed |= c == '/' || c == ';';
            boolean inHeader = isWord(c) || "/;=+.-_&#%".indexOf(c) >= 0;
            if (!inHeader || comma - start > LONGEST_HEADER) {
                return start;
            }
            comma++;
        }
        if (comma >= text.length() || !typed) {
            return start;
        }
        char before = start == 0 ? ' ' : text.charAt(start - 1);
        int end = comma + 1;
        if (before == '"' || before == '\'') {
            int quote = text.indexOf(before, end);
            return quote < 0 ? text.length() : quote;
        }
        if (before == '(') {
            int parenthesis = text.indexOf(')', end);
            return parenthesis < 0 ? text.length() : parenthesis;
        }
        while (end < text.length() && text.charAt(end) > ' ' && "\"'<>)&".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static boolean isBase64(char c) {
        return isWord(c) || c == '+' || c == '/' || c == '=';
    }
}
