package org.markwatch.extract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.markwatch.extract.ElementAttributes.AttributeName;

/**
 * What a page's style blocks say of elements by class or id: which are hidden or laid out backwards, and which picture is drawn
 * behind them.
 *
 * <p>No style engine: a rule hides only what a single class or id selects, outside of conditions; and whatever another rule
 * shows again, in a narrow window or when a script adds a class, counts as shown. A background is bound by the last class or
 * id of its selector. Linear in the length of the block, with a bound on what is kept.
 */
final class StyleRules {
    private static final int MAX_SELECTORS = 20_000;

    private final Set<String> hiding = new HashSet<>();
    private final Set<String> showing = new HashSet<>();
    private final Set<String> reversing = new HashSet<>();
    private final Map<String, List<String>> takeBackgrounds = new HashMap<>();

    /**
     * Reads a block.
     *
     * @param unbound takes the references of rules that no class or id binds
     */
    void parse(String css, Consumer<String> unbound) {
        int length = css.length();
        int at = 0;
        int conditions = 0;
        int nextClose = -1;
        while (at < length) {
            int end = at;
            while (end < length && !isDelimiter(css.charAt(end))) {
                boolean comment = css.charAt(end) == '/' && css.startsWith("/*", end);
                end = comment ? endOfComment(css, end) : end + 1;
            }
            if (end >= length) {
                return;
            }
            char sign = css.charAt(end);
            if (sign == '{') {
                String prelude = withoutComments(css.substring(at, end)).strip();
                if (isConditionalGroup(prelude)) {
                    conditions++;
                } else {
                    if (nextClose <= end) {
                        nextClose = css.indexOf('}', end);
                        nextClose = nextClose < 0 ? length : nextClose;
                    }
                    int close = nextClose;
                    int nested = css.indexOf('{', end + 1, close);
                    if (nested >= 0) {
                        // rules inside a rule: what stands before them is its own, they are met next
                        close = nested;
                        while (close > end && css.charAt(close) != ';') {
                            close--;
                        }
                        conditions++;
                    }
                    if (close > end) {
                        addRule(prelude, css.substring(end + 1, close), conditions > 0, unbound);
                        end = close;
                    }
                }
            } else if (sign == '}') {
                conditions = Math.max(0, conditions - 1);
            }
            at = end + 1;
        }
    }

    private static boolean isDelimiter(char c) {
        return c == '{' || c == '}' || c == ';';
    }

    private static int endOfComment(String css, int at) {
        int end = css.indexOf("*/", at + 2);
        return end < 0 ? css.length() : end + 2;
    }

    private static String withoutComments(String text) {
        int open = text.indexOf("/*");
        if (open < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (open >= 0) {
            out.append(text, at, open);
            at = endOfComment(text, open);
            open = text.indexOf("/*", at);
        }
        return out.append(text, at, text.length()).toString();
    }

    private static boolean isConditionalGroup(String prelude) {
        return prelude.startsWith("@media")
                || prelude.startsWith("@supports")
                || prelude.startsWith("@layer")
                || prelude.startsWith("@container")
                || prelude.startsWith("@scope");
    }

    private void addRule(String selectors, String declarations, boolean conditional, Consumer<String> unbound) {
        boolean draws = CssUrls.mayContainUrls(declarations);
        boolean lays = CssDeclarations.mayAffectText(declarations);
        if (!draws && !lays || selectors.startsWith("@")) {
            if (draws) {
                CssUrls.scan(declarations, unbound);
            }
            return;
        }
        CssDeclarations effect = lays ? CssDeclarations.of(declarations) : CssDeclarations.NONE;
        boolean bound = true;
        List<String> keys = new ArrayList<>();
        for (String selector : selectors.split(",")) {
            String compound = lastCompound(selector.strip());
            int pseudo = compound.indexOf(':');
            String plain = pseudo < 0 ? compound : compound.substring(0, pseudo);
            int mark = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf('#'));
            if (mark < 0 || plain.indexOf('[') >= 0) {
                bound = false;
                continue;
            }
            keys.add(plain.substring(mark));
            boolean single = mark == 0
                    && pseudo < 0
                    && compound.length() == selector.strip().length();
            addEffect(plain, single && !conditional, effect);
        }
        if (draws) {
            if (bound && !keys.isEmpty() && takeBackgrounds.size() + keys.size() <= MAX_SELECTORS) {
                List<String> urls = new ArrayList<>();
                CssUrls.scan(declarations, urls::add);
                keys.forEach(key -> takeBackgrounds
                        .computeIfAbsent(key, k -> new ArrayList<>())
                        .addAll(urls));
            } else {
                CssUrls.scan(declarations, unbound);
            }
        }
    }

    private void addEffect(String compound, boolean sure, CssDeclarations effect) {
        if (hiding.size() + showing.size() + reversing.size() >= MAX_SELECTORS) {
            return;
        }
        if (effect.hides() && sure) {
            hiding.add(compound);
        } else if (effect.shows()) {
            int start = 0;
            for (int i = 1; i <= compound.length(); i++) {
                if (i == compound.length() || compound.charAt(i) == '.' || compound.charAt(i) == '#') {
                    showing.add(compound.substring(start, i));
                    start = i;
                }
            }
        }
        if (effect.reverses() && sure) {
            reversing.add(compound);
        }
    }

    private static String lastCompound(String selector) {
        int at = selector.length();
        while (at > 0 && " >+~\n\t\r".indexOf(selector.charAt(at - 1)) < 0) {
            at--;
        }
        return selector.substring(at);
    }

    /** Whether style blocks hide an element of these attributes. */
    boolean hides(ElementAttributes attributes) {
        return !hiding.isEmpty() && selects(hiding, attributes, showing);
    }

    /** Whether style blocks lay out its letters from right to left, whatever they are. */
    boolean reverses(ElementAttributes attributes) {
        return !reversing.isEmpty() && selects(reversing, attributes, Set.of());
    }

    private static boolean selects(Set<String> keys, ElementAttributes attributes, Set<String> but) {
        String id = attributes.get(AttributeName.ID);
        if (!id.isEmpty() && keys.contains("#" + id) && !but.contains("#" + id)) {
            return true;
        }
        String classes = attributes.get(AttributeName.CLASS);
        int start = 0;
        while (start < classes.length()) {
            int end = endOfToken(classes, start);
            if (end > start) {
                String key = "." + classes.substring(start, end);
                if (keys.contains(key) && !but.contains(key)) {
                    return true;
                }
            }
            start = end + 1;
        }
        return false;
    }

    /** Gives the pictures that are drawn behind an element of a class list, or of an id, once. */
    void takeBackgrounds(char mark, String tokens, Consumer<String> urls) {
        if (takeBackgrounds.isEmpty()) {
            return;
        }
        int start = 0;
        while (start < tokens.length()) {
            int end = endOfToken(tokens, start);
            List<String> bound = end > start ? takeBackgrounds.remove(mark + tokens.substring(start, end)) : null;
            if (bound != null) {
                bound.forEach(urls);
            }
            start = end + 1;
        }
    }

    private static int endOfToken(String tokens, int start) {
        int end = start;
        while (end < tokens.length() && tokens.charAt(end) > ' ') {
            end++;
        }
        return end;
    }
}
