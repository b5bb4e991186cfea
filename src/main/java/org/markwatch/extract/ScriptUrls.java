package org.markwatch.extract;

import java.util.function.Consumer;

/**
 * Finds http(s) URLs in the literals of an inline script or embedded JSON: {@code https://host/path}, also with slashes
 * escaped as {@code \/}. Scripts are not run, and strings are not concatenated.
 */
final class ScriptUrls {
    private static final int MAX_SCRIPT_CHARS = 1 << 18;
    private static final int MAX_URLS = 200;
    private static final int MAX_HOST = 253;
    private static final int MAX_PATH = 100;

    private ScriptUrls() {}

    /** @param urls receives host and path of each URL, without scheme; at most {@value #MAX_URLS} */
    static void scan(String script, Consumer<String> urls) {
        int limit = Math.min(script.length(), MAX_SCRIPT_CHARS);
        int found = 0;
        int at = script.indexOf('/');
        while (at >= 0 && at < limit && found < MAX_URLS) {
            int second = at + 1;
            if (second < limit && script.charAt(second) == '\\') {
                second++;
            }
            if (second < limit && script.charAt(second) == '/' && isUrlPrefix(script, at)) {
                int start = second + 1;
                int end = hostEnd(script, start, limit);
                if (isHost(script, start, end)) {
                    urls.accept(script.substring(start, end) + path(script, end, limit));
                    found++;
                }
                at = script.indexOf('/', end);
            } else {
                at = script.indexOf('/', second);
            }
        }
    }

    /** Whether a scheme or a quote precedes the slashes; otherwise they start a comment. */
    private static boolean isUrlPrefix(String script, int slash) {
        int before = slash - 1;
        if (before >= 0 && script.charAt(before) == '\\') {
            before--;
        }
        return before >= 0 && ":\"'`(=".indexOf(script.charAt(before)) >= 0;
    }

    private static int hostEnd(String script, int start, int limit) {
        int end = start;
        while (end < limit && end - start <= MAX_HOST) {
            char c = script.charAt(end);
            if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.')) {
                break;
            }
            end++;
        }
        return end;
    }

    private static boolean isHost(String script, int start, int end) {
        int dot = script.lastIndexOf('.', end - 1);
        return dot > start
                && end - dot > 2
                && script.charAt(start) != '.'
                && Character.isLetter(script.charAt(dot + 1));
    }

    private static String path(String script, int start, int limit) {
        StringBuilder path = new StringBuilder();
        for (int i = start; i < limit && path.length() < MAX_PATH; i++) {
            char c = script.charAt(i);
            if (c == '\\' && i + 1 < limit && script.charAt(i + 1) == '/') {
                continue;
            }
            boolean part = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (path.isEmpty() ? c != '/' : !part && "/-._~%@+".indexOf(c) < 0) {
                break;
            }
            path.append(c);
        }
        return path.toString();
    }
}
