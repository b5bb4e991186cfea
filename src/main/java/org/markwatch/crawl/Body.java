package org.markwatch.crawl;

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

/**
 * A body read into memory within bounds: decoded size, compression ratio, rate; judged by its first bytes, and by all that
 * follow, so that nothing that is no text can ride behind a beginning that is.
 *
 * @param bytes     decoded bytes, the first {@code length} of which are filled
 * @param length    decoded bytes read
 * @param truncated whether it went on beyond the limit
 * @param nonTextKind   what its bytes showed it to be, or null if it may be text
 */
record Body(byte[] bytes, int length, boolean truncated, Disposition.@Nullable RefusalKind nonTextKind) {
    /** Text does not shrink by more than this; what does is a bomb (ratio counted once it matters). */
    private static final int MAX_RATIO = 200;

    /** Compressed bytes taken at a time: small, since the ratio counts what has been taken. */
    private static final int CHUNK = 2048;

    /** What packing may add to a body that does not shrink: headers, and a few bytes a block. */
    private static final int OVERHEAD = 256 * 1024;

    /** A body of more members is made to keep a reader busy, not to be read. */
    private static final int MAX_EMPTY_MEMBERS = 50;

    private static final int RATIO_COUNTS_FROM = 256 * 1024;
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int MIN_BYTES_PER_SECOND = 256;

    /** A limit was passed. */
    static final class LimitException extends IOException {
        private static final long serialVersionUID = 1L;

        LimitException(String message) {
            super(message);
        }
    }

    /** The bytes come too slowly. */
    static final class SlowException extends IOException {
        private static final long serialVersionUID = 1L;

        SlowException(String message) {
            super(message);
        }
    }

    /** An encoding that was not asked for. */
    static final class EncodingException extends IOException {
        private static final long serialVersionUID = 1L;

        EncodingException(String message) {
            super(message);
        }
    }

    /** Where a body that grows finds room. */
    interface BufferBudget {
        /** For what is in memory anyway. */
        BufferBudget UNLIMITED = new BufferBudget() {
            @Override
            public void reserve(int bytes) {
                // all that it wants
            }

            @Override
            public void release(int bytes) {
                // nobody waits for it
            }
        };

        /** Takes bytes, waiting for them if need be. */
        void reserve(int bytes) throws IOException;

        /** Gives bytes back. */
        void release(int bytes);
    }

    /**
     * Reads until the end, the limit, or the first stretch of bytes that is not text.
     *
     * @param encoding value of Content-Encoding, or empty
     * @param max      the most decoded bytes to keep
     * @param space    asked for each array of more than {@link BodyMemory#FREE_BYTES} bytes; the last one is left to the caller to give back
     */
    static Body read(InputStream raw, String encoding, int max, BufferBudget space, LongSupplier nanos)
            throws IOException {
        MeteredStream metered = new MeteredStream(raw, max + (long) OVERHEAD, nanos);
        try (InputStream in = decoded(metered, encoding)) {
            byte[] bytes = new byte[Math.min(max, 16 * 1024)];
            int length = 0;
            int read = 0;
            boolean judged = false;
            while (true) {
                int room = judged ? bytes.length - length : Math.min(Signatures.HEADER_BYTES, max) - length;
                int n = room == 0 ? 0 : in.read(bytes, length, room);
                length += Math.max(n, 0);
                metered.checkRatio(length);
                if (!judged && (n < 0 || length == Math.min(Signatures.HEADER_BYTES, max))) {
                    Disposition.RefusalKind kind = Signatures.nonTextKind(bytes, length);
                    if (kind != null) {
                        return new Body(bytes, length, true, kind);
                    }
                    judged = true;
                    read = length;
                }
                boolean last = n < 0 || length == max;
                while (judged && length - read >= (last ? 1 : Signatures.WINDOW_BYTES)) {
                    int to = Math.min(length, read + Signatures.WINDOW_BYTES);
                    int from =
                            Math.min(read, Math.max(0, to - Signatures.WINDOW_BYTES)); // the last stretch reaches back
                    if (!Signatures.isUtf16(bytes, length) && Signatures.isBinary(bytes, from, to)) {
                        return new Body(bytes, to, true, Disposition.RefusalKind.OTHER_TYPE);
                    }
                    read = to;
                }
                if (n < 0) {
                    return new Body(bytes, length, false, null);
                }
                if (length == max) {
                    return new Body(bytes, length, in.read() >= 0, null);
                }
                if (length == bytes.length) {
                    long before = nanos.getAsLong();
                    bytes = larger(bytes, Math.min(max, bytes.length * 2), space);
                    metered.excuse(nanos.getAsLong() - before);
                }
            }
        }
    }

    private static byte[] larger(byte[] bytes, int size, BufferBudget space) throws IOException {
        if (size > BodyMemory.FREE_BYTES) {
            space.reserve(size);
        }
        byte[] larger = Arrays.copyOf(bytes, size);
        if (bytes.length > BodyMemory.FREE_BYTES) {
            space.release(bytes.length);
        }
        return larger;
    }

    private static InputStream decoded(MeteredStream raw, String encoding) throws IOException {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> raw;
            case "gzip", "x-gzip" -> new GzipMembers(raw);
            case "deflate" -> inflater(raw);
            default -> throw new EncodingException("Content-Encoding '" + OneLine.of(encoding) + "' was not asked for");
        };
    }

    /** The JDK's stream calls itself for each member that comes to nothing (RFC 1952 section 2.2), until its stack is full. */
    private static final class GzipMembers extends GZIPInputStream {
        private int empty;

        GzipMembers(InputStream in) throws IOException {
            super(in, CHUNK);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (empty == MAX_EMPTY_MEMBERS) {
                throw new LimitException("body has more than " + MAX_EMPTY_MEMBERS + " empty gzip members in a row");
            }
            empty++;
            try {
                return super.read(buffer, offset, length);
            } finally {
                empty--;
            }
        }
    }

    /** 'deflate' means zlib (RFC 9110 section 8.4.1.2), yet some servers send it bare. */
    private static InputStream inflater(MeteredStream raw) throws IOException {
        PushbackInputStream peekable = new PushbackInputStream(raw, 2);
        byte[] head = peekable.readNBytes(2);
        peekable.unread(head);
        boolean zlib =
                head.length == 2 && (head[0] & 0x0F) == 8 && ((head[0] & 0xFF) * 256 + (head[1] & 0xFF)) % 31 == 0;
        Inflater inflater = new Inflater(!zlib);
        return new InflaterInputStream(peekable, inflater, CHUNK) {
            @Override
            public void close() {
                inflater.end();
            }
        };
    }

    /** Counts and times what comes off the wire. Closing it drains nothing: the exchange is ended by its owner. */
    private static final class MeteredStream extends FilterInputStream {
        private final long most;
        private final LongSupplier nanos;
        private long startNanos;
        private long count;

        /** @param most bytes off the wire, after which it is no text of the size that is read */
        MeteredStream(InputStream raw, long most, LongSupplier nanos) {
            super(raw);
            this.most = most;
            this.nanos = nanos;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            count(Math.max(n, 0));
            return n;
        }

        /** The clock starts with the first bytes, and what has come and waits for us is no fault of the server. */
        private void count(int n) throws IOException {
            if (count == 0) {
                startNanos = nanos.getAsLong();
            }
            count += n;
            if (count > most) {
                throw new LimitException("body is sent in more than " + most + " bytes and unpacks to less");
            }
            long elapsed = nanos.getAsLong() - startNanos;
            if (elapsed > GRACE.toNanos() && in.available() == 0) {
                double perSecond = count * 1e9 / elapsed;
                if (perSecond < MIN_BYTES_PER_SECOND) {
                    throw new SlowException(
                            "body comes at %.0f bytes/s, less than %d".formatted(perSecond, MIN_BYTES_PER_SECOND));
                }
            }
        }

        /** Time that the server had no part in. */
        void excuse(long elapsed) {
            startNanos += elapsed;
        }

        void checkRatio(int decoded) throws LimitException {
            if (decoded > RATIO_COUNTS_FROM && decoded / MAX_RATIO > count) {
                throw new LimitException("body unpacks to more than " + MAX_RATIO + " times its size");
            }
        }

        @Override
        public void close() {
            // see the class comment
        }
    }
}
