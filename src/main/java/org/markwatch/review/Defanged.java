package org.markwatch.review;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.markwatch.url.HttpUrl;

/**
 * A defanged URL: text that no program turns into a link.
 *
 * @param origin {@code hxxps://shop[.]example[:]8443}
 * @param rest   path and query, or empty; URLs inside are defanged too
 */
public record Defanged(String origin, String rest) {
    private static final Pattern SCHEME = Pattern.compile("(?i)h(tt)(ps?)(?=:|%3a)");
    private static final Pattern URL_IN_TEXT = Pattern.compile("(?i)(?:https?(?::|%3a)|www\\.)[^\\s\u27E8\u27E9]*");

    /** Returns a URL in this form. */
    public static Defanged of(HttpUrl url) {
        String schemeEnd = "://";
        String authority = url.origin().substring(url.scheme().length() + schemeEnd.length());
        String origin = url.scheme().replace("tt", "xx") + schemeEnd + broken(authority);
        String rest = url.pathAndQuery().equals("/") ? "" : url.pathAndQuery();
        return new Defanged(
                DisplayText.escape(origin),
                DisplayText.escape(broken(SCHEME.matcher(rest).replaceAll("hxx$2"))));
    }

    /** Returns a host name that no program turns into a link. */
    public static String host(String host) {
        return DisplayText.escape(broken(host));
    }

    /** Returns a text without control characters, in which URLs are defanged. */
    public static String text(String text) {
        return DisplayText.escape(inText(text));
    }

    /** Returns a text in which URLs with a scheme, and names that begin with {@code www.}, are defanged. */
    public static String inText(String text) {
        Matcher url = URL_IN_TEXT.matcher(text);
        return url.replaceAll(found -> Matcher.quoteReplacement(
                broken(SCHEME.matcher(found.group()).replaceAll("hxx$2")).replace("[:]//", "://")));
    }

    private static String broken(String text) {
        return text.replace(".", "[.]").replace(":", "[:]");
    }

    @Override
    public String toString() {
        return origin + rest;
    }
}
