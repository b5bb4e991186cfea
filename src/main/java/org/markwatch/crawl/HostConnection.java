package org.markwatch.crawl;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a host answered: the address, and the certificate that it showed. Equal for all pages that came the same way.
 *
 * @param host        scheme, host and port
 * @param address     IP address as text; empty if a proxy made the connection
 * @param certificate certificate of the server; null for http
 */
public record HostConnection(
        String host, String address, @Nullable ServerCertificate certificate) {

    /** Returns whether nothing is known: an http host behind a proxy. */
    public boolean isEmpty() {
        return address.isEmpty() && certificate == null;
    }

    /**
     * The X.509 certificate of a server (RFC 5280). A certificate that no trusted authority issued may say anything, so
     * subject and issuer are kept of the others only.
     *
     * @param sha256    fingerprint: SHA-256 of the encoded certificate, in lower-case hex
     * @param names     host names that it is for, with {@code *} for any label; at most {@value #MOST_NAMES}
     * @param moreNames number of further names
     * @param subject   subject by RFC 2253, at most 200 characters; empty without a trusted authority
     * @param issuer    issuer, likewise
     * @param notBefore start of its validity
     * @param notAfter  end of its validity
     */
    public record ServerCertificate(
            String sha256,
            List<String> names,
            int moreNames,
            String subject,
            String issuer,
            Instant notBefore,
            Instant notAfter) {
        /** Most names that are kept. */
        public static final int MOST_NAMES = 10;

        public ServerCertificate {
            names = List.copyOf(names);
        }

        /** A fingerprint names one certificate. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ServerCertificate that && that.sha256.equals(sha256);
        }

        @Override
        public int hashCode() {
            return sha256.hashCode();
        }
    }
}
