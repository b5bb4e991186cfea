package org.markwatch.crawl.fetch;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.CertificateFault;
import org.markwatch.crawl.CertificateFault.FaultKind;
import org.markwatch.crawl.HostConnection.ServerCertificate;
import org.markwatch.crawl.content.OneLine;
import org.markwatch.watchlist.TlsPolicy;

/**
 * Verifies server certificates: validity period, certification path (RFC 5280 section 6) and host name (RFC 9525).
 *
 * <p>The TLS handshake accepts every certificate, so that all faults can be recorded. The verification follows the
 * handshake and precedes the first byte of a request. Thread-safe.
 */
final class CertificateVerifier {
    /** Key of the fault in the {@link SSLSession}. */
    private static final String FAULT = "markwatch.certificate.fault";

    /** Key of what is kept of the certificate in the {@link SSLSession}. */
    private static final String CERTIFICATE = "markwatch.certificate";

    /** Host names of a certificate that a fault lists. */
    private static final int MAX_LISTED_NAMES = 3;

    /** TLS sessions that are kept for later connections; each holds the certificates of its host. */
    private static final int MAX_SESSIONS = 2_000;

    private final X509TrustManager authorities;
    private final Clock clock;
    private final DefaultHostnameVerifier names = new DefaultHostnameVerifier();

    /** @param authorities checks certification paths */
    CertificateVerifier(X509TrustManager authorities, Clock clock) {
        this.authorities = authorities;
        this.clock = clock;
    }

    /**
     * Returns a verifier that trusts the authorities of the Java platform.
     *
     * @throws GeneralSecurityException if the platform provides none
     */
    static CertificateVerifier ofPlatform(Clock clock) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager authorities) {
                return new CertificateVerifier(authorities, clock);
            }
        }
        throw new GeneralSecurityException("this Java runtime has no trust store");
    }

    /**
     * Returns the faults of a certificate chain as one line for people, with the SHA-256 fingerprint of the server's
     * certificate.
     *
     * @param host  the host name requested
     * @param chain the server's certificate first
     * @return the faults, or null if the chain is valid
     */
    @Nullable
    String fault(String host, Certificate[] chain) {
        return verify(host, chain).fault();
    }

    /**
     * The result of a verification.
     *
     * @param fault       the faults, or null if the chain is valid
     * @param certificate what is kept of the server's certificate; null if there is none
     */
    record Verified(@Nullable String fault, @Nullable ServerCertificate certificate) {}

    /** Verifies a certificate chain; see {@link #fault(String, Certificate[])}. */
    Verified verify(String host, Certificate[] chain) {
        if (chain.length == 0 || !(chain[0] instanceof X509Certificate certificate)) {
            return new Verified(
                    CertificateFault.text(List.of(new CertificateFault(FaultKind.NO_CERTIFICATE, ""))), null);
        }
        List<CertificateFault> faults = new ArrayList<>();
        Date now = Date.from(clock.instant());
        if (certificate.getNotAfter().before(now)) {
            faults.add(new CertificateFault(
                    FaultKind.EXPIRED, certificate.getNotAfter().toInstant().toString()));
        } else if (certificate.getNotBefore().after(now)) {
            faults.add(new CertificateFault(
                    FaultKind.NOT_YET_VALID,
                    certificate.getNotBefore().toInstant().toString()));
        }
        CertificateFault selfSigned = new CertificateFault(FaultKind.SELF_SIGNED, "");
        if (certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal())) {
            faults.add(selfSigned);
        }
        boolean trusted = false;
        try {
            X509Certificate[] certificates = new X509Certificate[chain.length];
            System.arraycopy(chain, 0, certificates, 0, chain.length);
            authorities.checkServerTrusted(certificates, "UNKNOWN"); // the key exchange that JSSE reports for TLS 1.3
            faults.remove(selfSigned); // a trusted root
            trusted = true;
        } catch (CertificateException e) {
            if (faults.isEmpty()) {
                faults.add(new CertificateFault(FaultKind.UNTRUSTED, OneLine.of(String.valueOf(e.getMessage()))));
            }
        }
        try {
            names.verify(host, certificate);
        } catch (SSLException e) {
            faults.add(new CertificateFault(FaultKind.WRONG_NAME, named(certificate)));
        }
        ServerCertificate kept = ServerCertificates.of(certificate, trusted);
        if (faults.isEmpty()) {
            return new Verified(null, kept);
        }
        faults.add(new CertificateFault(FaultKind.FINGERPRINT, kept.sha256()));
        return new Verified(CertificateFault.text(faults), kept);
    }

    private static String named(X509Certificate certificate) {
        List<String> named = new ArrayList<>();
        try {
            if (certificate.getSubjectAlternativeNames() != null) {
                certificate.getSubjectAlternativeNames().stream()
                        .limit(MAX_LISTED_NAMES)
                        .forEach(name -> named.add(String.valueOf(name.get(1))));
            }
        } catch (CertificateException e) {
            return "unreadable names";
        }
        return named.isEmpty() ? "no name" : OneLine.of(String.join(", ", named));
    }

    /**
     * Returns the faults found when the connection of a session was made; null if there are none, or there is no
     * session.
     */
    static @Nullable String fault(@Nullable SSLSession session) {
        return session == null ? null : (String) session.getValue(FAULT);
    }

    /** Returns the certificate that the server of a session showed; null if there is no session. */
    static @Nullable ServerCertificate certificate(@Nullable SSLSession session) {
        return session == null ? null : (ServerCertificate) session.getValue(CERTIFICATE);
    }

    /** Returns a TLS strategy that verifies the certificate of each connection before a request is sent. */
    DefaultClientTlsStrategy strategy(TlsPolicy tls) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new AcceptingTrustManager()}, new SecureRandom());
        context.getClientSessionContext().setSessionCacheSize(MAX_SESSIONS);
        return new VerifyingTlsStrategy(context, tls);
    }

    private final class VerifyingTlsStrategy extends DefaultClientTlsStrategy {
        private final TlsPolicy tls;
        /** The host of the handshake that a thread makes. */
        private final ThreadLocal<@Nullable String> requested = new ThreadLocal<>();

        VerifyingTlsStrategy(SSLContext context, TlsPolicy tls) {
            super(context, HostnameVerificationPolicy.CLIENT, names);
            this.tls = tls;
        }

        @Override
        public SSLSocket upgrade(Socket socket, String host, int port, Object attachment, HttpContext context)
                throws IOException {
            requested.set(host);
            try {
                return super.upgrade(socket, host, port, attachment, context);
            } finally {
                requested.remove();
            }
        }

        /**
         * Names the host (RFC 6066 section 3) where Java does not: it takes a name with an underscore for invalid, and a
         * server of many hosts cannot answer without one.
         */
        @Override
        protected void initializeSocket(SSLSocket socket) {
            String host = requested.get();
            if (host != null && host.indexOf('_') >= 0) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setServerNames(List.of(new RequestedName(host)));
                socket.setSSLParameters(parameters);
            }
        }

        @Override
        protected void verifySession(String host, SSLSession session) throws SSLException {
            Verified verified = verify(host, session.getPeerCertificates());
            if (verified.fault() != null && tls == TlsPolicy.STRICT) {
                throw new SSLPeerUnverifiedException("certificate " + verified.fault());
            }
            if (verified.fault() != null) {
                session.putValue(FAULT, verified.fault());
            }
            if (verified.certificate() != null) {
                session.putValue(CERTIFICATE, verified.certificate());
            }
        }
    }

    /** The name of a host for which {@link javax.net.ssl.SNIHostName} is too strict. */
    private static final class RequestedName extends SNIServerName {
        RequestedName(String host) {
            super(StandardConstants.SNI_HOST_NAME, host.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Accepts every server certificate during the handshake; {@link VerifyingTlsStrategy} verifies it afterwards. */
    private static final class AcceptingTrustManager extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String keyExchange, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String keyExchange, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String keyExchange) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String keyExchange, java.net.Socket socket)
                throws CertificateException {
            throw clientCertificate();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String keyExchange, SSLEngine engine)
                throws CertificateException {
            throw clientCertificate();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String keyExchange) throws CertificateException {
            throw clientCertificate();
        }

        private static CertificateException clientCertificate() {
            return new CertificateException("client certificates are not accepted");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
