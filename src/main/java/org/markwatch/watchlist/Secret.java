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
 * A key of 256 bits. It is used and never shown: it has no accessor, and its {@link #toString} says nothing.
 *
 * <p>It is written as 64 hex digits, in a file that only its owner can read or in the environment.
 */
public final class Secret {
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
    private static final int BYTES = 32;
    private static final int TAG_BITS = 128;

    private final byte[] key;

    private Secret(byte[] key) {
        this.key = key;
    }

    /** @throws IllegalArgumentException if it is not 64 hex digits; the message does not repeat it */
    public static Secret ofHex(String hex) {
        String digits = hex.strip();
        if (!HEX.matcher(digits).matches()) {
            throw new IllegalArgumentException("must be 64 hex digits and nothing else");
        }
        return new Secret(HexFormat.of().parseHex(digits));
    }

    /** 64 hex digits for a new key. */
    public static String newHex() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        String hex = HexFormat.of().formatHex(key);
        Arrays.fill(key, (byte) 0);
        return hex;
    }

    /** HMAC-SHA-256 (RFC 2104) with this key; for one thread. */
    public Mac mac() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /** AES-256-GCM (NIST SP 800-38D) with a tag of 128 bits. */
    Cipher cipher(int mode, byte[] nonce, byte[] header) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(header);
        return cipher;
    }

    @Override
    public String toString() {
        return "a key that is not shown";
    }
}
