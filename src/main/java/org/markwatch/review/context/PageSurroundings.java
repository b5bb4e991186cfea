package org.markwatch.review.context;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.markwatch.review.CertificateFaults;
import org.markwatch.url.HttpUrl;

/**
 * Gives the console what the crawl knows of a page besides its last fetch. An application that has the crawl database
 * provides this bean; without it the console shows none of it. Texts are as the server sent them: escape them.
 */
public interface PageSurroundings {
    /** Returns the dispositions of a page, latest first. */
    List<PastVisit> visits(HttpUrl page, int limit);

    /** Returns URLs that redirect to a page. */
    List<KnownRedirect> redirectsTo(HttpUrl page, int limit);

    /** Returns metadata, headings, form fields and list items of the kept text of a page in their order; empty if no text is kept. */
    List<OutlineLine> outline(HttpUrl page, int limit);

    /** Returns the addresses and certificates with which the host of a page answered, latest run first. */
    List<HostAnswer> answers(HttpUrl page, int limit);

    /** Returns how many URLs of the host of a page were refused, by reason, most first. */
    List<RefusedUrls> refused(HttpUrl page);

    /** Returns what a page refers to; empty if no text of it is kept. */
    Optional<KnownReferences> references(HttpUrl page);

    /**
     * Where a host answered.
     *
     * @param address     IP address; empty if a proxy made the connection
     * @param certificate certificate that it showed; null for http
     * @param firstRun    first run that it answered in this way
     * @param lastRun     last run that it answered in this way, among others perhaps
     */
    record HostAnswer(String address, @Nullable HostCertificate certificate, long firstRun, long lastRun) {}

    /**
     * Refused URLs of a host.
     *
     * @param reason   kind of content, for example {@code image}; {@code address}, {@code scope}, {@code limit} or {@code disallowed}
     * @param urls     1 or more
     * @param firstRun first run that refused some
     * @param lastRun  last run that refused some for the first time
     */
    record RefusedUrls(String reason, long urls, long firstRun, long lastRun) {}

    /**
     * The certificate of a server.
     *
     * @param sha256    fingerprint in lower-case hex
     * @param names     host names that it is for; of {@code moreNames} further ones only the number is known
     * @param subject   subject; empty unless a trusted authority issued it
     * @param issuer    issuer, likewise
     * @param notBefore start of its validity
     * @param notAfter  end of its validity
     */
    record HostCertificate(
            String sha256,
            List<String> names,
            int moreNames,
            String subject,
            String issuer,
            Instant notBefore,
            Instant notAfter) {
        public HostCertificate {
            names = List.copyOf(names);
        }
    }

    /**
     * What a page refers to.
     *
     * @param files number of files that are never requested, by kind
     * @param links number of links by what became of them, most first
     */
    record KnownReferences(Map<String, Integer> files, List<KnownLinks> links) {}

    /**
     * Links that ended in the same way.
     *
     * @param what {@code read}, {@code redirected}, {@code refused}, {@code disallowed}, {@code failed} or {@code not-visited}
     * @param kind what was refused, for example {@code image}; else empty
     */
    record KnownLinks(String what, String kind, int links) {}

    /**
     * A disposition, which later runs may have found again.
     *
     * @param run         the first run that found it
     * @param at          when
     * @param disposition fetched, not-modified, redirected, refused, disallowed or failed
     * @param status      HTTP status, 0 without a response
     * @param why         what was refused or what failed, or empty
     * @param certificate faults of the certificate
     */
    record PastVisit(long run, Instant at, String disposition, int status, String why, CertificateFaults certificate) {}

    /**
     * A URL that redirects to a page.
     *
     * @param status HTTP status of its response, 0 if it is not known
     */
    record KnownRedirect(HttpUrl url, int status) {}

    /**
     * A line of the outline.
     *
     * @param kind   what it is, for example {@code meta}, {@code h1}, {@code form placeholder}, {@code list item}
     * @param text   text of the page
     * @param hidden whether markup or style hides it from a visitor
     */
    record OutlineLine(String kind, String text, boolean hidden) {}
}
