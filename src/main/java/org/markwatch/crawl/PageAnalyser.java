package org.markwatch.crawl;

import java.util.UUID;

/** Reads a page once, for its links and for everything downstream. Called by many threads at the same time. */
public interface PageAnalyser<R> {
    /** Never fetches. A page that cannot be made sense of yields a reading without links, not an exception. */
    PageAnalysis<R> analyse(Capture capture);

    /**
     * What was kept of a page in an earlier run.
     *
     * @param packed as {@link PageContent#pack} made it
     */
    PageContent<R> unpack(byte[] packed);

    /** Names this way of reading: what was kept under another name may lack what is seen in a page today. */
    UUID extractorVersion();

    /** Names everything that a judgement depends on beside the page: under equal names, equal content is judged equally. */
    UUID rulesVersion();
}
