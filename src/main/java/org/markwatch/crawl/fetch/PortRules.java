package org.markwatch.crawl.fetch;

import java.util.Set;
import org.markwatch.url.HttpUrl;

/**
 * Decides to which ports requests may go: 80, 443, those of the setting {@code crawl.allowed-ports}, and the port of the
 * seed or host that leads to the request.
 */
record PortRules(Set<Integer> configured) {
    private static final Set<Integer> STANDARD = Set.of(80, 443);

    /** Returns whether a target on the port may be requested on behalf of {@code origin}. */
    boolean allow(HttpUrl target, HttpUrl origin) {
        int port = target.port();
        return STANDARD.contains(port) || configured.contains(port) || port == origin.port();
    }

    /** Returns why a target that is not allowed is refused, one line for people. */
    static String reason(HttpUrl target) {
        return "port " + target.port() + " is not in crawl.allowed-ports";
    }
}
