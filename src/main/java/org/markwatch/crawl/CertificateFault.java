package org.markwatch.crawl;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A fault of a server certificate (RFC 5280 section 6, RFC 9525), or the fingerprint that follows the faults. The faults of a
 * certificate are stored as one line of English text, which {@link #text} writes and {@link #read} reads.
 *
 * @param value detail of the fault as its kind says, else empty; names are as the server sent them
 */
public record CertificateFault(FaultKind kind, String value) {
    private static final String SEPARATOR = "; ";

    /** Kinds of faults, in the order of the text. */
    public enum FaultKind {
        /** The server sent no X.509 certificate. */
        NO_CERTIFICATE("no X.509 certificate", ""),
        /** Value: when the certificate expired, in UTC. */
        EXPIRED("expired at ", ""),
        /** Value: from when it is valid, in UTC. */
        NOT_YET_VALID("not valid before ", ""),
        /** It has issued itself, and is no trusted root. */
        SELF_SIGNED("self-signed", ""),
        /** Value: why it has no path to a trusted authority, in English. */
        UNTRUSTED("not issued by a trusted authority (", ")"),
        /** Value: names that it is for, separated by commas. */
        WRONG_NAME("wrong host name: the certificate is for ", ""),
        /** No fault. Value: SHA-256 of the certificate, in lower-case hex. */
        FINGERPRINT("SHA-256 ", ""),
        /** Value: text that {@link #read} does not know. */
        OTHER("", "");

        private final String before;
        private final String after;

        FaultKind(String before, String after) {
            this.before = before;
            this.after = after;
        }
    }

    /** Returns the faults of a certificate, in the order of their kinds, as one line. */
    public static String text(List<CertificateFault> faults) {
        return faults.stream()
                .map(fault -> fault.kind.before + fault.value + fault.kind.after)
                .collect(Collectors.joining(SEPARATOR));
    }

    /** Reads a line of {@link #text}; an empty one has no faults. */
    public static List<CertificateFault> read(String text) {
        List<CertificateFault> faults = new ArrayList<>();
        String rest = text;
        for (FaultKind kind : FaultKind.values()) {
            if (!rest.isEmpty() && rest.startsWith(kind.before)) {
                int end = end(kind, rest);
                faults.add(new CertificateFault(kind, rest.substring(kind.before.length(), end)));
                rest = rest.substring(Math.min(rest.length(), end + kind.after.length() + SEPARATOR.length()));
            }
        }
        return List.copyOf(faults);
    }

    /** Returns where the value of the first fault ends. Names are from the server, and may have separators. */
    private static int end(FaultKind kind, String text) {
        int end = switch (kind) {
            case WRONG_NAME -> text.lastIndexOf(SEPARATOR + FaultKind.FINGERPRINT.before);
            case OTHER -> text.length();
            default -> text.indexOf(kind.after + SEPARATOR);
        };
        return end >= kind.before.length() ? end : Math.max(kind.before.length(), text.length() - kind.after.length());
    }
}
