package org.markwatch.extract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * A selector of a style block (Selectors 4): element names, classes, ids and attributes, and descendants and children of such.
 *
 * @param compounds the compounds, outermost first; at least one
 */
record StyleSelector(List<Compound> compounds) {
    /** Key of what any element may be. */
    static final String ANY = "";

    private static final int MAX_COMPOUNDS = 4;
    /** Ancestors among which the outer compounds are searched. */
    private static final int MAX_ANCESTORS = 32;
    /** Characters of the longest {@code class} attribute in which a class is looked for. */
    private static final int MAX_CLASSES_LENGTH = 500;
    /** Part of names of attributes that scripts take away when they show an element. */
    private static final String CLOAK = "cloak";
    /** {@code [data-a]}, {@code [data-a="b"]}. */
    private static final Pattern ATTRIBUTE =
            Pattern.compile("\\[([a-zA-Z][\\w-]{0,60})(?:([~|^$*]?=)[\"']?([\\w-]{1,60})[\"']?(?: [is])?)?\\]");
    /** Attributes of an element that may be selected. */
    private static final int MAX_ATTRIBUTES = 32;

    /**
     * What one element must have.
     *
     * @param type       element name in lower case, or empty for any
     * @param id         id, or empty for any
     * @param classes    classes, all of which it has
     * @param attributes attributes with an operator and a value, all of which it has; empty for any value
     * @param child      whether it is a child of the one before, and no further descendant
     */
    record Compound(String type, String id, List<String> classes, Map<String, String> attributes, boolean child) {
        private boolean matches(Element element) {
            if (!type.isEmpty() && !type.equals(element.normalName()) || element.attributesSize() > MAX_ATTRIBUTES) {
                return false;
            }
            for (Map.Entry<String, String> attribute : attributes.entrySet()) {
                if (!element.hasAttr(attribute.getKey())
                        || !isOf(attribute.getValue(), element.attr(attribute.getKey()))) {
                    return false;
                }
            }
            String given = classes.isEmpty() ? "" : element.attr("class");
            return given.length() <= MAX_CLASSES_LENGTH
                    && (id.isEmpty() || id.equals(element.id()))
                    && classes.stream().allMatch(name -> hasToken(given, name));
        }

        /** Whether an attribute has a value by an operator and an operand, such as {@code ^=a}. */
        private static boolean isOf(String wanted, String given) {
            if (wanted.isEmpty() || given.length() > MAX_CLASSES_LENGTH) {
                return wanted.isEmpty();
            }
            String operand = wanted.substring(wanted.indexOf('=') + 1);
            return switch (wanted.charAt(0)) {
                case '~' -> hasToken(given, operand);
                case '|' -> given.equals(operand) || given.startsWith(operand + "-");
                case '^' -> given.startsWith(operand);
                case '$' -> given.endsWith(operand);
                case '*' -> given.contains(operand);
                default -> given.equals(operand);
            };
        }

        private static boolean hasToken(String tokens, String token) {
            for (int at = tokens.indexOf(token); at >= 0; at = tokens.indexOf(token, at + 1)) {
                int end = at + token.length();
                if ((at == 0 || tokens.charAt(at - 1) <= ' ')
                        && (end == tokens.length() || tokens.charAt(end) <= ' ')) {
                    return true;
                }
            }
            return false;
        }

        /** A name that each of its elements has, as in a selector: that of its id, a class, an attribute or its type. */
        String key() {
            if (!id.isEmpty()) {
                return "#" + id;
            }
            if (!classes.isEmpty()) {
                return "." + classes.getLast();
            }
            return attributes.isEmpty()
                    ? type
                    : "[" + attributes.keySet().iterator().next();
        }
    }

    /** Parses a selector. Returns null if it has anything else, such as a pseudo-class. */
    static @Nullable StyleSelector of(String selector) {
        List<Compound> compounds = new ArrayList<>();
        boolean child = false;
        int at = 0;
        while (at < selector.length()) {
            char c = selector.charAt(at);
            if (c <= ' ') {
                at++;
            } else if (c == '>') {
                if (child || compounds.isEmpty()) {
                    return null;
                }
                child = true;
                at++;
            } else {
                int end = at;
                while (end < selector.length() && selector.charAt(end) > ' ' && selector.charAt(end) != '>') {
                    end++;
                }
                Compound compound = compound(selector.substring(at, end), child);
                if (compound == null || compounds.size() == MAX_COMPOUNDS) {
                    return null;
                }
                compounds.add(compound);
                child = false;
                at = end;
            }
        }
        return compounds.isEmpty() || child ? null : new StyleSelector(compounds);
    }

    private static @Nullable Compound compound(String text, boolean child) {
        String type = "";
        String id = "";
        List<String> classes = new ArrayList<>();
        Map<String, String> attributes = new LinkedHashMap<>();
        int at = 0;
        while (at < text.length()) {
            char mark = text.charAt(at);
            if (mark == '[') {
                Matcher attribute = ATTRIBUTE.matcher(text).region(at, text.length());
                if (!attribute.lookingAt() || attribute.group(1).contains(CLOAK)) {
                    return null;
                }
                attributes.put(
                        attribute.group(1).toLowerCase(Locale.ROOT),
                        attribute.group(2) == null ? "" : attribute.group(2) + attribute.group(3));
                at = attribute.end();
                continue;
            }
            if (mark == '*' && at == 0) {
                at++;
                continue;
            }
            int from = mark == '.' || mark == '#' ? at + 1 : at;
            int end = from;
            while (end < text.length() && isName(text.charAt(end))) {
                end++;
            }
            String name = text.substring(from, end);
            if (name.isEmpty() || mark == '#' && !id.isEmpty()) {
                return null;
            }
            switch (mark) {
                case '.' -> classes.add(name);
                case '#' -> id = name;
                default -> type = name.toLowerCase(Locale.ROOT);
            }
            at = end;
        }
        return new Compound(type, id, classes, attributes, child);
    }

    /** Whether a character is of a name that is written without escapes. */
    private static boolean isName(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_';
    }

    /** The compound of the element itself. */
    Compound last() {
        return compounds.getLast();
    }

    /** Whether its element may be any. */
    boolean isAny() {
        return last().key().equals(ANY);
    }

    /** Whether it is the name of an element only. */
    boolean isType() {
        return compounds.size() == 1
                && last().id.isEmpty()
                && last().classes.isEmpty()
                && last().attributes.isEmpty();
    }

    /** Whether it selects an element. */
    boolean matches(Element element) {
        if (!last().matches(element)) {
            return false;
        }
        int next = compounds.size() - 2;
        Element ancestor = element.parent();
        boolean parentOnly = last().child;
        for (int level = 0; next >= 0 && ancestor != null && level < MAX_ANCESTORS; level++) {
            // the nearest ancestor of each compound leaves most for the next one
            if (compounds.get(next).matches(ancestor)) {
                parentOnly = compounds.get(next).child;
                next--;
            } else if (parentOnly) {
                return false;
            }
            ancestor = ancestor.parent();
        }
        return next < 0;
    }
}
