package org.markwatch.crawl;

/**
 * The content of a page that the rules are applied to; opaque to this package.
 *
 * @param <R> result of the rules
 */
public interface PageContent<R> {
    /** Returns the hex SHA-256 of the whole content: the same rules give the same result for equal content. */
    String sha256();

    /** Returns a compact form for {@link PageAnalyser#unpack}. */
    byte[] pack();

    /** Applies the rules and returns their result. */
    R applyRules();
}
