package org.markwatch.demo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Bytes that begin like a picture and are none: a signature and the header of one pixel, then nothing but zeros.
 *
 * <p>They let the demo prove that a picture is refused by its first bytes. There is no pixel in them to decode.
 */
final class FakePicture {
    private static final int SIZE = 256 * 1024;
    private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte[] JPEG_SIGNATURE = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0};

    private FakePicture() {}

    /** PNG signature and IHDR chunk (PNG Third Edition, 5.2 and 11.2.1) of 1×1 grey, larger than a crawler should read. */
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

    /** JPEG start-of-image and APP0 markers (ITU-T T.81, B.1.1.3), and zeros. */
    static byte[] jpeg() {
        return ByteBuffer.allocate(SIZE).put(JPEG_SIGNATURE).array();
    }
}
