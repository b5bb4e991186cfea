package org.markwatch.crawl.frontier;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;

/**
 * Detects the soft 404s of one host: missing pages that the host answers with 200 or a redirect.
 *
 * <p>When {@link #PROBE_THRESHOLD} URLs of the host have returned near-duplicate pages, a probe is due: one request for
 * a URL that cannot exist. The page or the redirect target that the probe returns is the error page of the host, and
 * every URL that returns the same is missing. Not thread-safe; the crawler thread that holds the host uses it.
 */
public final class SoftNotFoundDetector {
    /** Near-duplicate pages of a host that make a probe due. */
    public static final int PROBE_THRESHOLD = 5;

    private static final int MAX_COUNTED_HASHES = 200;
    private static final String CONSONANTS = "bcdfghjklmnpqrstvwxz";

    private final Map<Long, Integer> pagesByHash = new HashMap<>();
    private boolean repetitive;
    private boolean probed;
    private @Nullable Long errorPageHash;
    private @Nullable HttpUrl errorTarget;

    /**
     * Counts a page of the host. Does nothing once the host was probed.
     *
     * @param nearDuplicateHash {@link org.markwatch.crawl.PageAnalysis#nearDuplicateHash} of the page
     */
    public void record(long nearDuplicateHash) {
        if (probed || pagesByHash.size() == MAX_COUNTED_HASHES && !pagesByHash.containsKey(nearDuplicateHash)) {
            return;
        }
        repetitive |= pagesByHash.merge(nearDuplicateHash, 1, Integer::sum) >= PROBE_THRESHOLD;
    }

    /** Returns whether the host needs a probe. */
    public boolean isProbeDue() {
        return repetitive && !probed;
    }

    /**
     * Returns a random URL that cannot exist on a host. Its path is a random string of consonants, so that
     * it contains no word of an error page: {@link org.markwatch.crawl.PageAnalysis#nearDuplicateHash} ignores the words of
     * a page's own URL.
     *
     * @param hostKey scheme, host and port
     */
    public static HttpUrl probeUrl(String hostKey) {
        StringBuilder path = new StringBuilder("/");
        ThreadLocalRandom.current()
                .ints(20, 0, CONSONANTS.length())
                .forEach(letter -> path.append(CONSONANTS.charAt(letter)));
        return HttpUrl.of(hostKey + path);
    }

    /**
     * Ends the probe without an error page: the host answered with an error, the probe failed, or robots.txt disallows
     * it.
     */
    public void endProbe() {
        probed = true;
        pagesByHash.clear();
    }

    /** Ends the probe with the page that the host returned. */
    public void setErrorPage(long nearDuplicateHash) {
        endProbe();
        errorPageHash = nearDuplicateHash;
    }

    /** Ends the probe with the URL that the host redirected to. */
    public void setErrorTarget(HttpUrl redirectTarget) {
        endProbe();
        errorTarget = redirectTarget;
    }

    /** Returns whether a page is the error page of the host. */
    public boolean isErrorPage(long nearDuplicateHash) {
        return errorPageHash != null && errorPageHash == nearDuplicateHash;
    }

    /** Returns whether the host redirects missing pages to a URL. */
    public boolean isErrorTarget(HttpUrl redirectTarget) {
        return redirectTarget.equals(errorTarget);
    }
}
