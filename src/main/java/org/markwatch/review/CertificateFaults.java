package org.markwatch.review;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The faults of the certificate of a host.
 *
 * @param faults the faults, then the fingerprint of the certificate; empty if it has no fault, and for http
 */
public record CertificateFaults(List<NamedFault> faults) {
    public static final CertificateFaults NONE = new CertificateFaults(List.of());

    private static final int MAX_LENGTH = 2_000;

    public CertificateFaults {
        faults = List.copyOf(faults);
    }

    /**
     * A fault.
     *
     * @param kind  end of the key of its text, for example {@code self-signed}
     * @param value detail as the server sent it, or empty
     */
    public record NamedFault(String kind, String value) {}

    /** Returns the faults as text, with names defanged; empty if there is none. */
    public String text(ConsoleWords words) {
        return faults.stream()
                .map(fault -> words.text(
                        "certificate." + fault.kind(),
                        fault.kind().equals("wrong-name") || fault.kind().equals("other")
                                ? Defanged.host(shortened(fault.value()))
                                : DisplayText.escape(fault.value(), MAX_LENGTH)))
                .collect(Collectors.joining("; "));
    }

    private static String shortened(String value) {
        return value.substring(0, Math.min(value.length(), MAX_LENGTH));
    }
}
