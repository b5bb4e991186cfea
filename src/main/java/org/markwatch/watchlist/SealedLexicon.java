package org.markwatch.watchlist;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;

/**
 * A table of restricted indicators that lies on disk encrypted only.
 *
 * <p>The file is the 8 bytes {@code MWLEX01\n}, a random nonce of 12 bytes, and the table (CSV, UTF-8) in AES-256-GCM with its tag
 * of 16 bytes behind it; the first 8 bytes are authenticated too. Nobody reads or changes it without the key.
 */
public final class SealedLexicon {
    private static final byte[] HEADER = "MWLEX01\n".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private SealedLexicon() {}

    /**
     * Checks a table of indicators and encrypts it.
     *
     * @param name  of the table, for the faults
     * @param table CSV as in {@code indicators/*.csv}
     * @throws WatchlistException with every fault of a row; these name values, for whoever has the table in clear
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

    /** @throws Malformed with what is wrong; nothing of the content is in it */
    static String open(byte[] sealed, Secret key) throws MalformedValueException {
        int from = HEADER.length + NONCE_BYTES;
        if (sealed.length < from + TAG_BYTES || !Arrays.equals(sealed, 0, HEADER.length, HEADER, 0, HEADER.length)) {
            throw new MalformedValueException("must be a file that `markwatch lexicon seal` made");
        }
        try {
            byte[] nonce = Arrays.copyOfRange(sealed, HEADER.length, from);
            byte[] plain = key.cipher(Cipher.DECRYPT_MODE, nonce, HEADER).doFinal(sealed, from, sealed.length - from);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new MalformedValueException("cannot be opened: the key is another one, or the file was changed");
        }
    }
}
