package org.markwatch.extract;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The places of the keywords from which the scanners of scripts start, found in one pass over the script. Not safe for use
 * by multiple threads.
 *
 * <p>The pass looks at each second pair of characters. Any place of a keyword has a pair there: that at its anchor or the
 * one after it.
 */
final class ScriptKeywords {
    /** Characters of a script that are scanned. */
    static final int MAX_SCRIPT_CHARS = 1 << 18;

    /** A text to look for, with the index of two pairs of characters in it that are rare in scripts. */
    enum Keyword {
        SVG(".svg", 1),
        PNG(".png", 0),
        WEBP(".webp", 2),
        GIF(".gif", 0),
        CARD_ICON("-cc-", 1),
        APPLE_PAY_SESSION("ApplePaySession(", 7),
        PAYMENTS_CLIENT("PaymentsClient", 7),
        WALLET_BUTTON("lePay(", 1),
        PAYPAL_BUTTONS("paypal.Buttons(", 6),
        WALLET_HOST("le.com/", 4),
        CHECKOUT(".dropin.create(", 3),
        YANDEX_CALL("ym(", 0),
        YANDEX_URL("mc.yandex.ru/watch/", 2),
        MATOMO_SITE("setSiteId", 2),
        COOKIE("document.cookie", 11),
        PERCENT_LESS_THAN("%3c", 0),
        PERCENT_LESS_THAN_CAPITAL("%3C", 0),
        HEX_LESS_THAN("\\x3c", 1),
        HEX_LESS_THAN_CAPITAL("\\x3C", 1),
        UNICODE_LESS_THAN("\\u003c", 0),
        UNICODE_LESS_THAN_CAPITAL("\\u003C", 0);

        private static final Keyword[] ALL = values();

        final String text;
        private final int anchor;

        Keyword(String text, int anchor) {
            this.text = text;
            this.anchor = anchor;
        }
    }

    private static final int ASCII = 0x80;
    /** By pair of characters of ASCII: the index of its {@link #CANDIDATES}, 0 for none. */
    private static final byte[] PAIRS = new byte[ASCII * ASCII];
    /** Keywords that have a pair, each as its ordinal and the index of the pair in it. */
    private static final int[][] CANDIDATES = new int[2 * Keyword.ALL.length + 1][];

    static {
        int count = 0;
        for (Keyword keyword : Keyword.ALL) {
            for (int at = keyword.anchor; at <= keyword.anchor + 1; at++) {
                int pair = keyword.text.charAt(at) * ASCII + keyword.text.charAt(at + 1);
                if (PAIRS[pair] == 0) {
                    PAIRS[pair] = (byte) ++count;
                    CANDIDATES[count] = new int[0];
                }
                int[] before = CANDIDATES[PAIRS[pair]];
                int[] after = Arrays.copyOf(before, before.length + 2);
                after[before.length] = keyword.ordinal();
                after[before.length + 1] = at;
                CANDIDATES[PAIRS[pair]] = after;
            }
        }
    }

    private final String script;
    private final int limit;
    /** By keyword: its places in order, or null if it has none. */
    private final int[] @Nullable [] places = new int[Keyword.ALL.length][];

    private final int[] counts = new int[Keyword.ALL.length];

    /** Finds the keywords that begin in the first {@link #MAX_SCRIPT_CHARS} characters. */
    ScriptKeywords(String script) {
        this.script = script;
        this.limit = Math.min(script.length(), MAX_SCRIPT_CHARS);
        int end = Math.min(script.length(), MAX_SCRIPT_CHARS + 32);
        for (int i = 0; i + 1 < end; i += 2) {
            char c = script.charAt(i);
            char next = script.charAt(i + 1);
            if ((c | next) < ASCII) {
                int candidates = PAIRS[c * ASCII + next];
                if (candidates != 0) {
                    addPlaces(CANDIDATES[candidates], i);
                }
            }
        }
    }

    private void addPlaces(int[] candidates, int pair) {
        for (int i = 0; i < candidates.length; i += 2) {
            int at = pair - candidates[i + 1];
            if (at < limit && script.startsWith(Keyword.ALL[candidates[i]].text, at)) {
                addPlace(candidates[i], at);
            }
        }
    }

    private void addPlace(int keyword, int at) {
        int[] known = places[keyword];
        if (known == null) {
            known = new int[8];
        } else if (counts[keyword] == known.length) {
            known = Arrays.copyOf(known, 2 * known.length);
        }
        known[counts[keyword]++] = at;
        places[keyword] = known;
    }

    String script() {
        return script;
    }

    /** Returns the number of characters that are scanned. */
    int limit() {
        return limit;
    }

    boolean has(Keyword keyword) {
        return counts[keyword.ordinal()] > 0;
    }

    /** Returns the first place of a keyword from an index on, or -1. */
    int next(Keyword keyword, int from) {
        int[] known = places[keyword.ordinal()];
        if (known == null) {
            return -1;
        }
        int found = Arrays.binarySearch(known, 0, counts[keyword.ordinal()], from);
        int index = found < 0 ? -found - 1 : found;
        return index == counts[keyword.ordinal()] ? -1 : known[index];
    }
}
