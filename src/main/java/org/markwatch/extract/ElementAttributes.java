package org.markwatch.extract;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;

/**
 * What an element's attributes say, read in one go: jsoup looks for each name from the first attribute on, and an element is asked
 * for more than twenty. Filled again for the next element.
 */
final class ElementAttributes {
    /** The names that an element is asked for. */
    enum AttributeName {
        ACTION,
        ALT,
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
        LANG,
        LOWSRC,
        METHOD,
        NAME,
        ONCLICK,
        PLACEHOLDER,
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

        /** As HTML writes it. */
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
    /** A bit for each of {@link #names}. */
    private long present;
    /** Values by name; only those {@link #present} are this element's. */
    private final String[] byName = new String[NAMES];

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

    /** Whether it has no attributes but a class, like most elements of most pages. */
    boolean hasAtMostClass() {
        return size == 0 || size == 1 && has(AttributeName.CLASS);
    }

    boolean has(AttributeName name) {
        return (present & name.bit()) != 0;
    }

    /** Its value, empty for an attribute that is not there. */
    String get(AttributeName name) {
        return has(name) ? byName[name.ordinal()] : "";
    }
}
