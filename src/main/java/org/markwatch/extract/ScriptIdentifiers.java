package org.markwatch.extract;

import java.util.function.BiConsumer;
import org.markwatch.extract.ScriptKeywords.Keyword;

/**
 * Finds analytics ids and cookie names in the literals of a script. Scripts are not run, and strings are not
 * concatenated.
 *
 * <p>Operators often use one analytics account for many sites, so an id can link sites that show no common owner. The
 * patterns are those of the providers' snippets: {@code ga4}, {@code universal-analytics} and {@code tag-manager} of
 * Google ({@code G-…}, {@code UA-…}, {@code GTM-…}), {@code yandex-metrica} (a number), and {@code matomo} (collector
 * host and site number). Names that are assigned to {@code document.cookie} are reported as {@code cookie}.
 */
final class ScriptIdentifiers {
    private static final int MAX_VALUES = 50;
    private static final Keyword[] YANDEX = {Keyword.YANDEX_CALL, Keyword.YANDEX_URL};

    private final ScriptKeywords keywords;
    private final String script;
    private final int limit;
    private final BiConsumer<String, String> values;
    private int found;

    private ScriptIdentifiers(ScriptKeywords keywords, BiConsumer<String, String> values) {
        this.keywords = keywords;
        this.script = keywords.script();
        this.limit = keywords.limit();
        this.values = values;
    }

    /**
     * Finds the identifiers of a script.
     *
     * @param keywords those of the text or URL of a script
     * @param values   receives the kind and the value in normal form; at most {@value #MAX_VALUES} times
     */
    static void scan(ScriptKeywords keywords, BiConsumer<String, String> values) {
        ScriptIdentifiers literals = new ScriptIdentifiers(keywords, values);
        literals.findGoogleIds();
        literals.findYandexIds();
        literals.findMatomoId();
        literals.findCookieNames();
    }

    private void add(String kind, String value) {
        if (found++ < MAX_VALUES) {
            values.accept(kind, value);
        }
    }

    /** Finds Google ids. Each contains a hyphen and follows a quote or a URL delimiter. */
    private void findGoogleIds() {
        for (int hyphen = script.indexOf('-');
                hyphen >= 0 && hyphen < limit && found < MAX_VALUES;
                hyphen = script.indexOf('-', hyphen + 1)) {
            if (hyphen < 2) {
                continue;
            }
            char last = script.charAt(hyphen - 1);
            if (last == 'G' && isIdPrefix(hyphen - 2)) {
                addGoogleId("ga4", hyphen - 1, hyphen + 1, 8, 12);
            } else if (last == 'M' && script.startsWith("GTM", hyphen - 3) && isIdPrefix(hyphen - 4)) {
                addGoogleId("tag-manager", hyphen - 3, hyphen + 1, 4, 10);
            } else if (last == 'A' && script.charAt(hyphen - 2) == 'U' && isIdPrefix(hyphen - 3)) {
                addUniversalAnalyticsId(hyphen - 2, hyphen + 1);
            }
        }
    }

    private boolean isIdPrefix(int at) {
        return at < 0 || "'\"`=/&".indexOf(script.charAt(at)) >= 0;
    }

    private void addGoogleId(String kind, int start, int from, int shortest, int longest) {
        int end = from;
        boolean digit = false;
        while (end < limit && (isDigit(end) || script.charAt(end) >= 'A' && script.charAt(end) <= 'Z')) {
            digit |= isDigit(end);
            end++;
        }
        int size = end - from;
        boolean word = kind.equals("ga4") && !digit && size != 10;
        if (size >= shortest && size <= longest && !word && !continuesWord(end)) {
            add(kind, script.substring(start, end));
        }
    }

    private void addUniversalAnalyticsId(int start, int from) {
        int account = endOfDigits(from);
        if (account - from >= 4 && account - from <= 10 && account < limit && script.charAt(account) == '-') {
            int end = endOfDigits(account + 1);
            if (end > account + 1 && end - account <= 5 && !continuesWord(end)) {
                add("universal-analytics", script.substring(start, end));
            }
        }
    }

    private void findYandexIds() {
        for (Keyword call : YANDEX) {
            for (int at = keywords.next(call, 0); at >= 0 && found < MAX_VALUES; at = keywords.next(call, at + 1)) {
                int from = at + call.text.length();
                int end = endOfDigits(from);
                boolean own = at == 0 || !Character.isJavaIdentifierPart(script.charAt(at - 1));
                if (own && end - from >= 5 && end - from <= 12) {
                    add("yandex-metrica", script.substring(from, end));
                }
            }
        }
    }

    private void findMatomoId() {
        int site = keywords.next(Keyword.MATOMO_SITE, 0);
        if (site < 0) {
            return;
        }
        int from = skip(site + Keyword.MATOMO_SITE.text.length(), "'\", ");
        int end = endOfDigits(from);
        if (end > from && end - from <= 7) {
            String[] host = {""};
            ScriptUrls.scan(script, url -> {
                if (host[0].isEmpty()) {
                    host[0] = url.substring(0, url.indexOf('/') < 0 ? url.length() : url.indexOf('/'));
                }
            });
            if (!host[0].isEmpty()) {
                add("matomo", host[0] + '/' + script.substring(from, end));
            }
        }
    }

    private void findCookieNames() {
        for (int at = keywords.next(Keyword.COOKIE, 0);
                at >= 0 && found < MAX_VALUES;
                at = keywords.next(Keyword.COOKIE, at + 1)) {
            int from = skip(at + Keyword.COOKIE.text.length(), " =");
            if (from < limit && "'\"`".indexOf(script.charAt(from)) >= 0) {
                int start = from + 1;
                int end = start;
                while (end < limit && end - start <= 200 && isCookieNameCharacter(script.charAt(end))) {
                    end++;
                }
                if (end > start && end < limit && script.charAt(end) == '=') {
                    add("cookie", script.substring(start, end));
                }
            }
        }
    }

    /** Whether a character is allowed in a cookie name (RFC 6265 section 4.1.1); rare characters are excluded. */
    private static boolean isCookieNameCharacter(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || "_-.!~%$".indexOf(c) >= 0;
    }

    private int skip(int from, String characters) {
        int at = from;
        while (at < limit && characters.indexOf(script.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private int endOfDigits(int from) {
        int at = from;
        while (at < limit && isDigit(at)) {
            at++;
        }
        return at;
    }

    private boolean isDigit(int at) {
        return script.charAt(at) >= '0' && script.charAt(at) <= '9';
    }

    private boolean continuesWord(int at) {
        return at < limit && (Character.isLetterOrDigit(script.charAt(at)) || "-_".indexOf(script.charAt(at)) >= 0);
    }
}
