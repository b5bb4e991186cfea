package org.markwatch.url;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Converts host names to ASCII (RFC 5891, WHATWG URL 'domain to ASCII').
 *
 * <p>{@link IDN} follows IDNA 2003, which maps ß to ss and ς to σ and removes joiners. Browsers keep these deviation
 * characters (UTS #46 section 7, non-transitional processing), so this class encodes labels that contain them by
 * itself.
 */
public final class HostNames {
    private static final String DEVIATIONS = "ß\u03C2\u200C\u200D";

    // Bootstring parameters of Punycode (RFC 3492 section 5)
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int INITIAL_N = 128;

    private HostNames() {}

    /** Returns the name in lower-case ASCII, or null if it is not a valid host name. */
    public static @Nullable String toAscii(String name) {
        try {
            boolean deviates = name.chars().anyMatch(c -> DEVIATIONS.indexOf(c) >= 0);
            return deviates
                    ? encodeDeviations(name)
                    : IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            return null; // IDN throws these for invalid names
        }
    }

    private static String encodeDeviations(String name) {
        String[] labels = name.split("[.\u3002\uFF0E\uFF61]", -1);
        for (int i = 0; i < labels.length; i++) {
            String label = labels[i];
            labels[i] = label.chars().anyMatch(c -> DEVIATIONS.indexOf(c) >= 0)
                    ? "xn--"
                            + punycode(Normalizer.normalize(label, Normalizer.Form.NFKC)
                                    .toLowerCase(Locale.ROOT))
                    : IDN.toASCII(label, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            if (labels[i].length() > 63) {
                throw new IllegalArgumentException("a label of more than 63 characters");
            }
        }
        return String.join(".", labels);
    }

    /** Encodes a label by RFC 3492 section 6.3. */
    private static String punycode(String label) {
        StringBuilder out = new StringBuilder();
        label.chars().filter(c -> c < 0x80).forEach(c -> out.append((char) c));
        int basic = out.length();
        if (basic > 0) {
            out.append('-');
        }
        int[] points = label.codePoints().toArray();
        int n = INITIAL_N;
        int delta = 0;
        int bias = INITIAL_BIAS;
        int handled = basic;
        while (handled < points.length) {
            int next = Integer.MAX_VALUE;
            for (int point : points) {
                if (point >= n && point < next) {
                    next = point;
                }
            }
            delta += (next - n) * (handled + 1); // cannot overflow: a name has at most 253 characters
            n = next;
            for (int point : points) {
                if (point < n) {
                    delta++;
                } else if (point == n) {
                    appendNumber(out, delta, bias);
                    bias = adaptBias(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
            delta++;
            n++;
        }
        return out.toString();
    }

    private static void appendNumber(StringBuilder out, int number, int bias) {
        int rest = number;
        for (int k = BASE; ; k += BASE) {
            int t = Math.clamp(k - bias, T_MIN, T_MAX);
            if (rest < t) {
                out.append(digit(rest));
                return;
            }
            out.append(digit(t + (rest - t) % (BASE - t)));
            rest = (rest - t) / (BASE - t);
        }
    }

    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int adaptBias(int delta, int points, boolean first) {
        int rest = first ? delta / DAMP : delta / 2;
        rest += rest / points;
        int k = 0;
        while (rest > (BASE - T_MIN) * T_MAX / 2) {
            rest /= BASE - T_MIN;
            k += BASE;
        }
        return k + (BASE - T_MIN + 1) * rest / (rest + SKEW);
    }
}
