package org.markwatch.demo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Bytes that have the signature and header of a picture, followed by zeros.
 *
 * <p>With them the demo shows that a picture is refused by its first bytes. They contain no pixel data.
 */
final class FakePicture {
    private static final int SIZE = 256 * 1024;
    private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte[] JPEG_SIGNATURE = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0};

    private FakePicture() {}

    /**
     * Returns a PNG signature and an IHDR chunk (PNG Third Edition, 5.2 and 11.2.1) of 1×1 grey, and zeros up to 256
     * KiB.
     */
    static byte[] png() {
        ByteBuffer header = ByteBuffer.allocate(17)
                .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                .putInt(1)
                .putInt(1)
                .put(new byte[] {8, 0, 0, 0, 0});
        CRC32 crc = new CRC32();
        crc.update(header.array());
        return ByteBuffer.allocate(SIZE)
                .put(PNG_SIGNATURE)
                .putInt(13)
                .put(header.array())
                .putInt((int) crc.getValue())
                .array();
    }

    /** Returns JPEG start-of-image and APP0 markers (ITU-T T.81, B.1.1.3), and zeros up to 256 KiB. */
    static byte[] jpeg() {
        return ByteBuffer.allocate(SIZE).put(JPEG_SIGNATURE).array();
    }
}
