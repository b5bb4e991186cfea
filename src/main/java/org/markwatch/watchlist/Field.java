package org.markwatch.watchlist;

/** The parts of a page that text is read from; an indicator's scope names some of them. */
public enum Field {
    /** The {@code title} element. */
    TITLE,
    /** {@code h1} to {@code h6}. */
    HEADING,
    /** Body text, one passage a block. */
    TEXT,
    /** The text of links and buttons. */
    LINK,
    /** {@code meta} description, keywords, application-name, author. */
    META,
    /** Open Graph and Twitter card properties. */
    OPEN_GRAPH,
    /** String values of JSON-LD and microdata. */
    JSON_LD,
    /** References to pictures: alt, title, aria-label, file name, class, sprite and symbol names. Never the picture. */
    IMAGE,
    /** Form action hosts, and names, labels and placeholders of inputs. */
    FORM,
    /** Hosts and paths of scripts, frames and preconnects. */
    SCRIPT,
    /** The page's own host and path. */
    URL,
    /** What the answer said before the page: names of the cookies it set (never their values), and of its software. */
    HEADER
}
