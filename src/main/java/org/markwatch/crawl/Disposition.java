package org.markwatch.crawl;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;

/** How the visit of a URL ended. Every URL of a finished run has exactly one disposition. */
public sealed interface Disposition {
    /**
     * Cause of failure of URLs on a host that asked for a delay longer than a run waits; the next run visits them
     * first.
     */
    String RETRY_AFTER = "retry-after";

    /** Cause of failure of pages that the host answers like a page that cannot exist. */
    String SOFT_NOT_FOUND = "soft-404";

    /** Returns when the visit ended. For a fetched page that is when the response headers arrived. */
    Instant at();

    /** Returns the name of the disposition in the database and in exports. */
    default String label() {
        return switch (this) {
            case Fetched f -> "fetched";
            case NotModified n -> "not-modified";
            case Redirected r -> "redirected";
            case Refused r -> "refused";
            case Disallowed d -> "disallowed";
            case Failed f -> "failed";
        };
    }

    /** Whether the visit ended with the text of a page, new or known. */
    default boolean hasText() {
        return this instanceof Fetched || this instanceof NotModified;
    }

    /**
     * Whether the visit counts for the page budget of its site ({@code max_pages}): it made a request, or had to give
     * up before one because its host fails.
     */
    default boolean usesBudget() {
        return switch (this) {
            case Fetched f -> true;
            case NotModified n -> n.status() != 0;
            case Redirected r -> true;
            case Refused r -> r.status() != 0;
            case Disallowed d -> false;
            case Failed f -> true;
        };
    }

    /**
     * Whether the visit shows that the URL has no text any more. A failure, a limit or a robots.txt that cannot be
     * fetched may be over soon, so what is known of the page stands.
     */
    default boolean endsText() {
        return switch (this) {
            case Redirected r -> true;
            case Refused r -> r.kind().isFile() || r.kind() == RefusalKind.SCOPE;
            case Failed f -> f.isGone();
            case Fetched f -> false;
            case NotModified n -> false;
            case Disallowed d -> false;
        };
    }

    /** The server returned text. */
    record Fetched(Capture capture) implements Disposition {
        @Override
        public Instant at() {
            return capture.fetchedAt();
        }
    }

    /**
     * The page is unchanged, because the server answered 304 (RFC 9110 section 15.4.5), or is assumed to be unchanged,
     * because it is not due for a request.
     *
     * @param finalUrl   URL that served the text of the page
     * @param status     304, or 0 if no request was sent
     * @param validators validators for the next conditional request
     */
    record NotModified(HttpUrl finalUrl, int status, Validators validators, Instant at) implements Disposition {}

    /**
     * The URL is an alias of another page: the server redirects to a page that is known and has its own visits, or that
     * this visit read.
     *
     * @param target last URL of the redirect chain
     */
    record Redirected(HttpUrl target, Instant at) implements Disposition {}

    /**
     * The crawler refused the content because of its type (rules T1 to T4), or refused the target.
     *
     * @param kind     what was refused
     * @param reason   one line for people
     * @param finalUrl last URL of the redirect chain
     * @param status   HTTP status, 0 if there was no response; 200 for a response that exceeds a limit, whatever its
     *                 status
     * @param bytes    decoded body bytes read before the refusal, 0 or more; always 0 for {@link RefusalKind#LIMIT}
     */
    record Refused(RefusalKind kind, String reason, HttpUrl finalUrl, int status, int bytes, Instant at)
            implements Disposition {
        /**
         * Returns the refusal of a URL whose file extension names another type than text (rule T1); no request is sent.
         */
        public static Refused notRequested(RefusalKind kind, HttpUrl url, Instant at) {
            return new Refused(kind, "not requested: the file extension indicates " + kind, url, 0, 0, at);
        }
    }

    /**
     * The robots.txt of the host disallows the URL or cannot be fetched, or the page forbids storage ({@code noindex}).
     *
     * @param reason one line for people
     */
    record Disallowed(String reason, Instant at) implements Disposition {}

    /**
     * There was no usable response.
     *
     * @param status   HTTP status of the last response, 0 if there was none or its body could not be read; 200 for a
     *                 soft 404, also if the host redirects missing pages
     * @param cause    class of the fault for counting, for example timeout, dns, tls, http-status, protocol
     * @param reason   one line for people
     * @param finalUrl last URL of the redirect chain, or null
     */
    record Failed(
            int status,
            String cause,
            String reason,
            @Nullable HttpUrl finalUrl,
            Instant at) implements Disposition {
        /** Whether the page does not exist: 404, 410 or a soft 404. */
        public boolean isGone() {
            return status == 404 || status == 410 || cause.equals(SOFT_NOT_FOUND);
        }
    }

    /** What was refused. The attestation counts refusals, and references to files other than pages, by kind. */
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
        /** The host has an address that the crawl must not connect to. */
        ADDRESS,
        /** The port, scheme or scope of the target is not allowed. */
        SCOPE,
        /**
         * The response exceeds a limit on size or compression ratio, the URL exceeds the limit on length, the page
         * budget of the seed ({@code max_pages}) is used up, or the seed is no longer configured.
         */
        LIMIT;

        /** Whether the content is a file other than a page; the other kinds refuse a target, not its content. */
        public boolean isFile() {
            return this != ADDRESS && this != SCOPE && this != LIMIT;
        }
    }
}
