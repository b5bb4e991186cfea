package org.markwatch.watchlist;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Host names in the form that name servers know (RFC 5891, WHATWG URL 'domain to ASCII').
 *
 * <p>The JDK follows IDNA 2003, which writes ß as ss, ς as σ and drops joiners: other names than those that browsers ask for
 * since 2010 (UTS #46 section 7, deviation characters; non-transitional processing). Labels with one of those are encoded here.
 */
public final class HostNames {
    private static final String DEVIATIONS = "ß\u03C2\u200C\u200D";

    // Parameters of Bootstring for Punycode (RFC 3492 section 5)
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int INITIAL_N = 128;

    private HostNames() {}

    /** The name in ASCII, lower case; null if it is no valid name in any script. */
    public static @Nullable String toAscii(String name) {
        try {
            boolean deviates = name.chars().anyMatch(c -> DEVIATIONS.indexOf(c) >= 0);
            return deviates
                    ? deviating(name)
                    : IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            return null; // what the JDK throws for names that are none
        }
    }

    private static String deviating(String name) {
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

    /** RFC 3492 section 6.3. */
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
            delta += (next - n) * (handled + 1); // names have 253 characters at most: no overflow
            n = next;
            for (int point : points) {
                if (point < n) {
                    delta++;
                } else if (point == n) {
                    appendNumber(out, delta, bias);
                    bias = adapted(delta, handled + 1, handled == basic);
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

    private static int adapted(int delta, int points, boolean first) {
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
