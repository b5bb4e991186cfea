package org.markwatch.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * A selector of a style block (Selectors 4): element names, classes and ids, and descendants of such.
 *
 * @param compounds the compounds, outermost first; at least one
 */
record StyleSelector(List<Compound> compounds) {
    private static final int MAX_COMPOUNDS = 4;
    /** Ancestors among which the outer compounds are searched. */
    private static final int MAX_ANCESTORS = 32;
    /** Characters of the longest {@code class} attribute in which a class is looked for. */
    private static final int MAX_CLASSES_LENGTH = 500;
    /** Attributes of an element that may be selected. */
    private static final int MAX_ATTRIBUTES = 32;

    /**
     * What one element must have.
     *
     * @param type    element name in lower case, or empty for any
     * @param id      id, or empty for any
     * @param classes classes, all of which it has
     */
    record Compound(String type, String id, List<String> classes) {
        private boolean matches(Element element) {
            if (!type.isEmpty() && !type.equals(element.normalName()) || element.attributesSize() > MAX_ATTRIBUTES) {
                return false;
            }
            String given = classes.isEmpty() ? "" : element.attr("class");
            return given.length() <= MAX_CLASSES_LENGTH
                    && (id.isEmpty() || id.equals(element.id()))
                    && classes.stream().allMatch(name -> hasToken(given, name));
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

        /** A name that each of its elements has, as in a selector: that of its id, a class or its type. */
        String key() {
            return !id.isEmpty() ? "#" + id : classes.isEmpty() ? type : "." + classes.getLast();
        }
    }

    /** Parses a selector. Returns null if it has anything else, such as {@code >}, an attribute or a pseudo-class. */
    static @Nullable StyleSelector of(String selector) {
        List<Compound> compounds = new ArrayList<>();
        int at = 0;
        while (at < selector.length()) {
            int end = at;
            while (end < selector.length() && selector.charAt(end) > ' ') {
                end++;
            }
            Compound compound = compound(selector.substring(at, end));
            if (compound == null || compounds.size() == MAX_COMPOUNDS) {
                return null;
            }
            compounds.add(compound);
            while (end < selector.length() && selector.charAt(end) <= ' ') {
                end++;
            }
            at = end;
        }
        return compounds.isEmpty() ? null : new StyleSelector(compounds);
    }

    private static @Nullable Compound compound(String text) {
        String type = "";
        String id = "";
        List<String> classes = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char mark = text.charAt(at);
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
        return new Compound(type, id, classes);
    }

    /** Whether a character is of a name that is written without escapes. */
    private static boolean isName(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_';
    }

    /** The compound of the element itself. */
    Compound last() {
        return compounds.getLast();
    }

    /** Whether it is the name of an element only. */
    boolean isType() {
        return compounds.size() == 1 && last().id.isEmpty() && last().classes.isEmpty();
    }

    /** Whether it selects an element. */
    boolean matches(Element element) {
        if (!last().matches(element)) {
            return false;
        }
        int next = compounds.size() - 2;
        Element ancestor = element.parent();
        for (int level = 0; next >= 0 && ancestor != null && level < MAX_ANCESTORS; level++) {
            // the nearest ancestor of each compound leaves most for the next one
            next -= compounds.get(next).matches(ancestor) ? 1 : 0;
            ancestor = ancestor.parent();
        }
        return next < 0;
    }
}
