package org.markwatch.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and hashes the text of a table as it passes. */
final class PartDigest {
    private static final int MEGABYTE = 1 << 20;

    private final MessageDigest sha256 = sha256();
    private final String phase;
    private final String table;
    private final long bytesBefore;
    private final BytesListener progress;
    private long rows;
    private long bytes;
    private long reported;

    /** @param bytesBefore bytes of the tables before this one */
    PartDigest(String phase, String table, long bytesBefore, BytesListener progress) {
        this.phase = phase;
        this.table = table;
        this.bytesBefore = bytesBefore;
        this.progress = progress;
        progress.at(phase, table, bytesBefore);
    }

    /** Adds bytes. In COPY's text form each row ends with a line feed, and those of values are escaped. */
    void update(byte[] buffer, int from, int length) {
        sha256.update(buffer, from, length);
        for (int at = from; at < from + length; at++) {
            if (buffer[at] == '\n') {
                rows++;
            }
        }
        bytes += length;
        if (bytes - reported >= MEGABYTE) {
            reported = bytes;
            progress.at(phase, table, bytesBefore + bytes);
        }
    }

    long rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }

    /** Returns the SHA-256 in hexadecimal; ends the digest. */
    String sha256Hex() {
        return HexFormat.of().formatHex(sha256.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
