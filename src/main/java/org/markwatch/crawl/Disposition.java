package org.markwatch.crawl;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How the visit of a URL ended; every URL ends in exactly one of these. */
public sealed interface Disposition {

    /** When it was decided. */
    Instant at();

    /** Text came. */
    record Fetched(Capture capture) implements Disposition {
        @Override
        public Instant at() {
            return capture.fetchedAt();
        }
    }

    /**
     * The page is what it was: the server says so, or it is not due to be asked (RFC 9110 section 15.4.5).
     *
     * @param finalUrl   where it was read
     * @param status     304, or 0 if nothing was asked
     * @param validators that hold from now on
     */
    record NotModified(URI finalUrl, int status, Validators validators, Instant at) implements Disposition {}

    /**
     * Not taken because of what it is (rules T1 to T4) or where it leads.
     *
     * @param kind     what was refused
     * @param reason   one line for people
     * @param finalUrl where the chain had led when it was refused
     * @param status   HTTP status, 0 if nothing was asked
     * @param bytes    body bytes that had been read, up to those that gave it away
     */
    record Refused(RefusalKind kind, String reason, URI finalUrl, int status, int bytes, Instant at)
            implements Disposition {
        /** A URL that is never asked for, because its name says what it is (rule T1). */
        static Refused notRequested(RefusalKind kind, URI url, Instant at) {
            return new Refused(kind, "never asked for: the name says " + kind, url, 0, 0, at);
        }
    }

    /** robots.txt says no, or cannot be had. */
    record Disallowed(String reason, Instant at) implements Disposition {}

    /**
     * No usable answer.
     *
     * @param status HTTP status of the last answer, or 0 if there was none
     * @param reason one line for people
     * @param cause  class of the fault for counting, for example timeout, dns, tls, http-status, protocol
     */
    record Failed(
            int status,
            String cause,
            String reason,
            @Nullable URI finalUrl,
            Instant at) implements Disposition {}

    /** What a refusal was about; counted by kind in the attestation of a run. */
    enum RefusalKind {
        IMAGE,
        VIDEO,
        AUDIO,
        FONT,
        ARCHIVE,
        SCRIPT,
        STYLE,
        DOCUMENT,
        OTHER_TYPE,
        /** An address that the guard does not let through. */
        ADDRESS,
        /** A port, scheme or scope that is not allowed on a redirect. */
        SCOPE,
        /** A body, header or ratio limit. */
        LIMIT
    }
}
