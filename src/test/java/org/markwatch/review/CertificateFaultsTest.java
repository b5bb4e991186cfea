package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.markwatch.review.CertificateFaults.NamedFault;

class CertificateFaultsTest {
    private static final CertificateFaults FAULTS = new CertificateFaults(List.of(
            new NamedFault("expired", "2026-11-25T00:40:00Z"),
            new NamedFault("self-signed", ""),
            new NamedFault("wrong-name", "shop.example\u202E"),
            new NamedFault("fingerprint", "ab")));

    private final ConsoleWords english = new ConsoleWords(new ReviewConfiguration().messageSource(), Locale.ENGLISH);

    @Test
    void saysFaultsInTheLanguageOfTheReaderWithNamesDefanged() {
        assertThat(FAULTS.text(english))
                .isEqualTo("expired at 2026-11-25T00:40:00Z; self-signed; wrong host name: the certificate is for"
                        + " shop[.]example\u27E8U+202E\u27E9; SHA-256 ab");
        assertThat(FAULTS.text(english.in(Locale.of("es"))))
                .isEqualTo(
                        "caducado desde 2026-11-25T00:40:00Z; autofirmado; nombre de host incorrecto: el certificado es para"
                                + " shop[.]example\u27E8U+202E\u27E9; SHA-256 ab");
        assertThat(CertificateFaults.NONE.text(english)).isEmpty();
    }
}
