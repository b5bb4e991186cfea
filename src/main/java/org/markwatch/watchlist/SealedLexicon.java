package org.markwatch.watchlist;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;

/**
 * Encrypts and decrypts a table of restricted indicators. It is not a {@link Lexicon}, which holds words by category.
 *
 * <p>The file has a header of 8 bytes, {@code MWLEX01\n}, a random nonce of 12 bytes, and the table (CSV, UTF-8) in
 * AES-256-GCM (NIST SP 800-38D), followed by a tag of 16 bytes. The header is authenticated data.
 */
public final class SealedLexicon {
    private static final byte[] HEADER = "MWLEX01\n".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private SealedLexicon() {}

    /**
     * Validates and encrypts a table of indicators.
     *
     * @param name  path of the table, for faults
     * @param table CSV as in {@code indicators/*.csv}
     * @return the content of the encrypted file
     * @throws WatchlistException with the faults of the table; its faults show values
     */
    public static byte[] seal(String name, String table, Secret key) throws WatchlistException {
        Faults faults = new Faults();
        List<Section> rows = IndicatorsFile.table(name, table, faults);
        rows.forEach(IndicatorsFile::read);
        if (rows.isEmpty() && faults.count() == 0) {
            faults.add(SourceLocation.of(name), "must have at least one indicator");
        }
        faults.throwIfAny();
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        byte[] plain = table.getBytes(StandardCharsets.UTF_8);
        byte[] sealed = Arrays.copyOf(HEADER, HEADER.length + NONCE_BYTES + plain.length + TAG_BYTES);
        System.arraycopy(nonce, 0, sealed, HEADER.length, NONCE_BYTES);
        try {
            key.cipher(Cipher.ENCRYPT_MODE, nonce, HEADER)
                    .doFinal(plain, 0, plain.length, sealed, HEADER.length + NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-256-GCM", e);
        }
        return sealed;
    }

    /**
     * Decrypts a table.
     *
     * @throws MalformedValueException if the key is wrong or the file was changed; the message shows nothing of the
     * content
     */
    static String open(byte[] sealed, Secret key) throws MalformedValueException {
        int from = HEADER.length + NONCE_BYTES;
        if (sealed.length < from + TAG_BYTES || !Arrays.equals(sealed, 0, HEADER.length, HEADER, 0, HEADER.length)) {
            throw new MalformedValueException("must be a file that `markwatch lexicon seal` wrote");
        }
        try {
            byte[] nonce = Arrays.copyOfRange(sealed, HEADER.length, from);
            byte[] plain = key.cipher(Cipher.DECRYPT_MODE, nonce, HEADER).doFinal(sealed, from, sealed.length - from);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new MalformedValueException("cannot be decrypted: the key is wrong, or the file was changed");
        }
    }
}
