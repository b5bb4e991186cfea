package org.markwatch.crawl.content;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds tags of HTML in the bytes of a body. */
final class HtmlTags {
    /** Bytes of a saved page in which tags are looked for. */
    private static final int FRAGMENT_BYTES = 1 << 14;

    /** A tag of an element that text on a page is in. */
    private static final Pattern TAG = Pattern.compile(
            "</?(?:a|b|blockquote|body|br|button|center|dd|div|dl|dt|em|font|footer|form|h[1-6]|head|header|hr|html|i|img"
                    + "|input|label|li|main|nav|ol|option|p|pre|script|section|select|small|span|strong|style|sub|sup"
                    + "|table|tbody|td|th|title|tr|u|ul)(?:\\s[^<>]{0,2000})?/?>",
            Pattern.CASE_INSENSITIVE);

    /** An element that HTML has, and no drawing, feed or sitemap. */
    private static final Pattern HTML = Pattern.compile(
            "<(?:!doctype html|html|head|body|main|div|p|h[1-6]|ul|ol|dl|table|form|input|button)[\\s/>]",
            Pattern.CASE_INSENSITIVE);

    private HtmlTags() {}

    /** Returns whether the beginning of a body has a tag of HTML. Text may precede it. */
    static boolean beginIn(byte[] body, int length) {
        return TAG.matcher(ascii(body, Math.min(length, FRAGMENT_BYTES))).find();
    }

    /** Returns whether a body has an element of HTML that no drawing, feed or sitemap has outside of its CDATA sections. */
    static boolean areIn(byte[] body, int length) {
        String text = ascii(body, length);
        Matcher element = HTML.matcher(text);
        int from = 0;
        while (from >= 0 && element.find(from)) {
            int section = text.lastIndexOf("<![CDATA[", element.start());
            int end = section < 0 ? 0 : text.indexOf("]]>", section);
            if (end >= 0 && end < element.start()) {
                return true;
            }
            from = end;
        }
        return false;
    }

    private static String ascii(byte[] body, int to) {
        return new String(body, 0, to, StandardCharsets.ISO_8859_1);
    }
}
