package org.markwatch.extract;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.markwatch.extract.ElementAttributes.Name;
import org.markwatch.watchlist.Field;

/**
 * Facts in the markup: microdata, RDFa properties and GoodRelations URIs. The detail of a passage is the path of property
 * names, as in JSON-LD.
 */
final class StructuredData {
    private static final String GOOD_RELATIONS = "purl.org/goodrelations";
    private static final Name[] GOOD_RELATIONS_IN = {Name.RESOURCE, Name.HREF, Name.CONTENT};
    private static final int MAX_OPEN = 8;

    private final Passages out;
    private final Deque<Item> items = new ArrayDeque<>();
    private final Deque<Property> open = new ArrayDeque<>();

    StructuredData(Passages out) {
        this.out = out;
    }

    /** An item inside a property: its own properties have the property's path in front. */
    private record Item(Element element, String path) {}

    /** A property whose value is the text of its element. */
    private record Property(Element element, String path, boolean hidden, Run run) {}

    void open(Element element, String name, ElementAttributes attributes, boolean hidden) {
        String property = attributes.get(Name.ITEMPROP);
        if (property.isEmpty()) {
            property = attributes.get(Name.PROPERTY);
            if (name.equals("meta") && property.indexOf(':') > 0 && !property.startsWith("schema:")) {
                // Open Graph
                return;
            }
        }
        if (property.isEmpty()) {
            type("", attributes.get(Name.ITEMTYPE), hidden);
            if (attributes.has(Name.REL) || attributes.has(Name.RESOURCE)) {
                goodRelations(attributes, hidden);
            }
            return;
        }
        String path = (items.isEmpty() ? "" : items.getFirst().path() + ".") + Run.collapse(property, 100);
        if (attributes.has(Name.ITEMSCOPE) || attributes.has(Name.TYPEOF)) {
            type(path + ".", attributes.get(Name.ITEMTYPE), hidden);
            if (path.length() < Passages.MAX_VALUE) {
                items.addFirst(new Item(element, path));
            }
            return;
        }
        String value = value(name, attributes);
        if (value != null) {
            out.add(Field.JSON_LD, path, value, hidden);
        } else if (open.size() < MAX_OPEN) {
            open.addFirst(new Property(element, path, hidden, new Run(Passages.MAX_VALUE)));
        }
    }

    /** The item's type as JSON-LD would name it: {@code itemtype="https://schema.org/Offer"} is an Offer. */
    private void type(String path, String itemType, boolean hidden) {
        String address = itemType.strip();
        if (!address.isEmpty() && path.length() < Passages.MAX_VALUE) {
            int name = Math.max(address.lastIndexOf('/'), address.lastIndexOf('#')) + 1;
            out.add(Field.JSON_LD, path + "@type", address.substring(name), hidden);
        }
    }

    void text(String text, boolean hidden) {
        if (open.isEmpty()) {
            return;
        }
        for (Property property : open) {
            if (property.hidden || !hidden) {
                property.run.append(text);
            }
        }
    }

    void separate(Layout layout) {
        if (layout != Layout.INLINE && !open.isEmpty()) {
            for (Property property : open) {
                property.run.space();
            }
        }
    }

    void close(Element element) {
        if (!items.isEmpty() && items.getFirst().element() == element) {
            items.removeFirst();
        }
        if (!open.isEmpty() && open.getFirst().element() == element) {
            Property property = open.removeFirst();
            out.add(Field.JSON_LD, property.path, property.run.toString(), property.hidden);
        }
    }

    /** HTML 5.2.4, and RDFa's {@code content} and {@code resource}; null if the text is the value. */
    private static @Nullable String value(String name, ElementAttributes attributes) {
        if (attributes.has(Name.CONTENT)) {
            return attributes.get(Name.CONTENT);
        }
        if (attributes.has(Name.RESOURCE)) {
            return attributes.get(Name.RESOURCE);
        }
        return switch (name) {
            case "a", "area", "link" -> attributes.get(Name.HREF);
            case "img", "audio", "video", "source", "track", "iframe", "embed", "object" -> "";
            case "data", "meter" -> attributes.get(Name.VALUE);
            case "time" -> attributes.has(Name.DATETIME) ? attributes.get(Name.DATETIME) : null;
            case "meta" -> "";
            default -> null;
        };
    }

    private void goodRelations(ElementAttributes attributes, boolean hidden) {
        for (Name key : GOOD_RELATIONS_IN) {
            String value = attributes.get(key);
            if (value.contains(GOOD_RELATIONS)) {
                String rel = attributes.get(Name.REL);
                out.add(Field.JSON_LD, rel.isEmpty() ? "goodrelations" : rel, value, hidden);
            }
        }
    }
}
