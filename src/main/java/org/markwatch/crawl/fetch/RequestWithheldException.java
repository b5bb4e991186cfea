package org.markwatch.crawl.fetch;

import java.io.IOException;

/** A request was not sent, since this process may no longer send any. */
final class RequestWithheldException extends IOException {
    private static final long serialVersionUID = 1L;

    RequestWithheldException() {
        super("this process may no longer send requests");
    }
}
