package org.markwatch.extract;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.markwatch.extract.ElementAttributes.AttributeName;

/**
 * Tracks whether the current element is hidden from a visitor: by {@code hidden}, {@code template}, a template in a
 * script, a dialog that is not open, a style attribute, a style block, or text in the colour of its background.
 *
 * <p>External style sheets are never fetched. {@code aria-hidden} is ignored, because it does not change what is
 * visible.
 */
final class Visibility {
    private final StyleRules rules;
    private final Deque<BackgroundColour> backgrounds = new ArrayDeque<>();
    private final boolean byStyle;
    private @Nullable Element hiddenRoot;
    /** Letters and digits of text that is displayed, and of text that attributes and styles hide; counted up to a few. */
    private int shownLetters;

    private int hiddenLetters;

    /** @param byStyle whether attributes and styles hide an element; if not, only what is never displayed is hidden */
    Visibility(StyleRules rules, boolean byStyle) {
        this.rules = rules;
        this.byStyle = byStyle;
    }

    /** Background colour of an element by its {@code bgcolor} attribute. */
    private record BackgroundColour(Element element, String colour) {}

    /** Whether the current element or one of its ancestors is hidden. */
    boolean isHidden() {
        return hiddenRoot != null;
    }

    /** Takes text of the current element. */
    void read(String text) {
        if (hiddenRoot == null) {
            shownLetters += shownLetters == 0 ? ShellDetector.letters(text) : 0;
        } else if (!isNeverDisplayed(hiddenRoot.normalName())
                && !hiddenRoot.normalName().equals("template")) {
            hiddenLetters += hiddenLetters < ShellDetector.MIN_LETTERS ? ShellDetector.letters(text) : 0;
        }
    }

    /**
     * Whether attributes and styles hide all text that was read. Nobody serves such a page: a script, or a style that is
     * not read, shows it.
     */
    boolean isHiddenAsWhole() {
        return shownLetters == 0 && hiddenLetters >= ShellDetector.MIN_LETTERS;
    }

    /** Whether the current text is displayed where scripts are switched off. */
    boolean isInNoscript() {
        return hiddenRoot != null && hiddenRoot.normalName().equals("noscript");
    }

    void enter(Element element, ElementType type, ElementAttributes attributes) {
        String background = attributes.get(AttributeName.BGCOLOR);
        if (!background.isEmpty() && takesBackgroundColour(type.name)) {
            backgrounds.addFirst(new BackgroundColour(element, CssColours.of(background)));
        }
        if (hiddenRoot == null && hides(element, type, attributes)) {
            hiddenRoot = element;
        }
    }

    /** Whether an element has a {@code bgcolor} attribute in HTML 4.01 (section 15.1.1). */
    private static boolean takesBackgroundColour(String name) {
        return switch (name) {
            case "body", "table", "tr", "td", "th" -> true;
            default -> false;
        };
    }

    void leave(Element element) {
        if (element == hiddenRoot) {
            hiddenRoot = null;
        }
        if (!backgrounds.isEmpty() && backgrounds.getFirst().element() == element) {
            backgrounds.removeFirst();
        }
    }

    /**
     * Whether the text of an element is forced right to left (HTML section 4.5.25; CSS Writing Modes 4 section 2.2).
     */
    boolean isReversed(ElementType type, ElementAttributes attributes) {
        String style = attributes.get(AttributeName.STYLE);
        return type.name.equals("bdo") && attributes.get(AttributeName.DIR).equalsIgnoreCase("rtl")
                || rules.reverses(attributes)
                || style.contains("bidi-override") && CssDeclarations.of(style).reverses();
    }

    private boolean hides(Element element, ElementType type, ElementAttributes attributes) {
        if (type.category == ElementType.ElementCategory.TEMPLATE) {
            // A declarative shadow root is displayed (HTML section 4.12.3). Any other template is displayed by scripts
            // only.
            return !attributes.has(AttributeName.SHADOWROOTMODE);
        }
        if (isNeverDisplayed(type.name)
                || element.parent() != null && element.parent().nameIs("video")) {
            return true;
        }
        if (type.name.equals("dialog") && !attributes.has(AttributeName.OPEN) && !rules.shows("dialog")) {
            return true;
        }
        if (type.category == ElementType.ElementCategory.SCRIPT
                && ScriptType.isTemplate(
                        attributes.get(AttributeName.TYPE).strip().toLowerCase(Locale.ROOT))) {
            return true;
        }
        return byStyle && hidesByStyle(element, type, attributes);
    }

    private boolean hidesByStyle(Element element, ElementType type, ElementAttributes attributes) {
        if (attributes.has(AttributeName.HIDDEN) || isOfNoSize(element, type) || rules.hides(element, attributes)) {
            return true;
        }
        CssDeclarations own = CssDeclarations.NONE;
        String style = attributes.get(AttributeName.STYLE);
        if (!style.isEmpty() && CssDeclarations.mayAffectText(style)) {
            own = CssDeclarations.of(style);
            if (own.hides() || own.isTransparent()) {
                return true;
            }
        }
        if (attributes.has(AttributeName.POPOVER) && !own.shows()) {
            return true;
        }
        return type.name.equals("font") && isBackgroundColour(attributes.get(AttributeName.COLOR));
    }

    /**
     * Whether browsers do not display the text of an element in its place: {@code noscript} only where scripts are switched
     * off, what was for browsers without frames, plug-ins or media nowhere (HTML sections 16.2 and 15.3.1), what completes an
     * input on demand, what a gauge or a formula says in words, and the reading of a ruby text above the word that it would otherwise split.
     */
    private static boolean isNeverDisplayed(String name) {
        return switch (name) {
            case "noscript", "noembed", "noframes", "audio", "canvas", "datalist", "meter", "progress" -> true;
            case "rt", "rp", "annotation", "annotation-xml" -> true;
            default -> false;
        };
    }

    /** Whether attributes give a frame or a drawing no size. */
    private static boolean isOfNoSize(Element element, ElementType type) {
        return switch (type.name) {
            case "iframe", "svg", "object" -> isNothing(element.attr("width")) || isNothing(element.attr("height"));
            default -> false;
        };
    }

    private static boolean isNothing(String length) {
        return length.equals("0") || length.equals("1") || length.equals("0px");
    }

    private boolean isBackgroundColour(String colour) {
        return !colour.isEmpty()
                && !backgrounds.isEmpty()
                && CssColours.areAlike(
                        CssColours.of(colour), backgrounds.getFirst().colour());
    }
}
