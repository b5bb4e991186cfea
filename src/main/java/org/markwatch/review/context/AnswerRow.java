package org.markwatch.review.context;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.markwatch.review.Defanged;
import org.markwatch.review.context.PageSurroundings.HostAnswer;
import org.markwatch.review.context.PageSurroundings.HostCertificate;

/**
 * An address and a certificate of a host as text. Names of the certificate are defanged.
 *
 * @param address     defanged; empty if a proxy made the connection
 * @param certificate null for http
 */
record AnswerRow(String address, @Nullable CertificateLines certificate, long firstRun, long lastRun) {
    static AnswerRow of(HostAnswer answer) {
        HostCertificate certificate = answer.certificate();
        return new AnswerRow(
                Defanged.host(answer.address()),
                certificate == null ? null : CertificateLines.of(certificate),
                answer.firstRun(),
                answer.lastRun());
    }

    /**
     * A certificate.
     *
     * @param names   host names, or empty
     * @param subject empty unless a trusted authority issued the certificate
     * @param issuer  likewise
     */
    record CertificateLines(
            String names,
            int moreNames,
            String subject,
            String issuer,
            Instant notBefore,
            Instant notAfter,
            String sha256) {
        static CertificateLines of(HostCertificate certificate) {
            List<String> names = certificate.names();
            return new CertificateLines(
                    names.stream().map(Defanged::host).collect(Collectors.joining(", ")),
                    certificate.moreNames(),
                    Defanged.host(certificate.subject()),
                    Defanged.host(certificate.issuer()),
                    certificate.notBefore(),
                    certificate.notAfter(),
                    certificate.sha256());
        }
    }
}
