package org.markwatch.extract;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.markwatch.extract.ElementAttributes.Name;

/**
 * Whether markup hides what is being read: {@code hidden}, {@code template}, templates in scripts, style attributes, style blocks, and text in
 * the colour of its background. Sheets of their own are never fetched, and {@code aria-hidden} hides nothing from the eye.
 */
final class Visibility {
    private final StyleRules rules;
    private final Deque<Ground> grounds = new ArrayDeque<>();
    private @Nullable Element root;

    Visibility(StyleRules rules) {
        this.rules = rules;
    }

    /** The colour that {@code bgcolor} gives an element. */
    private record Ground(Element element, String colour) {}

    boolean hidden() {
        return root != null;
    }

    void open(Element element, ElementType type, ElementAttributes attributes) {
        String ground = attributes.get(Name.BGCOLOR);
        if (!ground.isEmpty() && hasGround(type.name)) {
            grounds.addFirst(new Ground(element, Declarations.colour(ground)));
        }
        if (root == null && hides(type, attributes)) {
            root = element;
        }
    }

    /** Elements that took {@code bgcolor} (HTML 4.01 section 6.5). */
    private static boolean hasGround(String name) {
        return switch (name) {
            case "body", "table", "tr", "td", "th" -> true;
            default -> false;
        };
    }

    void close(Element element) {
        if (element == root) {
            root = null;
        }
        if (!grounds.isEmpty() && grounds.getFirst().element() == element) {
            grounds.removeFirst();
        }
    }

    private boolean hides(ElementType type, ElementAttributes attributes) {
        if (type.part == ElementType.Part.TEMPLATE) {
            // A declarative shadow root is shown (HTML 4.12.3); any other template waits for a script.
            return !attributes.has(Name.SHADOWROOTMODE);
        }
        if (type.part == ElementType.Part.SCRIPT
                && PageVisitor.isTemplate(attributes.get(Name.TYPE).strip().toLowerCase(Locale.ROOT))) {
            return true;
        }
        if (attributes.has(Name.HIDDEN) || rules.hides(attributes)) {
            return true;
        }
        String style = attributes.get(Name.STYLE);
        if (!style.isEmpty() && Declarations.mayLayOut(style)) {
            Declarations own = Declarations.of(style);
            if (own.hides() || own.fades()) {
                return true;
            }
        }
        return type.name.equals("font") && isColourOfGround(attributes.get(Name.COLOR));
    }

    private boolean isColourOfGround(String colour) {
        return !colour.isEmpty()
                && !grounds.isEmpty()
                && grounds.getFirst().colour().equals(Declarations.colour(colour));
    }
}
