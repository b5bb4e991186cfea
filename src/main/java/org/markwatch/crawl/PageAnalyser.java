package org.markwatch.crawl;

import java.util.UUID;

/**
 * Analyses a page: extracts its links and its content for the rules. Implementations are thread-safe.
 *
 * @param <R> result of the rules
 */
public interface PageAnalyser<R> {
    /**
     * Analyses a fetched page, without any request.
     *
     * @return the analysis; for a page that cannot be parsed one without links, not an exception
     */
    PageAnalysis<R> analyse(Capture capture);

    /**
     * Restores the content of a page that an earlier run stored.
     *
     * @param packed bytes that {@link PageContent#pack} returned
     */
    PageContent<R> unpack(byte[] packed);

    /** Returns the version of the extraction: content stored under another version may lack what is extracted now. */
    UUID extractorVersion();

    /**
     * Returns the version of everything that determines the result except the page: the rules and the program. Under
     * the same version, equal content gives an equal result.
     */
    UUID rulesVersion();
}
