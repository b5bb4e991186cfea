package org.markwatch.watchlist;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of 256 bits. Neither an accessor nor {@link #toString} reveals it.
 *
 * <p>Its text form is 64 hex digits. Immutable.
 */
public final class Secret {
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
    private static final int BYTES = 32;
    private static final int TAG_BITS = 128;

    private final byte[] key;

    private Secret(byte[] key) {
        this.key = key;
    }

    /**
     * Parses a key.
     *
     * @param hex 64 hex digits; white space around them is ignored
     * @throws IllegalArgumentException if {@code hex} is not 64 hex digits; the message does not contain it
     */
    public static Secret ofHex(String hex) {
        String digits = hex.strip();
        if (!HEX.matcher(digits).matches()) {
            throw new IllegalArgumentException("must be 64 hex digits and nothing else");
        }
        return new Secret(HexFormat.of().parseHex(digits));
    }

    /** Generates a key and returns its 64 hex digits. */
    public static String newHex() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        String hex = HexFormat.of().formatHex(key);
        Arrays.fill(key, (byte) 0);
        return hex;
    }

    /** Returns a new HMAC-SHA-256 (RFC 2104) with this key, for use by one thread. */
    public Mac mac() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /**
     * Returns an AES-256-GCM cipher (NIST SP 800-38D) with a tag of 128 bits and {@code header} as authenticated data.
     */
    Cipher cipher(int mode, byte[] nonce, byte[] header) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(header);
        return cipher;
    }

    @Override
    public String toString() {
        return "Secret[not shown]";
    }
}
