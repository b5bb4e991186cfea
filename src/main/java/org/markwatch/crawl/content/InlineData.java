package org.markwatch.crawl.content;

import org.springframework.modulith.NamedInterface;

/**
 * Cuts embedded data out of markup before it is parsed (rule T5): {@code data:} URIs, which become {@value #CUT}, and
 * runs of base64 that are too long for a word. One pass, linear in the length of the text.
 */
@NamedInterface("content")
public final class InlineData {
    /** What is left of a {@code data:} URI. */
    public static final String CUT = "data:,";

    /** Longest run of base64 characters that is not data. */
    static final int MAX_WORD_LENGTH = 512;

    private static final String END_OF_DRAWING = "</svg>";

    /** Longest part of a {@code data:} URI before its comma. */
    private static final int MAX_HEADER_LENGTH = 200;

    private InlineData() {}

    /** Returns a text without embedded data; the same object if it has none. */
    public static String cutOut(String text) {
        StringBuilder out = null;
        int copied = 0;
        int uri = nextUri(text, 0);
        int run = nextRun(text, 0);
        while (uri < text.length() || run < text.length()) {
            out = out == null ? new StringBuilder(text.length()) : out;
            if (uri <= run + MAX_WORD_LENGTH) { // the run before the URI is not longer than a word
                out.append(text, copied, uri).append(CUT);
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

    /** Returns the index of the next data URI, or the length of the text. */
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
     * Returns the index of the next run of base64 that is longer than a word, or the length of the text. Such a run
     * covers at least one of every 513 characters, so the search steps by that length and scans only around base64
     * characters that it hits.
     */
    private static int nextRun(String text, int from) {
        int at = from + MAX_WORD_LENGTH;
        while (at < text.length()) {
            if (isBase64(text.charAt(at))) {
                int start = at;
                while (start > from && isBase64(text.charAt(start - 1))) {
                    start--;
                }
                int end = base64End(text, at);
                if (end - start > MAX_WORD_LENGTH) {
                    return start;
                }
                at = end;
            }
            at += MAX_WORD_LENGTH + 1;
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

    /** Returns the end of the data URI that begins at {@code start}, or {@code start} if none begins there. */
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
            if (!inHeader || comma - start > MAX_HEADER_LENGTH) {
                return start;
            }
            comma++;
        }
        if (comma >= text.length() || !typed) {
            return start;
        }
        int end = closedEnd(text, start, comma + 1);
        if (end >= 0) {
            return end;
        }
        end = comma + 1;
        while (end < text.length() && text.charAt(end) > ' ' && "\"'<>)&".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        while (end > comma + 1 && "-!".indexOf(text.charAt(end - 1)) >= 0) {
            end--; // of the end of a comment
        }
        return end;
    }

    /** Returns the end of data by the quote or parenthesis before its URI, or -1 if what that one closes is more than the data. */
    private static int closedEnd(String text, int start, int data) {
        char before = start == 0 ? ' ' : text.charAt(start - 1);
        boolean quoted = before == '"' || before == '\'';
        if (!quoted && before != '(') {
            return -1;
        }
        char close = quoted ? before : ')';
        int end = data;
        String other = quoted ? "<>" : "<>(";
        while (end < text.length() && text.charAt(end) != close && other.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        if (end < text.length() && quoted && end == data && text.charAt(end) == '<') {
            end = text.indexOf(close, end);
            return end >= 0 && isDrawing(text, data, end) ? end : -1;
        }
        return end < text.length() && text.charAt(end) == close ? end : -1;
    }

    /** Whether markup is one element or ends that of a drawing, and ends no comment around it. */
    private static boolean isDrawing(String text, int from, int to) {
        return text.indexOf("-->", from, to) < 0
                && (text.regionMatches(true, to - END_OF_DRAWING.length(), END_OF_DRAWING, 0, END_OF_DRAWING.length())
                        || text.charAt(to - 1) == '>' && text.indexOf('<', from + 1, to) < 0);
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static boolean isBase64(char c) {
        return isWord(c) || c == '+' || c == '/' || c == '=';
    }
}
