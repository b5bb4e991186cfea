package org.markwatch.extract;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Classifies strings in the data of scripts: prose and labels that scripts show, markup, or values for programs. */
final class ScriptStrings {
    /** What a string is. */
    enum StringKind {
        PROSE,
        MARKUP,
        /** A URL, path, id, class list, style, code or another value for programs. */
        TECHNICAL
    }

    /** Maximum characters of a label without a space. */
    private static final int MAX_LABEL_LENGTH = 40;
    /** Maximum characters that are classified; the rest of a longer string is like its beginning. */
    private static final int MAX_CLASSIFIED = 2_000;
    /** Minimum share of words in the parts of a prose that spaces separate, in percent. */
    private static final int MIN_WORDS_PERCENT = 50;
    /** Maximum share of characters of code in prose, in percent. */
    private static final int MAX_CODE_PERCENT = 4;

    private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][a-zA-Z0-9-]*(\\s[^<>]*)?/?>");

    /** Last words of names whose values are text for people, even a single word. */
    private static final Set<String> LABELS = Set.of(
            "title",
            "name",
            "label",
            "labels",
            "text",
            "description",
            "desc",
            "heading",
            "headline",
            "subheading",
            "subtitle",
            "content",
            "body",
            "alt",
            "children",
            "caption",
            "message",
            "summary",
            "excerpt",
            "question",
            "answer",
            "cta",
            "tooltip",
            "note");

    /** Last words of names whose values are for programs. */
    private static final Set<String> TECHNICAL = Set.of(
            "class",
            "classes",
            "style",
            "styles",
            "css",
            "src",
            "srcset",
            "sizes",
            "href",
            "url",
            "urls",
            "uri",
            "link",
            "path",
            "id",
            "ids",
            "uid",
            "guid",
            "hash",
            "token",
            "nonce",
            "d",
            "points",
            "transform",
            "viewbox",
            "query",
            "selector",
            "selectors",
            "regex",
            "pattern",
            "font",
            "fonts",
            "family",
            "color",
            "colour",
            "icon",
            "slug",
            "template",
            "agent",
            "timezone",
            "locale",
            "typename",
            "filename");

    /** Words before {@code name} in names of program parts: {@code componentName}. */
    private static final Set<String> PROGRAM_PARTS = Set.of(
            "class",
            "file",
            "component",
            "event",
            "route",
            "icon",
            "type",
            "host",
            "field",
            "page",
            "module",
            "font",
            "display",
            "user",
            "template",
            "chunk",
            "tag",
            "action",
            "cookie",
            "table",
            "variable",
            "layout",
            "view");

    private static final int LETTER = 1;
    private static final int CAPITAL = 2;
    private static final int DIGIT = 4;
    /** Part of code, and no part of a word. */
    private static final int CODE = 8;
    /** No part of a word. */
    private static final int SIGN = 16;
    /** Joins the parts of a composed word. */
    private static final int JOINT = 32;
    /** Ends a clause. */
    private static final int STOP = 64;
    /** Kinds of each character of ASCII. */
    private static final byte[] KINDS = new byte[0x80];

    static {
        for (char c = 'a'; c <= 'z'; c++) {
            KINDS[c] = LETTER;
            KINDS[c - 'a' + 'A'] = LETTER | CAPITAL;
        }
        for (char c = '0'; c <= '9'; c++) {
            KINDS[c] = DIGIT;
        }
        for (char c : "{}<>=|\\;_~^`".toCharArray()) {
            KINDS[c] = SIGN | CODE;
        }
        for (char c : "$*[]#@".toCharArray()) {
            KINDS[c] = SIGN;
        }
        for (char c : "-:/.".toCharArray()) {
            KINDS[c] = JOINT;
        }
        for (char c : ".!?,".toCharArray()) {
            KINDS[c] |= STOP;
        }
    }

    private ScriptStrings() {}

    /**
     * Classifies a string.
     *
     * @param name property that holds the string, or empty
     */
    static StringKind kindOf(String name, String value) {
        String last = lastWord(name, name.length());
        if (TECHNICAL.contains(last)) {
            return StringKind.TECHNICAL;
        }
        int tag = value.indexOf('<');
        if (tag >= 0
                && TAG.matcher(value)
                        .region(tag, Math.min(value.length(), tag + MAX_CLASSIFIED))
                        .find()) {
            return StringKind.MARKUP;
        }
        boolean prose = value.indexOf(' ') < 0 && value.indexOf('\n') < 0 && value.indexOf('\u00a0') < 0
                ? isUnspacedProse(value) || isLabelName(name, last) && isLabel(value)
                : isSpacedProse(value);
        return prose ? StringKind.PROSE : StringKind.TECHNICAL;
    }

    /** Whether values of a name are for programs. */
    static boolean isTechnical(String name) {
        return TECHNICAL.contains(lastWord(name, name.length()));
    }

    /** Returns the last word of a name in lower case: {@code menuTitle} and {@code menu_title} give {@code title}. */
    private static String lastWord(String name, int end) {
        int to = end;
        while (to > 0 && !Character.isLetter(name.charAt(to - 1))) {
            to--;
        }
        int start = to;
        while (start > 0 && Character.isLetter(name.charAt(start - 1))) {
            start--;
            boolean upper = Character.isUpperCase(name.charAt(start));
            if (upper && start > 0 && Character.isLowerCase(name.charAt(start - 1))) {
                break;
            }
        }
        return name.substring(start, to).toLowerCase(Locale.ROOT);
    }

    private static boolean isLabelName(String name, String last) {
        if (!LABELS.contains(last)) {
            return false;
        }
        return !last.equals("name") || !PROGRAM_PARTS.contains(lastWord(name, name.length() - last.length()));
    }

    /** Whether a string without spaces is a word that begins with a capital: {@code PayPal}, and not {@code priceRange}. */
    private static boolean isLabel(String value) {
        if (value.length() < 2 || value.length() > MAX_LABEL_LENGTH || !Character.isUpperCase(value.charAt(0))) {
            return false;
        }
        for (int i = 1; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean last = i == value.length() - 1;
            if (!Character.isLetter(c) && !(last ? ".:!?…%".indexOf(c) >= 0 : "-'’&".indexOf(c) >= 0)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a string has two letters of a script that writes without spaces. */
    private static boolean isUnspacedProse(String value) {
        int letters = 0;
        int end = Math.min(value.length(), MAX_CLASSIFIED);
        for (int i = 0; i < end; i++) {
            letters += isUnspaced(value.charAt(i)) ? 1 : 0;
        }
        return letters >= 2 && 2 * letters >= end;
    }

    /** Whether a character is of a script that writes without spaces: Chinese, Japanese, Thai, Lao, Khmer, Burmese. */
    static boolean isUnspaced(char c) {
        return c >= '\u0e00'
                && (c <= '\u0eff'
                        || c >= '\u1000' && c <= '\u109f'
                        || c >= '\u1780' && c <= '\u17ff'
                        || c >= '\u3040' && c <= '\u30ff'
                        || c >= '\u3400' && c <= '\u4dbf'
                        || c >= '\u4e00' && c <= '\u9fff'
                        || c >= '\uf900' && c <= '\ufaff'
                        || c >= '\uff66' && c <= '\uff9f');
    }

    private static boolean isSpacedProse(String value) {
        int end = Math.min(value.length(), MAX_CLASSIFIED);
        int parts = 0;
        int words = 0;
        int composed = 0;
        int code = 0;
        boolean capital = false;
        boolean stop = false;
        boolean unspaced = false;
        int i = 0;
        while (i < end) {
            while (i < end && value.charAt(i) <= ' ') {
                i++;
            }
            int letters = 0;
            int others = 0;
            int joints = 0;
            int start = i;
            while (i < end && value.charAt(i) > ' ' && value.charAt(i) != '\u00a0') {
                char c = value.charAt(i);
                if (c >= KINDS.length) {
                    if (Character.isLetter(c) || Character.getType(c) == Character.NON_SPACING_MARK) {
                        letters++;
                        capital |= i == start && Character.isUpperCase(c);
                        unspaced |= isUnspaced(c);
                    }
                    stop = true;
                } else {
                    int kind = KINDS[c];
                    letters += kind & LETTER;
                    capital |= (kind & CAPITAL) != 0 && i == start;
                    code += (kind & CODE) != 0 ? 1 : 0;
                    others += (kind & (DIGIT | SIGN)) != 0 ? 1 : 0;
                    if ((kind & (JOINT | STOP)) != 0) {
                        boolean inside = i + 1 < end && value.charAt(i + 1) > ' ';
                        joints += (kind & JOINT) != 0 && i > start && inside ? 1 : 0;
                        stop |= (kind & STOP) != 0 && !inside;
                    }
                }
                i++;
            }
            if (i == start) {
                i++;
                continue;
            }
            parts++;
            boolean word = letters > 0 && others == 0 && (letters > 1 || i - start <= 2);
            words += word ? 1 : 0;
            composed += joints > 0 || letters > 0 && others > 0 ? 1 : 0;
        }
        if (words == 0 || 100 * words < MIN_WORDS_PERCENT * parts || 100 * code > MAX_CODE_PERCENT * end) {
            return false;
        }
        // lists of classes: lower case, no full stop or comma, and many parts such as px-4 and md:flex
        boolean sentence = capital || stop || unspaced;
        return sentence ? 3 * composed < 2 * parts : 4 * composed < parts;
    }
}
