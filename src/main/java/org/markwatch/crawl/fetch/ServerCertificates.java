package org.markwatch.crawl.fetch;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.markwatch.crawl.HostConnection.ServerCertificate;
import org.markwatch.crawl.content.OneLine;

/** Reads from certificates what is kept of them. */
final class ServerCertificates {
    /** Type of a DNS name among the subject alternative names (RFC 5280 section 4.2.1.6). */
    private static final int DNS_NAME = 2;

    private static final Pattern HOST_NAME = Pattern.compile("[a-z0-9*_-]+(\\.[a-z0-9_-]+)*");
    private static final int LONGEST_NAME = 253;

    private ServerCertificates() {}

    /** @param trusted whether a trusted authority issued it */
    static ServerCertificate of(X509Certificate certificate, boolean trusted) {
        List<String> names = names(certificate);
        List<String> kept = names.stream().limit(ServerCertificate.MOST_NAMES).toList();
        return new ServerCertificate(
                fingerprint(certificate),
                kept,
                names.size() - kept.size(),
                trusted ? text(certificate.getSubjectX500Principal()) : "",
                trusted ? text(certificate.getIssuerX500Principal()) : "",
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    /** Returns the subject alternative names that have the form of a host name. */
    private static List<String> names(X509Certificate certificate) {
        Collection<List<?>> names;
        try {
            names = certificate.getSubjectAlternativeNames();
        } catch (CertificateException unreadable) {
            return List.of();
        }
        return names == null
                ? List.of()
                : names.stream()
                        .filter(name -> name.getFirst().equals(DNS_NAME))
                        .map(name -> String.valueOf(name.get(1)).toLowerCase(Locale.ROOT))
                        .filter(name -> name.length() <= LONGEST_NAME
                                && HOST_NAME.matcher(name).matches())
                        .toList();
    }

    private static String text(X500Principal name) {
        return OneLine.of(name.getName(X500Principal.RFC2253));
    }

    /** Returns the SHA-256 of a certificate in lower-case hex; empty if it cannot be encoded. */
    static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            return "";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
