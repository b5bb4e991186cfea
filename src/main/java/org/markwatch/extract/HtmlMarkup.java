package org.markwatch.extract;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;

/**
 * Parses HTML as a browser that runs scripts does. Such a browser reads the text of {@code noscript} up to its end tag, whatever
 * it is (HTML section 13.2.6.4.7). The parser reads it as markup, in which a comment, a tag or an element of raw text that nothing
 * closes would hold the rest of the page. So what is not closed in {@code noscript} is left out. Takes linear time.
 */
final class HtmlMarkup {
    private static final String NOSCRIPT = "noscript";
    /** Elements whose text has no tags. */
    private static final Set<String> RAW_TEXT =
            Set.of("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext");

    private static final int LONGEST_NAME = 9;
    private static final int NOWHERE = -1;

    private final String html;
    /** Elements of raw text that nothing closes in the rest of the page. */
    private final Set<String> unclosed = new HashSet<>();

    private HtmlMarkup(String html) {
        this.html = html;
    }

    static Document parse(String html) {
        return Parser.htmlParser().parseInput(new HtmlMarkup(readable(html)).withNoscriptClosed(), "");
    }

    /** Returns markup that the parser reads to its end, which it takes U+FFFF for; browsers display it as an unknown character. */
    static String readable(String markup) {
        return markup.replace('\uffff', '\ufffd');
    }

    private String withNoscriptClosed() {
        StringBuilder closed = null;
        int copied = 0;
        int at = firstNoscript();
        if (at == NOWHERE) {
            return html;
        }
        at = html.indexOf('<');
        while (at != NOWHERE) {
            int end = endOf(at, html.length());
            if (end != NOWHERE && isTag(at + 1, NOSCRIPT)) {
                int close = indexOfEndTag(NOSCRIPT, end, html.length());
                int kept = close == NOWHERE ? NOWHERE : firstUnclosed(end, close);
                if (kept != close) {
                    closed = closed == null ? new StringBuilder(html.length()) : closed;
                    closed.append(html, copied, kept);
                    copied = close;
                }
                end = close;
            }
            at = end == NOWHERE ? NOWHERE : html.indexOf('<', end);
        }
        return closed == null
                ? html
                : closed.append(html, copied, html.length()).toString();
    }

    private int firstNoscript() {
        int at = html.indexOf('<');
        while (at != NOWHERE && !isTag(at + 1, NOSCRIPT)) {
            at = html.indexOf('<', at + 1);
        }
        return at;
    }

    /** Returns where the first part of a text begins that does not end in it, or the end of the text. */
    private int firstUnclosed(int from, int to) {
        int at = html.indexOf('<', from, to);
        while (at != NOWHERE) {
            int end = endOf(at, to);
            if (end == NOWHERE) {
                return at;
            }
            at = html.indexOf('<', end, to);
        }
        return to;
    }

    /** Returns the end of the comment, tag or element of raw text that begins at a place, or -1 if it does not end in the text. */
    private int endOf(int start, int to) {
        if (html.startsWith("<!--", start)) {
            return endOfComment(start + 2, to);
        }
        boolean closes = html.startsWith("</", start);
        int name = start + (closes ? 2 : 1);
        char first = name < to ? html.charAt(name) : ' ';
        if (!isLetter(first)) {
            return closes || first == '!' || first == '?' ? after('>', name, to) : start + 1;
        }
        int end = endOfTag(name, to);
        return closes || end == NOWHERE ? end : endOfRawText(name, end, to);
    }

    /** Ends of comments: {@code -->}, {@code --!>}, and {@code <!-->}. */
    private int endOfComment(int from, int to) {
        int dashes = html.indexOf("--", from, to);
        while (dashes != NOWHERE) {
            int end = dashes + (html.startsWith("!", dashes + 2) ? 3 : 2);
            if (end < to && html.charAt(end) == '>') {
                return end + 1;
            }
            dashes = html.indexOf("--", dashes + 1, to);
        }
        return NOWHERE;
    }

    private int endOfTag(int from, int to) {
        int at = from;
        while (at < to) {
            char c = html.charAt(at++);
            if (c == '>') {
                return at;
            }
            if (c == '=') {
                while (at < to && html.charAt(at) <= ' ') {
                    at++;
                }
                if (at < to && (html.charAt(at) == '"' || html.charAt(at) == '\'')) {
                    at = after(html.charAt(at), at + 1, to);
                    if (at == NOWHERE) {
                        return NOWHERE;
                    }
                }
            }
        }
        return NOWHERE;
    }

    /** In a drawing the text of a style has comments and tags, so it has to be closed as such too. */
    private int endOfRawText(int name, int end, int to) {
        int nameEnd = name;
        while (!isEndOfName(nameEnd) && nameEnd - name <= LONGEST_NAME) {
            nameEnd++;
        }
        String element = html.substring(name, nameEnd).toLowerCase(Locale.ROOT);
        if (!RAW_TEXT.contains(element) || unclosed.contains(element)) {
            return end;
        }
        int close = indexOfEndTag(element, end, to);
        if (to < html.length()) {
            return close == NOWHERE || firstUnclosed(end, close) < close ? NOWHERE : close;
        }
        if (close == NOWHERE) {
            unclosed.add(element);
            return end;
        }
        return close;
    }

    private int indexOfEndTag(String element, int from, int to) {
        int at = html.indexOf("</", from, to);
        while (at != NOWHERE && !isTag(at + 2, element)) {
            at = html.indexOf("</", at + 2, to);
        }
        return at;
    }

    private boolean isTag(int name, String element) {
        return html.regionMatches(true, name, element, 0, element.length()) && isEndOfName(name + element.length());
    }

    private boolean isEndOfName(int at) {
        return at >= html.length() || html.charAt(at) <= ' ' || html.charAt(at) == '>' || html.charAt(at) == '/';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private int after(char c, int from, int to) {
        int at = html.indexOf(c, from, to);
        return at == NOWHERE ? NOWHERE : at + 1;
    }
}
