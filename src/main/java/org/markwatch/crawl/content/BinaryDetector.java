package org.markwatch.crawl.content;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Decides in one pass over a body whether it is binary data, or text that may have stray control bytes.
 *
 * <p>The body is given window by window. The <em>binary data bytes</em> of WHATWG MIME Sniffing section 3 are counted; a
 * window without any costs nothing more. A body is binary in each of these cases:
 *
 * <ul>
 *   <li>Two windows in a row have more than {@value #MAX_NOISE} noise bytes. Compressed data of pictures, video and audio
 *       has about 100 in each window. A noise byte is a binary data byte that differs from the byte before it, in a window
 *       with many different ones and at least twice as many bytes that are not UTF-8.
 *   <li>The whole body has more than {@value #MAX_NOISE_OF_BODY} noise bytes and 1 % of its length, as data that alternates
 *       with text has.
 *   <li>The body has more than {@value #MAX_STRAY_BYTES} binary data bytes and 4 % of its length, or its first window
 *       consists of them by more than three quarters. Windows of UTF-16 and UTF-32 text do not count.
 * </ul>
 *
 * <p>The windows of a body in UTF-16, by its byte order mark or the declared character set, are checked for unpaired
 * surrogates and private-use characters instead. Not safe for use by multiple threads.
 */
public final class BinaryDetector {
    /** Size of a window in bytes, except the first ({@link Signatures#HEADER_BYTES}) and the last. */
    public static final int WINDOW_BYTES = 1024;

    /** Binary data bytes that any body may have. */
    static final int MAX_STRAY_BYTES = 512;

    /** Noise bytes that two windows in a row may have. */
    private static final int MAX_NOISE = 80;

    /** Noise bytes that any body may have. */
    private static final int MAX_NOISE_OF_BODY = 128;

    /** Different binary data bytes of 27 that a window with noise has at least. Padding has one or two. */
    private static final int MIN_NOISE_VALUES = 8;

    /**
     * Bit mask of the control characters that are binary data bytes: all but tab, line feed, form feed, carriage
     * return, escape.
     */
    private static final int BINARY_DATA_BYTES = ~(1 << 0x09 | 1 << 0x0A | 1 << 0x0C | 1 << 0x0D | 1 << 0x1B);

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final @Nullable Charset declared;
    private final boolean strayBytesLimited;
    private long noiseBytes;
    private int noiseBytesBefore;
    private long strayBytes;

    private BinaryDetector(@Nullable Charset declared, boolean strayBytesLimited) {
        this.declared = declared;
        this.strayBytesLimited = strayBytesLimited;
    }

    /**
     * Returns a detector for the body of a page or sitemap.
     *
     * @param charset declared character set, or null
     */
    public static BinaryDetector ofPage(@Nullable String charset) {
        return new BinaryDetector(charset == null ? null : Charsets.byLabel(charset), true);
    }

    /** Returns a detector for robots.txt, whose rules bind among any number of control bytes. */
    public static BinaryDetector ofRobots() {
        return new BinaryDetector(null, false);
    }

    /**
     * Adds the next window, and returns whether the body is binary.
     *
     * @param from index of the first byte of the window
     * @param to   index after its last byte; the body is filled up to it
     */
    boolean isBinary(byte[] body, int from, int to) {
        Charset utf16 = utf16(body, to);
        int binaryBytes = utf16 == null ? binaryBytes(body, from, to) : 0;
        int noise = 0;
        if (utf16 != null) {
            noise = utf16Noise(body, from, to, utf16.equals(StandardCharsets.UTF_16BE));
        } else if (binaryBytes > 0) {
            noise = noise(body, from, to);
        }
        int recent = noise + noiseBytesBefore;
        noiseBytesBefore = noise;
        noiseBytes += noise;
        if (recent > (from == 0 ? Math.min(MAX_NOISE, to / 20) : MAX_NOISE)
                || noiseBytes > MAX_NOISE_OF_BODY + to / 100) {
            return true;
        }
        if (binaryBytes == 0 || !strayBytesLimited || isWideText(body, from, to)) {
            return false;
        }
        strayBytes += binaryBytes;
        return strayBytes > MAX_STRAY_BYTES && strayBytes * 25 > to || from == 0 && strayBytes * 4 > to * 3L;
    }

    /** Returns the kind of UTF-16 of a body, by its byte order mark or the declared character set; otherwise null. */
    private @Nullable Charset utf16(byte[] body, int length) {
        Charset marked = Charsets.byteOrderMark(body, length);
        Charset charset = marked == null ? declared : marked;
        return charset != null && charset.name().startsWith("UTF-16") ? charset : null;
    }

    /** Returns whether any of some bytes is a binary data byte; false if the body is UTF-16. */
    boolean hasBinaryByte(byte[] body, int from, int to) {
        return utf16(body, to) == null && binaryBytes(body, from, to) > 0;
    }

    /** Counts the binary data bytes (WHATWG MIME Sniffing section 3). */
    private static int binaryBytes(byte[] body, int from, int to) {
        int n = 0;
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long eight = (long) LONGS.get(body, i);
            // the highest bit of a byte is set if the byte or one before it is below 0x20
            if ((eight - 0x2020202020202020L & ~eight & 0x8080808080808080L) != 0) {
                n += binaryBytesOneByOne(body, i, i + Long.BYTES);
            }
        }
        return n + binaryBytesOneByOne(body, i, to);
    }

    private static int binaryBytesOneByOne(byte[] body, int from, int to) {
        int n = 0;
        for (int i = from; i < to; i++) {
            n += isBinaryByte(body[i]) ? 1 : 0;
        }
        return n;
    }

    /** Returns whether a byte is a binary data byte. */
    public static boolean isBinaryByte(byte b) {
        return b >= 0 && b < 0x20 && (BINARY_DATA_BYTES >>> b & 1) != 0;
    }

    private static int noise(byte[] body, int from, int to) {
        int values = 0;
        int changes = 0;
        int malformed = 0;
        int i = from;
        while (i < to) {
            byte b = body[i];
            int length = 1;
            if (b < 0) {
                length = utf8Length(body, i, to);
                malformed += length == 1 ? 1 : 0;
            } else if (isBinaryByte(b)) {
                values |= 1 << b;
                changes += i == from || body[i - 1] != b ? 1 : 0;
            }
            i += length;
        }
        return Integer.bitCount(values) < MIN_NOISE_VALUES ? 0 : Math.min(changes, malformed / 2);
    }

    /** Returns the length of the UTF-8 sequence of two or more bytes that begins at a byte, or 1 if none does. */
    private static int utf8Length(byte[] body, int at, int to) {
        int lead = body[at] & 0xFF;
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || length > to - at) {
            return 1;
        }
        for (int i = at + 1; i < at + length; i++) {
            if ((body[i] & 0xC0) != 0x80) {
                return 1;
            }
        }
        return length;
    }

    /** Returns the noise of UTF-16: 3 % of random units are unpaired surrogates, 10 % are private-use characters. */
    private static int utf16Noise(byte[] body, int from, int to, boolean bigEndian) {
        int unpaired = 0;
        int privateUse = 0;
        boolean afterHigh = false;
        for (int i = from & ~1; i + 1 < to; i += 2) {
            int high = body[bigEndian ? i : i + 1] & 0xFF;
            boolean low = high >= 0xDC && high <= 0xDF;
            unpaired += low == afterHigh ? 0 : 1;
            privateUse += high >= 0xE0 && high <= 0xF8 ? 1 : 0;
            afterHigh = high >= 0xD8 && high <= 0xDB;
        }
        return Math.min(4 * unpaired, 2 * privateUse);
    }

    /**
     * Returns whether nearly all of a window is Latin text in UTF-16, or any text in UTF-32, without a byte order mark:
     * the zero bytes are parts of characters.
     */
    private static boolean isWideText(byte[] body, int from, int to) {
        int latinUnits = 0;
        int codePoints = 0;
        int start = from + 3 & ~3;
        for (int i = start; i + 3 < to; i += 4) {
            byte a = body[i];
            byte b = body[i + 1];
            byte c = body[i + 2];
            byte d = body[i + 3];
            boolean latin = a == 0 && c == 0 && isTextByte(b) && isTextByte(d)
                    || b == 0 && d == 0 && isTextByte(a) && isTextByte(c);
            boolean bigEndian = a == 0 && b >= 0 && b <= 0x10 && (c != 0 || isTextByte(d));
            boolean littleEndian = d == 0 && c >= 0 && c <= 0x10 && (b != 0 || isTextByte(a));
            latinUnits += latin ? 1 : 0;
            codePoints += bigEndian || littleEndian ? 1 : 0;
        }
        int units = (to - start) / 4;
        return latinUnits * 10 > units * 9 || codePoints * 10 > units * 9;
    }

    private static boolean isTextByte(byte b) {
        return b != 0 && !isBinaryByte(b);
    }
}
