package org.markwatch.extract;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;

/**
 * Attributes of one element, indexed by name. jsoup searches attributes linearly, and the extractor looks up more than
 * twenty names for each element. Reused: {@link #read} replaces the attributes.
 */
final class ElementAttributes {
    /** Attribute names that the extractor looks up; {@link #OTHER} stands for any other. */
    enum AttributeName {
        ACTION,
        ALT,
        ARIA_DESCRIPTION,
        ARIA_LABEL,
        ARIA_LABELLEDBY,
        AS,
        AUTOCOMPLETE,
        BACKGROUND,
        BGCOLOR,
        CLASS,
        COLOR,
        CONTENT,
        DATA,
        DATA_ADDRESS,
        DATA_CLIPBOARD_TEXT,
        DATA_COPY,
        DATA_WALLET,
        DATETIME,
        DIR,
        FORMACTION,
        HIDDEN,
        HREF,
        HTTP_EQUIV,
        ICON,
        ID,
        IMAGESRCSET,
        ITEMPROP,
        ITEMSCOPE,
        ITEMTYPE,
        LABEL,
        LANG,
        LOWSRC,
        MEDIA,
        METHOD,
        NAME,
        ONCLICK,
        OPEN,
        PLACEHOLDER,
        POPOVER,
        POSTER,
        PROPERTY,
        REL,
        RESOURCE,
        ROLE,
        SHADOWROOTMODE,
        SRC,
        SRCDOC,
        SRCSET,
        STYLE,
        SVGICON,
        TITLE,
        TYPE,
        TYPEOF,
        VALUE,
        XLINK_HREF("xlink:href"),
        XML_LANG("xml:lang"),
        OTHER;

        private static final Map<String, AttributeName> BY_KEY = new HashMap<>();

        static {
            for (AttributeName name : values()) {
                if (name != OTHER) {
                    BY_KEY.put(name.key, name);
                }
            }
        }

        /** Name in HTML. */
        final String key;

        AttributeName() {
            key = name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        AttributeName(String key) {
            this.key = key;
        }

        private long bit() {
            return 1L << ordinal();
        }
    }

    private static final int NAMES = AttributeName.values().length;

    private int size;
    private AttributeName[] names = new AttributeName[8];
    private String[] keys = new String[8];
    private String[] values = new String[8];
    /** Set of the names that are present: one bit for each, by ordinal. */
    private long present;
    /** Values by name. Entries of names that are not {@link #present} are left from earlier elements. */
    private final String[] byName = new String[NAMES];

    /** Replaces the attributes by those of an element. */
    void read(Element element) {
        size = 0;
        present = 0;
        if (element.attributesSize() == 0) {
            return;
        }
        for (Attribute attribute : element.attributes()) {
            add(attribute.getKey(), attribute.getValue());
        }
    }

    private void add(String key, String value) {
        if (size == keys.length) {
            names = Arrays.copyOf(names, 2 * size);
            keys = Arrays.copyOf(keys, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        AttributeName name = AttributeName.BY_KEY.getOrDefault(key, AttributeName.OTHER);
        names[size] = name;
        keys[size] = key;
        values[size++] = value;
        present |= name.bit();
        byName[name.ordinal()] = value;
    }

    int size() {
        return size;
    }

    AttributeName name(int index) {
        return names[index];
    }

    String key(int index) {
        return keys[index];
    }

    String value(int index) {
        return values[index];
    }

    /** Whether the element has no attribute other than a class, as most elements of most pages. */
    boolean hasAtMostClass() {
        return size == 0 || size == 1 && has(AttributeName.CLASS);
    }

    boolean has(AttributeName name) {
        return (present & name.bit()) != 0;
    }

    /** Returns the value of an attribute, or an empty string if it is missing. */
    String get(AttributeName name) {
        return has(name) ? byName[name.ordinal()] : "";
    }
}
