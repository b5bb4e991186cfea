package org.markwatch.crawl.fetch;

import org.markwatch.crawl.Disposition;
import org.markwatch.url.HttpUrl;

/** The result of one request for robots.txt. */
public sealed interface RobotsFile {
    /** The file, up to {@link SiteFileFetcher#MAX_ROBOTS_BYTES}. */
    record Text(byte[] content) implements RobotsFile {}

    /**
     * There is no robots.txt (RFC 9309 section 2.3.1.3, 'unavailable'), or the response cannot be one: everything
     * is allowed.
     */
    record NoFile() implements RobotsFile {}

    /** The server redirects the request to another URL, which may be requested. */
    record RobotsRedirect(HttpUrl target) implements RobotsFile {}

    /** The request failed in a way that a later attempt may not. */
    record FetchFailed(ExchangeResult.Retryable retryable) implements RobotsFile {}

    /** The address of the host, or the port that the server redirects to, is not allowed. */
    record TargetRefused(Disposition.Refused refused) implements RobotsFile {}
}
