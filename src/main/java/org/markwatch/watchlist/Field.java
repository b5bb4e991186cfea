package org.markwatch.watchlist;

/** The fields of a page that text is extracted from. An indicator's scope is a set of fields. */
public enum Field {
    /** The {@code title} element. */
    TITLE,
    /** {@code h1} to {@code h6}. */
    HEADING,
    /** Body text; one passage for each block element. */
    TEXT,
    /** The text of links and buttons. */
    LINK,
    /** {@code meta} description, keywords, application-name, author. */
    META,
    /** Open Graph and Twitter card properties. */
    OPEN_GRAPH,
    /** String values of JSON-LD and microdata. */
    JSON_LD,
    /**
     * References to images: alt, title, aria-label, file name, class, sprite and symbol names. Never an image itself.
     */
    IMAGE,
    /** Form action hosts, and names, labels and placeholders of inputs. */
    FORM,
    /** Hosts and paths of scripts, frames and preconnects. */
    SCRIPT,
    /**
     * Prose in the data that a page holds for its scripts: JSON blocks, object literals of inline scripts, and JSON in
     * attributes. Holds only what the markup of the page does not say.
     */
    SCRIPT_DATA,
    /** The page's own host and path. */
    URL,
    /** Response headers: names of cookies (never their values) and of the server software. */
    HEADER;

    /**
     * Returns whether the field holds running text of the page: {@link #TEXT}, or {@link #SCRIPT_DATA}, which scripts
     * show as text.
     */
    public boolean isRunningText() {
        return this == TEXT || this == SCRIPT_DATA;
    }

    /** Returns whether the field holds words for people, unlike references and what the page says of itself to machines. */
    public boolean holdsWords() {
        return switch (this) {
            case TITLE, HEADING, TEXT, LINK, META, OPEN_GRAPH, JSON_LD, FORM, SCRIPT_DATA -> true;
            case IMAGE, SCRIPT, URL, HEADER -> false;
        };
    }
}
