package org.markwatch.crawl;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How a host answers for pages that do not exist, if it does so with 200 or a redirect: a soft 404.
 *
 * <p>A host that says the same at several addresses is asked once for an address that cannot exist. What it says to that is
 * its error page, and wherever it says so again there is no page. A host that does not repeat itself is never asked. Touched
 * only by the crawler that holds the host.
 */
final class SoftNotFoundDetector {
    /** Addresses at which a host must have said the same before it is asked. */
    static final int PROBE_THRESHOLD = 5;

    private static final int MAX_LIKENESSES = 200;
    private static final String CONSONANTS = "bcdfghjklmnpqrstvwxz";

    private final Map<Long, Integer> said = new HashMap<>();
    private boolean suspicious;
    private boolean asked;
    private @Nullable Long likeness;
    private @Nullable URI target;

    /** Takes note of what a page said. */
    void record(long pageLikeness) {
        if (asked || said.size() == MAX_LIKENESSES && !said.containsKey(pageLikeness)) {
            return;
        }
        suspicious |= said.merge(pageLikeness, 1, Integer::sum) >= PROBE_THRESHOLD;
    }

    /** Whether the host is to be asked for an address that cannot exist. */
    boolean isProbeDue() {
        return suspicious && !asked;
    }

    /** An address that cannot exist, and has no word that an error page might have ({@link PageAnalysis#nearDuplicateHash}). */
    static URI probeUrl(String hostKey) {
        StringBuilder path = new StringBuilder("/");
        ThreadLocalRandom.current()
                .ints(20, 0, CONSONANTS.length())
                .forEach(letter -> path.append(CONSONANTS.charAt(letter)));
        return URI.create(hostKey + path);
    }

    /** The host told the truth, or cannot be asked. */
    void endProbe() {
        asked = true;
        said.clear();
    }

    /** The host answered with a page. */
    void setErrorPage(long pageLikeness) {
        endProbe();
        likeness = pageLikeness;
    }

    /** The host sends those who ask elsewhere. */
    void setErrorTarget(URI elsewhere) {
        endProbe();
        target = elsewhere;
    }

    boolean isErrorPage(long pageLikeness) {
        return likeness != null && likeness == pageLikeness;
    }

    boolean isErrorTarget(URI redirectTarget) {
        return redirectTarget.equals(target);
    }
}
