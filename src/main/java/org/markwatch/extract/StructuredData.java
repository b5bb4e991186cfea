package org.markwatch.extract;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.markwatch.extract.ElementAttributes.AttributeName;
import org.markwatch.watchlist.Field;

/**
 * Collects structured data from attributes: microdata, RDFa properties and GoodRelations URIs. The detail of a passage
 * is the path of property names, as in {@link JsonLd}.
 */
final class StructuredData {
    private static final String GOOD_RELATIONS = "purl.org/goodrelations";
    private static final AttributeName[] GOOD_RELATIONS_ATTRIBUTES = {
        AttributeName.RESOURCE, AttributeName.HREF, AttributeName.CONTENT
    };
    private static final int MAX_OPEN_PROPERTIES = 8;

    private final PassageCollector out;
    private final Deque<ItemScope> openItems = new ArrayDeque<>();
    private final Deque<OpenProperty> openProperties = new ArrayDeque<>();

    StructuredData(PassageCollector out) {
        this.out = out;
    }

    /** An open element that holds an item. The paths of its properties start with {@code path}. */
    private record ItemScope(Element element, String path) {}

    /** A property whose value is the text of its element. */
    private record OpenProperty(Element element, String path, boolean hidden, CollapsedText content) {}

    void enter(Element element, String name, ElementAttributes attributes, boolean hidden) {
        String property = attributes.get(AttributeName.ITEMPROP);
        if (property.isEmpty()) {
            property = attributes.get(AttributeName.PROPERTY);
            if (name.equals("meta") && property.indexOf(':') > 0 && !property.startsWith("schema:")) {
                // Open Graph; see Metadata
                return;
            }
        }
        if (property.isEmpty()) {
            addType("", attributes.get(AttributeName.ITEMTYPE), hidden);
            if (attributes.has(AttributeName.REL) || attributes.has(AttributeName.RESOURCE)) {
                addGoodRelations(attributes, hidden);
            }
            return;
        }
        String path =
                (openItems.isEmpty() ? "" : openItems.getFirst().path() + ".") + CollapsedText.collapse(property, 100);
        if (attributes.has(AttributeName.ITEMSCOPE) || attributes.has(AttributeName.TYPEOF)) {
            addType(path + ".", attributes.get(AttributeName.ITEMTYPE), hidden);
            if (path.length() < PassageCollector.MAX_VALUE_LENGTH) {
                openItems.addFirst(new ItemScope(element, path));
            }
            return;
        }
        String value = value(name, attributes);
        if (value != null) {
            out.add(Field.JSON_LD, path, value, hidden);
        } else if (openProperties.size() < MAX_OPEN_PROPERTIES) {
            openProperties.addFirst(
                    new OpenProperty(element, path, hidden, new CollapsedText(PassageCollector.MAX_VALUE_LENGTH)));
        }
    }

    /**
     * Adds the type of an item as in JSON-LD: {@code itemtype="https://schema.org/Offer"} yields {@code @type} Offer.
     */
    private void addType(String path, String itemType, boolean hidden) {
        String address = itemType.strip();
        if (!address.isEmpty() && path.length() < PassageCollector.MAX_VALUE_LENGTH) {
            int name = Math.max(address.lastIndexOf('/'), address.lastIndexOf('#')) + 1;
            out.add(Field.JSON_LD, path + "@type", address.substring(name), hidden);
        }
    }

    /** Appends text to the properties that are open. Hidden text belongs to hidden properties only. */
    void append(String text, boolean hidden) {
        if (openProperties.isEmpty()) {
            return;
        }
        for (OpenProperty property : openProperties) {
            if (property.hidden || !hidden) {
                property.content.append(text);
            }
        }
    }

    /** Separates the text before and after the start or end of an element. */
    void addSpaceAround(Layout layout) {
        if (layout != Layout.INLINE && !openProperties.isEmpty()) {
            for (OpenProperty property : openProperties) {
                property.content.addSpace();
            }
        }
    }

    void leave(Element element) {
        if (!openItems.isEmpty() && openItems.getFirst().element() == element) {
            openItems.removeFirst();
        }
        if (!openProperties.isEmpty() && openProperties.getFirst().element() == element) {
            OpenProperty property = openProperties.removeFirst();
            out.add(Field.JSON_LD, property.path, property.content.toString(), property.hidden);
        }
    }

    /**
     * Returns the value of a property by its attributes (HTML section 5.2.4; RDFa {@code content} and
     * {@code resource}), or null if the value is the text of the element.
     */
    private static @Nullable String value(String name, ElementAttributes attributes) {
        if (attributes.has(AttributeName.CONTENT)) {
            return attributes.get(AttributeName.CONTENT);
        }
        if (attributes.has(AttributeName.RESOURCE)) {
            return attributes.get(AttributeName.RESOURCE);
        }
        return switch (name) {
            case "a", "area", "link" -> attributes.get(AttributeName.HREF);
            case "img", "audio", "video", "source", "track", "iframe", "embed", "object" -> "";
            case "data", "meter" -> attributes.get(AttributeName.VALUE);
            case "time" -> attributes.has(AttributeName.DATETIME) ? attributes.get(AttributeName.DATETIME) : null;
            case "meta" -> "";
            default -> null;
        };
    }

    private void addGoodRelations(ElementAttributes attributes, boolean hidden) {
        for (AttributeName key : GOOD_RELATIONS_ATTRIBUTES) {
            String value = attributes.get(key);
            if (value.contains(GOOD_RELATIONS)) {
                String rel = attributes.get(AttributeName.REL);
                out.add(Field.JSON_LD, rel.isEmpty() ? "goodrelations" : rel, value, hidden);
            }
        }
    }
}
