package org.markwatch.extract;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.markwatch.extract.ElementAttributes.AttributeName;

/**
 * Whether markup hides what is being read: {@code hidden}, {@code template}, templates in scripts, style attributes, style blocks, and text in
 * the colour of its background. Sheets of their own are never fetched, and {@code aria-hidden} hides nothing from the eye.
 */
final class Visibility {
    private final StyleRules rules;
    private final Deque<BackgroundColour> backgrounds = new ArrayDeque<>();
    private @Nullable Element hiddenRoot;

    Visibility(StyleRules rules) {
        this.rules = rules;
    }

    /** The colour that {@code bgcolor} gives an element. */
    private record BackgroundColour(Element element, String colour) {}

    boolean isHidden() {
        return hiddenRoot != null;
    }

    void enter(Element element, ElementType type, ElementAttributes attributes) {
        String ground = attributes.get(AttributeName.BGCOLOR);
        if (!ground.isEmpty() && takesBackgroundColour(type.name)) {
            backgrounds.addFirst(new BackgroundColour(element, CssDeclarations.colour(ground)));
        }
        if (hiddenRoot == null && hides(type, attributes)) {
            hiddenRoot = element;
        }
    }

    /** Elements that took {@code bgcolor} (HTML 4.01 section 6.5). */
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

    private boolean hides(ElementType type, ElementAttributes attributes) {
        if (type.category == ElementType.ElementCategory.TEMPLATE) {
            // A declarative shadow root is shown (HTML 4.12.3); any other template waits for a script.
            return !attributes.has(AttributeName.SHADOWROOTMODE);
        }
        if (type.category == ElementType.ElementCategory.SCRIPT
                && PageVisitor.isTemplate(
                        attributes.get(AttributeName.TYPE).strip().toLowerCase(Locale.ROOT))) {
            return true;
        }
        if (attributes.has(AttributeName.HIDDEN) || rules.hides(attributes)) {
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

    private boolean isBackgroundColour(String colour) {
        return !colour.isEmpty()
                && !backgrounds.isEmpty()
                && backgrounds.getFirst().colour().equals(CssDeclarations.colour(colour));
    }
}
