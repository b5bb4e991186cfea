package org.markwatch.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.CertificateFault.FaultKind;

class CertificateFaultTest {
    private static final CertificateFault FINGERPRINT = new CertificateFault(FaultKind.FINGERPRINT, "ab".repeat(32));

    @Test
    void readsWhatItWrites() {
        for (List<CertificateFault> faults : List.of(
                List.<CertificateFault>of(),
                List.of(new CertificateFault(FaultKind.NO_CERTIFICATE, "")),
                List.of(
                        new CertificateFault(FaultKind.EXPIRED, "2026-11-25T00:40:00Z"),
                        new CertificateFault(FaultKind.SELF_SIGNED, ""),
                        new CertificateFault(FaultKind.WRONG_NAME, "shop.example, other.example"),
                        FINGERPRINT),
                List.of(new CertificateFault(FaultKind.NOT_YET_VALID, "2027-11-25T00:40:00Z"), FINGERPRINT),
                List.of(
                        new CertificateFault(FaultKind.UNTRUSTED, "PKIX path building failed (no path)"),
                        new CertificateFault(FaultKind.WRONG_NAME, "no name"),
                        FINGERPRINT))) {
            assertThat(CertificateFault.read(CertificateFault.text(faults))).isEqualTo(faults);
        }
    }

    @Test
    void takesNoNameOfACertificateForAnotherFault() {
        List<CertificateFault> faults =
                List.of(new CertificateFault(FaultKind.WRONG_NAME, "a; self-signed; SHA-256 00"), FINGERPRINT);
        assertThat(CertificateFault.read(CertificateFault.text(faults))).isEqualTo(faults);
    }

    @Test
    void keepsTextThatItDoesNotKnow() {
        assertThat(CertificateFault.read("of an earlier version"))
                .containsExactly(new CertificateFault(FaultKind.OTHER, "of an earlier version"));
        assertThat(CertificateFault.read("self-signed; in another way"))
                .containsExactly(
                        new CertificateFault(FaultKind.SELF_SIGNED, ""),
                        new CertificateFault(FaultKind.OTHER, "in another way"));
        assertThat(CertificateFault.read("not issued by a trusted authority ("))
                .containsExactly(new CertificateFault(FaultKind.UNTRUSTED, ""));
    }
}
