package org.markwatch.extract;

import java.util.Locale;
import org.markwatch.extract.ElementAttributes.AttributeName;
import org.markwatch.watchlist.Field;

/** Passages of links, scripts and frames: their addresses and labels. */
final class LinkPassages {
    private static final AttributeName[] CLIPBOARD_ATTRIBUTES = {
        AttributeName.DATA_CLIPBOARD_TEXT,
        AttributeName.DATA_COPY,
        AttributeName.DATA_ADDRESS,
        AttributeName.DATA_WALLET
    };
    private static final AttributeName[] LABEL_ATTRIBUTES = {
        AttributeName.ARIA_LABEL, AttributeName.ARIA_DESCRIPTION, AttributeName.TITLE
    };

    private final PassageCollector out;
    private final PageReferences references;

    LinkPassages(PassageCollector out, PageReferences references) {
        this.out = out;
        this.references = references;
    }

    /**
     * Adds the title and label of a link. In a link without text they describe its image.
     *
     * @param text the words of the link; may be empty
     */
    void addLabels(ElementAttributes attributes, String text, boolean hidden) {
        Field field = text.isEmpty() ? Field.IMAGE : Field.LINK;
        for (AttributeName name : LABEL_ATTRIBUTES) {
            String label = attributes.get(name);
            if (!label.isEmpty() && !label.equals(text)) {
                out.addOnce(field, name.key, label, hidden);
            }
        }
    }

    /** Adds the address of a link to elsewhere, or of another scheme. */
    void addAnchor(String name, ElementAttributes attributes, boolean hidden) {
        String href = attributes.get(AttributeName.HREF);
        if (href.isEmpty()) {
            return;
        }
        references.addLink(href, name, attributes.get(AttributeName.REL).toLowerCase(Locale.ROOT));
        if (references.hasNoSchemeOrHost(href)) {
            return;
        }
        String url = references.foreignHost(href) == null ? otherSchemeUrl(href) : references.hostAndPath(href);
        if (url != null && !url.isEmpty()) {
            out.addOnce(Field.LINK, "href", url, hidden);
        }
    }

    /**
     * Returns a URL whose scheme may name a payment or contact method ({@code bitcoin:}, {@code upi:},
     * {@code mailto:}), or an empty string for any other reference.
     */
    private static String otherSchemeUrl(String href) {
        String ref = UrlReference.clean(href);
        if (ref == null) {
            return "";
        }
        return switch (UrlReference.scheme(ref)) {
            case "", "http", "https", "javascript", "data", "blob", "about" -> "";
            default -> ref;
        };
    }

    /** Adds what a button copies to the clipboard; the page does not always show it. */
    void addClipboardValues(ElementAttributes attributes, boolean hidden) {
        for (AttributeName name : CLIPBOARD_ATTRIBUTES) {
            if (attributes.has(name)) {
                out.addOnce(Field.LINK, name.key, attributes.get(name), hidden);
            }
        }
    }

    /** Adds the host and path of a script or frame. */
    void addScriptUrl(String detail, String ref, boolean hidden) {
        String url = references.hostAndPath(ref);
        if (url != null && !url.isEmpty()) {
            out.addOnce(Field.SCRIPT, detail, url, hidden);
        }
    }
}
