package org.markwatch.crawl;

/** What the rules see of a page; opaque here. */
public interface PageContent<R> {
    /** SHA-256 over all of it, in hex: equal content is judged equally by the same rules. */
    String sha256();

    /** A compact form, for {@link PageAnalyser#unpack}. */
    byte[] pack();

    /** Applies the rules. */
    R applyRules();
}
