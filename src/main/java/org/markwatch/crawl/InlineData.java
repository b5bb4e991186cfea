package org.markwatch.crawl;

/**
 * Cuts embedded data out of markup before anything parses it (rule T5): {@code data:} URIs, of which the scheme is left as
 * {@code data:,}, and runs of base64 too long to be words. One pass, linear in the length of the text.
 */
public final class InlineData {
    /** Longer unbroken runs of base64 characters are data. */
    static final int LONGEST_WORD = 512;

    private static final int LONGEST_HEADER = 200;

    private InlineData() {}

    /** The text without them, itself if it has none. */
    public static String cutOut(String text) {
        StringBuilder out = null;
        int copied = 0;
        int uri = nextUri(text, 0);
        int run = nextRun(text, 0);
        while (uri < text.length() || run < text.length()) {
            out = out == null ? new StringBuilder(text.length()) : out;
            if (uri <= run + LONGEST_WORD) { // what stands before it is no longer than a word
                out.append(text, copied, uri).append("data:,");
                copied = dataUriEnd(text, uri);
            } else {
                out.append(text, copied, run);
                copied = base64End(text, run);
            }
            uri = uri < copied ? nextUri(text, copied) : uri;
            run = run < copied ? nextRun(text, copied) : run;
        }
        return out == null ? text : out.append(text, copied, text.length()).toString();
    }

    /** Where the next data URI begins, or the end of the text. */
    private static int nextUri(String text, int from) {
        for (int colon = text.indexOf(':', from); colon >= 0; colon = text.indexOf(':', colon + 1)) {
            int start = colon - "data".length();
            if (start >= from && (start == 0 || !isWord(text.charAt(start - 1))) && dataUriEnd(text, start) > start) {
                return start;
            }
        }
        return text.length();
    }

    /**
     * Where the next run of base64 begins that is longer than a word, or the end of the text. Such a run cannot miss every
     * 513th character, so no other is looked at until one of them could be part of a run.
     */
    private static int nextRun(String text, int from) {
        int at = from + LONGEST_WORD;
        while (at < text.length()) {
            if (isBase64(text.charAt(at))) {
                int start = at;
                while (start > from && isBase64(text.charAt(start - 1))) {
                    start--;
                }
                int end = base64End(text, at);
                if (end - start > LONGEST_WORD) {
                    return start;
                }
                at = end;
            }
            at += LONGEST_WORD + 1;
        }
        return text.length();
    }

    private static int base64End(String text, int from) {
        int end = from;
        while (end < text.length() && isBase64(text.charAt(end))) {
            end++;
        }
        return end;
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
