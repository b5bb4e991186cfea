package org.markwatch.crawl.content;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Disposition;

/**
 * A response body, decoded and read into memory. Reading it enforces limits on decoded size, compression ratio and
 * transfer rate.
 *
 * <p>The first bytes are checked against {@link Signatures}; the bytes that follow are checked window by window
 * ({@link BinaryDetector}), so that binary data behind a text prefix is detected.
 *
 * @param bytes       buffer; the first {@code length} bytes are the decoded body
 * @param length      decoded bytes read, 0 or more
 * @param truncated   whether reading stopped before the end of the body
 * @param nonTextKind kind of content that the bytes indicate, or null if the body may be text
 */
public record Body(byte[] bytes, int length, boolean truncated, Disposition.@Nullable RefusalKind nonTextKind) {
    /** Largest compression ratio accepted. Text compresses by less; a larger ratio indicates a decompression bomb. */
    private static final int MAX_RATIO = 200;

    /**
     * Compressed bytes buffered at a time. The ratio counts buffered bytes as received, so the buffer must be small.
     */
    private static final int INFLATER_BUFFER_BYTES = 2048;

    /** Bytes by which a compressed body may exceed the decoded limit: file headers, and some bytes for each block. */
    private static final int MAX_ENCODING_OVERHEAD_BYTES = 256 * 1024;

    /** Consecutive empty gzip members accepted. */
    private static final int MAX_EMPTY_MEMBERS = 50;

    /** Decoded bytes up to which the compression ratio is not checked. */
    private static final int RATIO_CHECK_THRESHOLD_BYTES = 256 * 1024;

    /** Time after the first byte during which the transfer rate is not checked. */
    private static final Duration RATE_GRACE_PERIOD = Duration.ofSeconds(5);

    /** Smallest average transfer rate accepted. */
    private static final int MIN_BYTES_PER_SECOND = 256;

    /** Signals that a body exceeds a limit on size, compression ratio or number of empty members. */
    public static final class LimitException extends IOException {
        private static final long serialVersionUID = 1L;

        LimitException(String message) {
            super(message);
        }
    }

    /** Signals that a body arrives more slowly than the minimum rate. */
    public static final class SlowException extends IOException {
        private static final long serialVersionUID = 1L;

        SlowException(String message) {
            super(message);
        }
    }

    /** Signals a Content-Encoding that is not supported, or that is given more than once. */
    public static final class EncodingException extends IOException {
        private static final long serialVersionUID = 1L;

        public EncodingException(String message) {
            super(message);
        }
    }

    /**
     * Reads a body up to its end, the limit, or the first window of bytes that is not text. Closes the decoding stream,
     * but does not drain {@code raw}.
     *
     * @param encoding value of Content-Encoding, empty if there is none
     * @param max      largest number of decoded bytes to keep, at least 1
     * @param budget   grants each buffer of more than {@link BodyMemory#FREE_BYTES} bytes; the caller releases the last
     *                 one
     * @param nanos    clock for the transfer rate, in nanoseconds
     * @param detector new detector that decides which body is binary
     * @throws LimitException    if the body exceeds a limit other than {@code max}
     * @throws SlowException     if it arrives too slowly
     * @throws EncodingException if the encoding is not supported
     */
    public static Body read(
            InputStream raw,
            String encoding,
            int max,
            BodyMemory.BufferBudget budget,
            LongSupplier nanos,
            BinaryDetector detector)
            throws IOException {
        MeteredStream received = new MeteredStream(raw, max + (long) MAX_ENCODING_OVERHEAD_BYTES, nanos);
        try (InputStream in = decoded(received, encoding)) {
            byte[] bytes = new byte[Math.min(max, 16 * 1024)];
            int length = 0;
            int checked = 0;
            boolean prefixChecked = false;
            while (true) {
                int capacity = prefixChecked ? bytes.length - length : Math.min(Signatures.HEADER_BYTES, max) - length;
                int n = capacity == 0 ? 0 : in.read(bytes, length, capacity);
                length += Math.max(n, 0);
                received.checkRatio(length);
                if (!prefixChecked && (n < 0 || length == Math.min(Signatures.HEADER_BYTES, max))) {
                    Disposition.RefusalKind kind = Signatures.nonTextKind(bytes, length, detector);
                    if (kind != null) {
                        return new Body(bytes, length, true, kind);
                    }
                    prefixChecked = true;
                    checked = length;
                }
                boolean last = n < 0 || length == max;
                while (prefixChecked && length - checked >= (last ? 1 : BinaryDetector.WINDOW_BYTES)) {
                    int to = Math.min(length, checked + BinaryDetector.WINDOW_BYTES);
                    if (detector.isBinary(bytes, checked, to)) {
                        return new Body(bytes, to, true, Disposition.RefusalKind.OTHER_TYPE);
                    }
                    checked = to;
                }
                if (n < 0) {
                    return new Body(bytes, length, false, null);
                }
                if (length == max) {
                    return new Body(bytes, length, in.read() >= 0, null);
                }
                if (length == bytes.length) {
                    long before = nanos.getAsLong();
                    bytes = enlarged(bytes, Math.min(max, bytes.length * 2), budget);
                    received.excludeTime(nanos.getAsLong() - before);
                }
            }
        }
    }

    private static byte[] enlarged(byte[] bytes, int size, BodyMemory.BufferBudget budget) throws IOException {
        if (size > BodyMemory.FREE_BYTES) {
            budget.reserve(size);
        }
        byte[] larger = Arrays.copyOf(bytes, size);
        if (bytes.length > BodyMemory.FREE_BYTES) {
            budget.release(bytes.length);
        }
        return larger;
    }

    private static InputStream decoded(MeteredStream raw, String encoding) throws IOException {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> raw;
            case "gzip", "x-gzip" -> new GzipMembers(raw);
            case "deflate" -> inflater(raw);
            default -> throw new EncodingException("Content-Encoding '" + OneLine.of(encoding) + "' is not supported");
        };
    }

    /**
     * Limits the empty members of a gzip body (RFC 1952 section 2.2). {@link GZIPInputStream#read} calls itself for
     * each empty member and would overflow the stack.
     */
    private static final class GzipMembers extends GZIPInputStream {
        private int depth;

        GzipMembers(InputStream in) throws IOException {
            super(in, INFLATER_BUFFER_BYTES);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (depth == MAX_EMPTY_MEMBERS) {
                throw new LimitException("body has more than " + MAX_EMPTY_MEMBERS + " empty gzip members in a row");
            }
            depth++;
            try {
                return super.read(buffer, offset, length);
            } finally {
                depth--;
            }
        }
    }

    /** Decodes 'deflate', which means zlib (RFC 9110 section 8.4.1.2); some servers omit the zlib header. */
    private static InputStream inflater(MeteredStream raw) throws IOException {
        PushbackInputStream peekable = new PushbackInputStream(raw, 2);
        byte[] head = peekable.readNBytes(2);
        peekable.unread(head);
        boolean zlib =
                head.length == 2 && (head[0] & 0x0F) == 8 && ((head[0] & 0xFF) * 256 + (head[1] & 0xFF)) % 31 == 0;
        Inflater inflater = new Inflater(!zlib);
        return new InflaterInputStream(peekable, inflater, INFLATER_BUFFER_BYTES) {
            @Override
            public void close() {
                inflater.end();
            }
        };
    }

    /** Counts the bytes received and checks their rate. Closing does nothing; the owner of the exchange ends it. */
    private static final class MeteredStream extends FilterInputStream {
        private final long maxBytes;
        private final LongSupplier nanos;
        private long startNanos;
        private long count;

        /** @param maxBytes largest number of encoded bytes accepted */
        MeteredStream(InputStream raw, long maxBytes, LongSupplier nanos) {
            super(raw);
            this.maxBytes = maxBytes;
            this.nanos = nanos;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            if (b >= 0) {
                count(1);
            }
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            if (n > 0) {
                count(n); // a complete body is not late, however long the crawler waited for the processor
            }
            return n;
        }

        /**
         * Counts bytes and checks the rate. Time counts from the first byte; data that waits to be read is not late.
         */
        private void count(int n) throws IOException {
            if (count == 0) {
                startNanos = nanos.getAsLong();
            }
            count += n;
            if (count > maxBytes) {
                throw new LimitException("body has more than " + maxBytes + " encoded bytes and decodes to fewer");
            }
            long elapsed = nanos.getAsLong() - startNanos;
            if (elapsed > RATE_GRACE_PERIOD.toNanos() && in.available() == 0) {
                double perSecond = count * 1e9 / elapsed;
                if (perSecond < MIN_BYTES_PER_SECOND) {
                    throw new SlowException("body arrives at %.0f bytes/s, below the minimum of %d"
                            .formatted(perSecond, MIN_BYTES_PER_SECOND));
                }
            }
        }

        /** Excludes time that the server did not cause from the rate. */
        void excludeTime(long elapsed) {
            startNanos += elapsed;
        }

        void checkRatio(int decoded) throws LimitException {
            if (decoded > RATIO_CHECK_THRESHOLD_BYTES && decoded / MAX_RATIO > count) {
                throw new LimitException("body decodes to more than " + MAX_RATIO + " times its encoded size");
            }
        }

        @Override
        public void close() {
            // see the class comment
        }
    }
}
