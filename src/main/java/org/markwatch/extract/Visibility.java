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
    private @Nullable Element hiddenRoot;

    Visibility(StyleRules rules) {
        this.rules = rules;
    }

    /** Background colour of an element by its {@code bgcolor} attribute. */
    private record BackgroundColour(Element element, String colour) {}

    /** Whether the current element or one of its ancestors is hidden. */
    boolean isHidden() {
        return hiddenRoot != null;
    }

    /** Whether the current text is displayed where scripts are switched off. */
    boolean isInNoscript() {
        return hiddenRoot != null && hiddenRoot.normalName().equals("noscript");
    }

    void enter(Element element, ElementType type, ElementAttributes attributes) {
        String background = attributes.get(AttributeName.BGCOLOR);
        if (!background.isEmpty() && takesBackgroundColour(type.name)) {
            backgrounds.addFirst(new BackgroundColour(element, CssDeclarations.colour(background)));
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
        if (isNeverDisplayed(type.name)) {
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
        if (attributes.has(AttributeName.HIDDEN) || rules.hides(element, attributes)) {
            return true;
        }
        String style = attributes.get(AttributeName.STYLE);
        if (!style.isEmpty() && CssDeclarations.mayAffectText(style)) {
            CssDeclarations own = CssDeclarations.of(style);
            if (own.hides() || own.isTransparent()) {
                return true;
            }
        }
        return type.name.equals("font") && isBackgroundColour(attributes.get(AttributeName.COLOR));
    }

    /**
     * Whether browsers do not display the text of an element in its place: {@code noscript} only where scripts are switched
     * off, what was for browsers without frames or plug-ins nowhere (HTML sections 16.2 and 15.3.1), and the reading of a
     * ruby text above the word that it would otherwise split.
     */
    private static boolean isNeverDisplayed(String name) {
        return switch (name) {
            case "noscript", "noembed", "noframes", "rt", "rp" -> true;
            default -> false;
        };
    }

    private boolean isBackgroundColour(String colour) {
        return !colour.isEmpty()
                && !backgrounds.isEmpty()
                && backgrounds.getFirst().colour().equals(CssDeclarations.colour(colour));
    }
}
