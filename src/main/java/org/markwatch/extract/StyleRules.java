package org.markwatch.extract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jspecify.annotations.Nullable;
import org.markwatch.extract.ElementAttributes.AttributeName;

/**
 * Rules of the style blocks of a page: which elements are hidden or forced right to left, and which have a background
 * image.
 *
 * <p>This is no complete style engine. A rule hides elements only if it is outside a group of rules such as
 * {@code @media} and its selector is a {@link StyleSelector}. If another rule displays a class or id, for example in a
 * narrow window or with an additional class, it counts as visible; by a selector that is not one class or one id, nothing
 * is hidden that has such a class or id. A background image is assigned by the last class or id of its selector. Takes time
 * linear in the length of the block. The number of selectors is limited.
 */
final class StyleRules {
    private static final int MAX_SELECTORS = 20_000;
    /** Selectors of one class, id or element name that are tried at each of its elements. */
    private static final int MAX_SELECTORS_OF_KEY = 16;
    /** Selectors that are tried on one page; by more, nothing is hidden. */
    private static final int MAX_SELECTORS_TRIED = 100_000;

    private final Set<String> hiding = new HashSet<>();
    private final Set<String> showing = new HashSet<>();
    /** What is faint or scaled to nothing, and what is not. */
    private final Set<String> fading = new HashSet<>();

    private final Set<String> appearing = new HashSet<>();
    private final Set<String> reversing = new HashSet<>();
    /** Selectors of more than one class or id that hide, by {@link StyleSelector.Compound#key}. */
    private final Map<String, List<StyleSelector>> selectors = new HashMap<>();

    private final Map<String, List<String>> backgrounds = new HashMap<>();
    private int selectorsTried;
    /** Whether an element may be hidden by an attribute that it has. */
    private boolean attributesSelect;

    /** Parses the style blocks of the body: they apply to what stands before them too. */
    void readAhead(Element root) {
        for (Node node = root; node != null; node = next(node, root)) {
            if (node instanceof Element style && style.nameIs("style") && !isInHead(style) && isApplied(style)) {
                parse(style.data(), true, url -> {});
            }
        }
    }

    /** Returns the node after another in the tree below {@code root}, or null. A stream of nodes takes longer. */
    private static @Nullable Node next(Node node, Node root) {
        Node next = node.firstChild();
        for (Node at = node; next == null && at != root && at != null; at = at.parent()) {
            next = at.nextSibling();
        }
        return next;
    }

    /** Whether a style block that applies is not one that {@link #readAhead} parses. */
    static boolean isInHead(Element style) {
        return style.parent() != null && style.parent().normalName().equals("head");
    }

    /** Whether browsers display the page on a screen by a style block. */
    static boolean isApplied(Element style) {
        String type = style.attr("type").strip();
        if (!type.isEmpty() && !type.equalsIgnoreCase("text/css")) {
            return false;
        }
        for (Element parent = style.parent(); parent != null; parent = parent.parent()) {
            if (parent.normalName().equals("template") || parent.normalName().equals("noscript")) {
                return false;
            }
        }
        return StyleGroups.isOfScreen(style.attr("media"));
    }

    /**
     * Parses a style block.
     *
     * @param applies whether the page is displayed by it; if not, it hides nothing
     * @param unbound receives the image references of rules whose selectors have no class or id
     */
    void parse(String css, boolean applies, Consumer<String> unbound) {
        int length = css.length();
        int at = 0;
        StyleGroups groups = new StyleGroups(applies);
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
            char delimiter = css.charAt(end);
            if (delimiter == '{') {
                String prelude = CssText.plain(css.substring(at, end)).strip();
                if (StyleGroups.isGroup(prelude)) {
                    groups.open(prelude);
                } else {
                    if (nextClose <= end) {
                        nextClose = css.indexOf('}', end);
                        nextClose = nextClose < 0 ? length : nextClose;
                    }
                    int close = nextClose;
                    int nested = css.indexOf('{', end + 1, close);
                    if (nested >= 0) {
                        // Nested rules: the declarations before them belong to the outer rule; the nested rules are
                        // parsed next.
                        close = nested;
                        while (close > end && css.charAt(close) != ';') {
                            close--;
                        }
                        groups.openRule();
                    }
                    if (close > end) {
                        addRule(prelude, css.substring(end + 1, close), groups.areConditional(), unbound);
                        end = close;
                    }
                }
            } else if (delimiter == '}') {
                groups.close();
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

    private void addRule(String selectors, String declarations, boolean conditional, Consumer<String> unbound) {
        boolean hasImages = CssUrls.mayContainUrls(declarations);
        boolean hasEffect = CssDeclarations.mayAffectText(declarations);
        if (!hasImages && !hasEffect || selectors.startsWith("@")) {
            if (hasImages) {
                CssUrls.scan(declarations, unbound);
            }
            return;
        }
        CssDeclarations effect = hasEffect ? CssDeclarations.of(declarations) : CssDeclarations.NONE;
        boolean bound = true;
        List<String> keys = new ArrayList<>();
        for (String selector : selectors.split(",")) {
            String compound = lastCompound(selector.strip());
            int pseudo = compound.indexOf(':');
            String plain = pseudo < 0 ? compound : compound.substring(0, pseudo);
            int mark = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf('#'));
            if (effect.hides()
                    && !conditional
                    && (mark != 0 || compound.length() < selector.strip().length())) {
                addSelector(selector.strip());
            }
            if (mark < 0 || plain.indexOf('[') >= 0) {
                if (effect.shows() && pseudo < 0) {
                    show(plain);
                }
                bound = false;
                continue;
            }
            keys.add(plain.substring(mark));
            boolean single = mark == 0
                    && pseudo < 0
                    && compound.length() == selector.strip().length();
            addEffect(plain, single && !conditional, effect);
        }
        if (hasImages) {
            if (bound && !keys.isEmpty() && backgrounds.size() + keys.size() <= MAX_SELECTORS) {
                List<String> urls = new ArrayList<>();
                CssUrls.scan(declarations, urls::add);
                keys.forEach(key ->
                        backgrounds.computeIfAbsent(key, k -> new ArrayList<>()).addAll(urls));
            } else {
                CssUrls.scan(declarations, unbound);
            }
        }
    }

    private void addSelector(String text) {
        StyleSelector selector = StyleSelector.of(text);
        if (selector != null && !isFull() && !isWholePage(selector)) {
            List<StyleSelector> same = selectors.computeIfAbsent(selector.last().key(), key -> new ArrayList<>());
            if (same.size() < MAX_SELECTORS_OF_KEY && !same.contains(selector)) {
                same.add(selector);
                attributesSelect |= selector.last().key().startsWith("[");
            }
        }
    }

    /** Whether it selects the page itself, which only a script that shows it again has reason to hide. */
    private static boolean isWholePage(StyleSelector selector) {
        String type = selector.last().type();
        return type.equals("html")
                || type.equals("body")
                || selector.compounds().size() == 1 && selector.isAny();
    }

    private void addEffect(String compound, boolean unconditional, CssDeclarations effect) {
        if (isFull()) {
            return;
        }
        if (effect.hides() && unconditional) {
            hiding.add(compound);
        } else if (effect.shows()) {
            forEachMark(compound, this::show);
        }
        if (effect.isTransparent() && !effect.moves() && unconditional) {
            fading.add(compound);
        } else if (effect.appears()) {
            forEachMark(compound, appearing::add);
        }
        if (effect.reverses() && unconditional) {
            reversing.add(compound);
        }
    }

    private static void forEachMark(String compound, Consumer<String> each) {
        int start = 0;
        for (int i = 1; i <= compound.length(); i++) {
            if (i == compound.length() || compound.charAt(i) == '.' || compound.charAt(i) == '#') {
                each.accept(compound.substring(start, i));
                start = i;
            }
        }
    }

    private void show(String key) {
        if (!isFull()) {
            showing.add(key);
        }
    }

    private boolean isFull() {
        return hiding.size() + showing.size() + fading.size() + appearing.size() + reversing.size() + selectors.size()
                >= MAX_SELECTORS;
    }

    private static String lastCompound(String selector) {
        int at = selector.length();
        while (at > 0 && " >+~\n\t\r".indexOf(selector.charAt(at - 1)) < 0) {
            at--;
        }
        return selector.substring(at);
    }

    /** Whether the style blocks parsed so far hide an element with these attributes. */
    boolean hides(Element element, ElementAttributes attributes) {
        return !hiding.isEmpty() && selects(hiding, attributes, showing)
                || !fading.isEmpty() && selects(fading, attributes, appearing)
                || !selectors.isEmpty() && isSelected(element, attributes);
    }

    /** Whether they display the elements of a name. */
    boolean shows(String type) {
        return showing.contains(type);
    }

    private boolean isSelected(Element element, ElementAttributes attributes) {
        List<String> keys = new ArrayList<>();
        String id = attributes.get(AttributeName.ID);
        if (!id.isEmpty()) {
            keys.add("#" + id);
        }
        forEachToken(attributes.get(AttributeName.CLASS), name -> keys.add("." + name));
        if (keys.stream().anyMatch(showing::contains)) {
            return false;
        }
        boolean typeIsShown = showing.contains(element.normalName());
        keys.add(element.normalName());
        keys.add(StyleSelector.ANY);
        if (attributesSelect) {
            element.attributes().forEach(attribute -> keys.add("[" + attribute.getKey()));
        }
        for (String key : keys) {
            for (StyleSelector selector : selectors.getOrDefault(key, List.of())) {
                if (!(typeIsShown && selector.isType())
                        && selectorsTried++ < MAX_SELECTORS_TRIED
                        && selector.matches(element)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the style blocks parsed so far force the text of an element with these attributes right to left. */
    boolean reverses(ElementAttributes attributes) {
        return !reversing.isEmpty() && selects(reversing, attributes, Set.of());
    }

    private static boolean selects(Set<String> keys, ElementAttributes attributes, Set<String> except) {
        String id = attributes.get(AttributeName.ID);
        if (!id.isEmpty() && keys.contains("#" + id) && !except.contains("#" + id)) {
            return true;
        }
        boolean[] selected = {false};
        forEachToken(attributes.get(AttributeName.CLASS), name -> {
            String key = "." + name;
            selected[0] |= keys.contains(key) && !except.contains(key);
        });
        return selected[0];
    }

    /**
     * Passes on the background images of classes or of an id, and removes them so that each is passed on once.
     *
     * @param mark   {@code .} for classes or {@code #} for an id
     * @param tokens value of the attribute
     * @param urls   receives the references
     */
    void takeBackgrounds(char mark, String tokens, Consumer<String> urls) {
        if (backgrounds.isEmpty()) {
            return;
        }
        forEachToken(tokens, name -> {
            List<String> bound = backgrounds.remove(mark + name);
            if (bound != null) {
                bound.forEach(urls);
            }
        });
    }

    private static void forEachToken(String tokens, Consumer<String> each) {
        int start = 0;
        while (start < tokens.length()) {
            int end = start;
            while (end < tokens.length() && tokens.charAt(end) > ' ') {
                end++;
            }
            if (end > start) {
                each.accept(tokens.substring(start, end));
            }
            start = end + 1;
        }
    }
}
