package org.markwatch.extract;

import java.util.Set;

/**
 * Finds the strings in object and array literals of a script or of JSON, each with the name of the property that holds
 * it.
 *
 * <p>Accepts JSON, and of JavaScript what serializers write: names without quotes, other quotes, and identifiers,
 * {@code void 0} or {@code !0} as values. A literal ends at the first token that is none of these, and its strings
 * before that token count. Scripts are not run. Strings, comments and regular expressions of the code between literals
 * are skipped. Strings that are JSON themselves are scanned too. Elements of an array that other elements refer to by
 * index, as in the payloads of devalue and turbo-stream, get the name of the property that refers to them. Outside of
 * literals, strings count that are written to the text of an element: {@code box.textContent = "…"}.
 *
 * <p>Takes linear time: a scan never goes back, except once over each quoted string.
 */
final class ScriptLiterals {
    /** Levels of strings that are JSON. */
    private static final int MAX_NESTED_STRINGS = 3;

    /** Characters that a scan of code stops at. */
    private static final boolean[] IN_CODE = new boolean[128];

    static {
        for (char c : "{[\"'`/".toCharArray()) {
            IN_CODE[c] = true;
        }
    }

    /** Characters before a slash that starts a regular expression and no division. */
    private static final String BEFORE_REGEX = "(,=:[!&|?{};\n";

    /** Properties and methods that write the text of an element or page (DOM and HTML standards). */
    private static final Set<String> TEXT_WRITERS =
            Set.of("innerHTML", "outerHTML", "innerText", "textContent", "createTextNode", "write", "writeln");

    private static final int LONGEST_WRITER = 14;
    /** Maximum white space on each side of the sign between a writer and a string. */
    private static final int MAX_SPACES = 4;

    private final ScriptText script;
    private final LiteralScanner literal;
    private final int level;
    private final LiteralSink out;
    private boolean noTemplateEnds;
    /** No regular expression that starts before this position is known to end. */
    private int noRegexUntil;

    private ScriptLiterals(String text, int level, LiteralSink out) {
        this.script = new ScriptText(text);
        this.level = level;
        this.out = out;
        this.literal = new LiteralScanner(script, level == 0, level < MAX_NESTED_STRINGS, out, this::scanString);
    }

    /** Finds the strings of a script or of JSON. */
    static void scan(String text, LiteralSink out) {
        new ScriptLiterals(text, 0, out).scanCode();
    }

    private void scanCode() {
        int i = 0;
        while (i < script.length) {
            char c = script.chars[i];
            if (c >= IN_CODE.length || !IN_CODE[c]) {
                i++;
                continue;
            }
            switch (c) {
                case '{', '[' -> i = literal.scan(i);
                case '"', '\'' -> i = codeString(i);
                case '`' -> i = noTemplateEnds ? i + 1 : template(i);
                case '/' -> i = slash(i);
                default -> i++;
            }
        }
    }

    private int codeString(int start) {
        if (!script.readString(start)) {
            return Math.max(start + 1, script.stringEnd);
        }
        useString(start);
        return script.stringEnd + 1;
    }

    /** Uses the string that starts at a quote, which has been read last. */
    private void useString(int start) {
        if (isData()) {
            scanString(script.value());
            return;
        }
        String writer = writerBefore(start);
        if (TEXT_WRITERS.contains(writer)) {
            out.string(writer, script.value());
        }
    }

    /** Returns the name that a string is assigned or handed to, or an empty string. */
    private String writerBefore(int start) {
        int sign = skipSpacesBack(start);
        if (sign < 0 || script.chars[sign] != '=' && script.chars[sign] != '(') {
            return "";
        }
        int end = sign > 0 && script.chars[sign] == '=' && script.chars[sign - 1] == '+' ? sign - 1 : sign;
        end = skipSpacesBack(end) + 1;
        int from = end;
        while (from > 0 && end - from <= LONGEST_WRITER && Character.isLetter(script.chars[from - 1])) {
            from--;
        }
        return script.text.substring(from, end);
    }

    private int skipSpacesBack(int from) {
        int at = from - 1;
        while (at >= 0 && script.chars[at] <= ' ' && from - at <= MAX_SPACES) {
            at--;
        }
        return at;
    }

    private int template(int start) {
        if (!script.readString(start)) {
            noTemplateEnds = true;
            return start + 1;
        }
        useString(start);
        return script.stringEnd + 1;
    }

    /** Skips a comment or a regular expression; returns the next position if the slash is a division. */
    private int slash(int at) {
        if (script.text.startsWith("//", at)) {
            int end = script.text.indexOf('\n', at);
            return end < 0 ? script.length : end;
        }
        if (script.text.startsWith("/*", at)) {
            int end = script.text.indexOf("*/", at + 2);
            return end < 0 ? script.length : end + 2;
        }
        int before = at - 1;
        while (before >= 0 && script.chars[before] == ' ' && at - before < 8) {
            before--;
        }
        if (before >= 0 && BEFORE_REGEX.indexOf(script.chars[before]) < 0) {
            return at + 1;
        }
        if (at < noRegexUntil) {
            return at + 1;
        }
        boolean inClass = false;
        int i = at + 1;
        while (i < script.length && script.chars[i] != '\n') {
            char c = script.chars[i];
            if (c == '/' && !inClass) {
                return i + 1;
            }
            inClass = c == '[' || inClass && c != ']';
            i += c == '\\' ? 2 : 1;
        }
        noRegexUntil = i;
        return at + 1;
    }

    private boolean isData() {
        return level < MAX_NESTED_STRINGS && script.isJsonString();
    }

    private void scanString(String value) {
        String data = value.stripLeading().startsWith("%") ? UrlReference.decode(value) : value;
        new ScriptLiterals(data, level + 1, out).scanCode();
    }
}
