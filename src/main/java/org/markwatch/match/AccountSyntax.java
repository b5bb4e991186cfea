package org.markwatch.match;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.markwatch.text.FoldedText;
import org.markwatch.text.Folding;
import org.markwatch.text.Words;

/**
 * Account numbers that carry a checksum, so that a random string is not taken for one. Read in the text as it stands: their
 * letters mean something in their case.
 */
enum AccountSyntax {
    /** Base58Check with version 0x00 or 0x05, or a witness address of BIP 173 and BIP 350 with prefix {@code bc}. */
    BITCOIN {
        @Override
        int points(String token) {
            return all(Base58.check(token, Set.of(0x00, 0x05)) || Bech32.check(token, "bc"));
        }
    },
    /** Version 0x30 or 0x32, or a witness address with prefix {@code ltc}. The old 0x05 is Bitcoin's too and counts there. */
    LITECOIN {
        @Override
        int points(String token) {
            return all(Base58.check(token, Set.of(0x30, 0x32)) || Bech32.check(token, "ltc"));
        }
    },
    /** Base58Check with version 0x41, which Tether is mostly sent to. */
    TRON {
        @Override
        int points(String token) {
            return all(Base58.check(token, Set.of(0x41)));
        }
    },
    /** Base58Check with version 0x1E or 0x16. */
    DOGECOIN {
        @Override
        int points(String token) {
            return all(Base58.check(token, Set.of(0x1E, 0x16)));
        }
    },
    /** EIP-55. An address in one case alone has no checksum: it counts half. */
    ETHEREUM {
        @Override
        int points(String token) {
            if (token.length() != 42 || !token.startsWith("0x") || !isHex(token, 2)) {
                return 0;
            }
            String digits = token.substring(2);
            String lower = digits.toLowerCase(Locale.ROOT);
            if (digits.equals(lower) || digits.equals(digits.toUpperCase(Locale.ROOT))) {
                return digits.chars().distinct().count() < 5 ? 0 : 50;
            }
            byte[] hash = Keccak.hash(lower.getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < digits.length(); i++) {
                int nibble = hash[i / 2] >> (i % 2 == 0 ? 4 : 0) & 0xF;
                char c = digits.charAt(i);
                if (Character.isLetter(c) && Character.isUpperCase(c) != nibble >= 8) {
                    return 0;
                }
            }
            return 100;
        }

        private boolean isHex(String token, int from) {
            for (int i = from; i < token.length(); i++) {
                if (Character.digit(token.charAt(i), 16) < 0 || token.charAt(i) >= 0x80) {
                    return false;
                }
            }
            return true;
        }
    },
    /** CryptoNote base 58 in blocks of 8 bytes, network byte 18, 19 or 42, four bytes of Keccak. */
    MONERO {
        @Override
        int points(String token) {
            return all((token.length() == 95 || token.length() == 106) && Base58.cryptoNote(token));
        }
    },
    /** ISO 13616: mod 97 (ISO 7064), and a length that its country has. */
    IBAN {
        @Override
        int points(String token) {
            return all(Iban.check(token));
        }
    };

    /** Letters and digits of an account that is written in one piece. */
    private static final int SHORTEST = Words.LONG;
    /** Monero's with a payment's number in it, and some characters that nobody sees. */
    private static final int LONGEST = 2 * 106;

    /**
     * How much of its weight a token earns.
     *
     * @param token letters and digits only
     * @return 0 if it is no such account, 100 if its checksum holds, between if it has none
     */
    abstract int points(String token);

    private static int all(boolean holds) {
        return holds ? 100 : 0;
    }

    /** @throws IllegalArgumentException if there is no syntax of that name */
    static AccountSyntax named(String rule, String name) {
        for (AccountSyntax syntax : values()) {
            if (syntax.name().toLowerCase(Locale.ROOT).equals(name)) {
                return syntax;
            }
        }
        throw new IllegalArgumentException("indicator " + rule + ": pattern=" + name + "; must be one of "
                + Arrays.toString(values()).toLowerCase(Locale.ROOT));
    }

    /** Whether a text may have an account. */
    boolean isPossible(FoldedText text) {
        return this == IBAN ? text.has(Folding.DIGIT) && Iban.isPossible(text) : text.hasLongWord();
    }

    /** Reports each account in a text, with the percentage of its weight. */
    void find(String text, Found found) {
        int n = text.length();
        int i = 0;
        while (i < n) {
            if (!isAlphanumeric(text.charAt(i))) {
                i++;
                continue;
            }
            int end = endOfToken(text, i);
            if (this == IBAN) {
                end = Math.max(end, Iban.find(text, i, end, found));
            } else if (end - i >= SHORTEST && end - i <= LONGEST) {
                int percent = points(visible(text, i, end));
                if (percent > 0) {
                    found.add(i, end, percent);
                }
            }
            i = end;
        }
    }

    /** Characters that nobody sees break no account. */
    private static int endOfToken(String text, int start) {
        int end = start;
        while (end < text.length() && (isAlphanumeric(text.charAt(end)) || Folding.isIgnorable(text.charAt(end)))) {
            end++;
        }
        return end;
    }

    private static String visible(String text, int start, int end) {
        StringBuilder visible = new StringBuilder(end - start);
        for (int i = start; i < end; i++) {
            if (!Folding.isIgnorable(text.charAt(i))) {
                visible.append(text.charAt(i));
            }
        }
        return visible.toString();
    }

    private static boolean isAlphanumeric(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** Takes an account. */
    interface Found {
        /** @param percent of the indicator's weight, 1 to 100 */
        void add(int start, int end, int percent);
    }

    private static final class Base58 {
        private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        /** Bytes by number of characters of a last block. */
        private static final int[] BLOCK_BYTES = {0, -1, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8};

        static boolean check(String token, Set<Integer> versions) {
            if (token.length() < 26 || token.length() > 35) {
                return false;
            }
            BigInteger value = value(token);
            if (value.signum() < 0 || value.bitLength() > 200) {
                return false;
            }
            byte[] bytes = bytes(value, 25);
            int zeros = 0;
            while (zeros < 25 && bytes[zeros] == 0) {
                zeros++;
            }
            int ones = 0;
            while (ones < token.length() && token.charAt(ones) == '1') {
                ones++;
            }
            if (zeros != ones || !versions.contains(bytes[0] & 0xFF)) {
                return false;
            }
            byte[] sum = sha256(sha256(Arrays.copyOf(bytes, 21)));
            return Arrays.equals(sum, 0, 4, bytes, 21, 25);
        }

        static boolean cryptoNote(String token) {
            byte[] bytes = new byte[token.length() / 11 * 8 + Math.max(0, BLOCK_BYTES[token.length() % 11])];
            int filled = 0;
            for (int i = 0; i < token.length(); i += 11) {
                String block = token.substring(i, Math.min(i + 11, token.length()));
                int size = BLOCK_BYTES[block.length()];
                BigInteger value = value(block);
                if (size < 0 || value.signum() < 0 || value.bitLength() > 8 * size) {
                    return false;
                }
                System.arraycopy(bytes(value, size), 0, bytes, filled, size);
                filled += size;
            }
            int network = bytes[0] & 0xFF;
            if (network != 18 && network != 19 && network != 42) {
                return false;
            }
            byte[] sum = Keccak.hash(Arrays.copyOf(bytes, filled - 4));
            return Arrays.equals(sum, 0, 4, bytes, filled - 4, filled);
        }

        /** -1 if a character is none of the alphabet. */
        private static BigInteger value(String token) {
            BigInteger value = BigInteger.ZERO;
            for (int i = 0; i < token.length(); i++) {
                int digit = ALPHABET.indexOf(token.charAt(i));
                if (digit < 0) {
                    return BigInteger.ONE.negate();
                }
                value = value.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(digit));
            }
            return value;
        }

        private static byte[] bytes(BigInteger value, int size) {
            byte[] magnitude = value.toByteArray();
            byte[] bytes = new byte[size];
            int length = Math.min(magnitude.length, size);
            System.arraycopy(magnitude, magnitude.length - length, bytes, size - length, length);
            return bytes;
        }

        private static byte[] sha256(byte[] bytes) {
            try {
                return MessageDigest.getInstance("SHA-256").digest(bytes);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }

    private static final class Bech32 {
        private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
        private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
        /** BIP 350: what remains for witness version 1 and later; 1 for version 0. */
        private static final int BECH32M = 0x2bc830a3;

        static boolean check(String token, String prefix) {
            String lower = token.toLowerCase(Locale.ROOT);
            if (!token.equals(lower) && !token.equals(token.toUpperCase(Locale.ROOT))
                    || !lower.startsWith(prefix + "1")
                    || lower.length() > 90) {
                return false;
            }
            int sum = 1;
            for (int i = 0; i < prefix.length(); i++) {
                sum = next(sum, prefix.charAt(i) >> 5);
            }
            sum = next(sum, 0);
            for (int i = 0; i < prefix.length(); i++) {
                sum = next(sum, prefix.charAt(i) & 31);
            }
            int data = prefix.length() + 1;
            for (int i = data; i < lower.length(); i++) {
                int value = ALPHABET.indexOf(lower.charAt(i));
                if (value < 0) {
                    return false;
                }
                sum = next(sum, value);
            }
            int version = ALPHABET.indexOf(lower.charAt(data));
            return lower.length() - data >= 14 && sum == (version == 0 ? 1 : BECH32M);
        }

        private static int next(int sum, int value) {
            int top = sum >>> 25;
            int shifted = (sum & 0x1ffffff) << 5 ^ value;
            for (int i = 0; i < GENERATOR.length; i++) {
                shifted ^= (top >> i & 1) == 0 ? 0 : GENERATOR[i];
            }
            return shifted;
        }
    }

    private static final class Iban {
        private static final int SHORTEST_IBAN = 15;

        /** Country and length of its numbers, from the IBAN registry (SWIFT, ISO 13616). */
        private static final Set<String> LENGTHS = Set.of(
                ("AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18"
                                + " FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20"
                                + " LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28"
                                + " PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22"
                                + " VG24 XK20")
                        .split(" "));

        /** Whether a word begins as a number does: country and two digits. */
        static boolean isPossible(FoldedText text) {
            if (text.length() < SHORTEST_IBAN) {
                return false;
            }
            if (text.has(Folding.FOREIGN_LETTER)) {
                return true;
            }
            Words words = text.words();
            int last = text.limit() - SHORTEST_IBAN;
            for (int w = words.firstFrom(text.offset()); w < words.count() && words.start(w) <= last; w++) {
                int start = words.start(w) - text.offset();
                if (isDigit(text.charAt(start + 2))
                        && isDigit(text.charAt(start + 3))
                        && words.end(w) - words.start(w) >= 4) {
                    return true;
                }
            }
            return false;
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }

        static boolean check(String token) {
            if (token.length() < SHORTEST_IBAN
                    || !LENGTHS.contains(token.substring(0, 2).toUpperCase(Locale.ROOT) + token.length())
                    || !isOfOneCase(token)) {
                return false;
            }
            int remainder = 0;
            for (int i = 0; i < token.length(); i++) {
                char c = token.charAt((i + 4) % token.length());
                int value = Character.digit(c, 36);
                if (value < 0) {
                    return false;
                }
                remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97;
            }
            return remainder == 1 && Character.isDigit(token.charAt(2)) && Character.isDigit(token.charAt(3));
        }

        private static boolean isOfOneCase(String token) {
            return token.equals(token.toUpperCase(Locale.ROOT)) || token.equals(token.toLowerCase(Locale.ROOT));
        }

        private static boolean separates(char c) {
            return c == '-' || c == '.' || Character.isSpaceChar(c);
        }

        /** A number that begins here, in one piece or in groups with one sign between; gives its end, or 0. */
        static int find(String text, int start, int firstEnd, Found found) {
            if (firstEnd - start < 4
                    || !Character.isLetter(text.charAt(start))
                    || !Character.isLetter(text.charAt(start + 1))
                    || !Character.isDigit(text.charAt(start + 2))) {
                return 0;
            }
            StringBuilder token = new StringBuilder();
            int at = start;
            int end = 0;
            while (at < text.length() && token.length() < 34 && isAlphanumeric(text.charAt(at))) {
                int groupEnd = endOfToken(text, at);
                token.append(visible(text, at, groupEnd));
                at = groupEnd;
                if (check(token.toString())) {
                    end = at;
                    break;
                }
                if (at < text.length() && separates(text.charAt(at))) {
                    at++;
                }
            }
            if (end > 0) {
                found.add(start, end, 100);
            }
            return end;
        }
    }
}
