package org.markwatch.extract;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Field;

/**
 * Encodes and decodes the binary form in which a {@link PageText} is stored between runs.
 *
 * <p>Each distinct pair of field and detail is written out once and numbered in order of occurrence, so the encoding
 * depends on the names of {@link Field} constants but not on their order. Pairs after the first 65,535 are written out
 * each time. Numbers are big-endian. A string is its length in bytes as a 32-bit integer, then UTF-8. UTF-8 cannot
 * encode an unpaired surrogate, and passages contain none (see {@link CollapsedText}).
 *
 * <p>Version 4 has a byte after the structure that is 1 for a shell. Version 3 is read as a page that is no shell.
 */
final class PageTextCodec {
    /** First byte of the encoding. Increase it with each change of the format. */
    private static final int FORMAT_VERSION = 4;

    /** The lowest version that is read; others are rejected. */
    private static final int LOWEST_VERSION = 3;

    /** Native code if the platform can load it, otherwise Java. */
    private static final LZ4Factory LZ4 = LZ4Factory.fastestInstance();
    /** Upper bound of decompressed bytes for one byte of an LZ4 block (LZ4 block format description). */
    private static final int MAX_EXPANSION = 255;

    /** Marks a pair of field and detail that is written out because it has no number. */
    private static final int UNNUMBERED = 0xFFFF;
    /** Estimate, to size the buffer. */
    private static final int OVERHEAD_BYTES_PER_PASSAGE = 12;

    private PageTextCodec() {}

    /** Returns the uncompressed encoding. */
    static byte[] encode(PageText text) {
        PassageList passages = text.passages();
        PageTextWriter out = new PageTextWriter(
                256 + text.title().length() + passages.utf8().length + passages.size() * OVERHEAD_BYTES_PER_PASSAGE);
        out.writeInteger(1, FORMAT_VERSION);
        out.writeString(text.url().toString());
        out.writeString(text.title());
        out.writeString(text.language());
        out.writeInteger(Long.BYTES, text.structure());
        out.writeInteger(1, text.shell() ? 1 : 0);
        out.writeInteger(Integer.BYTES, passages.size());
        for (int p = 0; p < passages.size(); p++) {
            Passage passage = passages.get(p);
            out.writeFieldDetail(passage.field(), passage.detail());
            out.writeInteger(Integer.BYTES, passage.start());
            out.writeInteger(1, passage.hidden() ? 1 : 0);
            out.writeString(passages.utf8(), passages.start(p), passages.end(p));
        }
        return Arrays.copyOf(out.bytes, out.size);
    }

    /** Returns the compressed form of an encoding: its length in bytes as a 32-bit integer, then an LZ4 block. */
    static byte[] pack(byte[] encoded) {
        byte[] bytes = new byte[Integer.BYTES + LZ4.fastCompressor().maxCompressedLength(encoded.length)];
        ByteBuffer.wrap(bytes).putInt(encoded.length);
        int packed = LZ4.fastCompressor().compress(encoded, 0, encoded.length, bytes, Integer.BYTES);
        return Arrays.copyOf(bytes, Integer.BYTES + packed);
    }

    /**
     * Returns the page that {@link #encode} and {@link #pack} stored.
     *
     * @throws IllegalArgumentException if the bytes are damaged or have another format version
     */
    static PageText unpack(byte[] packed) {
        try {
            int length = ByteBuffer.wrap(packed).getInt();
            if (length < 0 || length / MAX_EXPANSION > packed.length) {
                throw new IllegalArgumentException(
                        "stored page text: %d bytes declare a decompressed length of %d bytes, which is negative or too large"
                                .formatted(packed.length, length));
            }
            byte[] encoded = new byte[length];
            int unpacked = LZ4.safeDecompressor()
                    .decompress(packed, Integer.BYTES, packed.length - Integer.BYTES, encoded, 0, length);
            return decode(new PageTextReader(ByteBuffer.wrap(encoded, 0, unpacked)));
        } catch (LZ4Exception | BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("stored page text is damaged: it cannot be decompressed and decoded", e);
        }
    }

    private static PageText decode(PageTextReader in) {
        int version = in.bytes.get();
        if (version < LOWEST_VERSION || version > FORMAT_VERSION) {
            throw new IllegalArgumentException("stored page text has format version " + version + "; must be "
                    + LOWEST_VERSION + " to " + FORMAT_VERSION);
        }
        HttpUrl url = HttpUrl.of(in.readString());
        String title = in.readString();
        String language = in.readString();
        long structure = in.bytes.getLong();
        boolean shell = version > LOWEST_VERSION && in.bytes.get() != 0;
        int count = in.bytes.getInt();
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            FieldDetail fieldDetail = in.readFieldDetail();
            int start = in.bytes.getInt();
            boolean hidden = in.bytes.get() != 0;
            passages.add(new Passage(fieldDetail.field(), fieldDetail.detail(), in.readString(), start, hidden));
        }
        return new PageText(url, title, language, passages, structure, shell);
    }

    /** Field and detail of passages. */
    private record FieldDetail(Field field, String detail) {}

    /** A byte buffer that grows as needed. */
    private static final class PageTextWriter {
        /** Number of each pair of field and detail that has been written out. */
        private final Map<Field, Map<String, Integer>> numbers = new EnumMap<>(Field.class);

        private int nextNumber;
        private byte[] bytes;
        private int size;

        PageTextWriter(int capacity) {
            this.bytes = new byte[capacity];
        }

        private void reserve(int more) {
            if (bytes.length - size < more) {
                bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), 2 * bytes.length));
            }
        }

        /** Writes the lowest {@code length} bytes of a number, most significant byte first. */
        void writeInteger(int length, long number) {
            reserve(length);
            for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
                bytes[size++] = (byte) (number >> shift);
            }
        }

        void writeString(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            writeString(utf8, 0, utf8.length);
        }

        void writeString(byte[] utf8, int from, int to) {
            int length = to - from;
            writeInteger(Integer.BYTES, length);
            reserve(length);
            System.arraycopy(utf8, from, bytes, size, length);
            size += length;
        }

        void writeFieldDetail(Field field, String detail) {
            Integer number =
                    numbers.computeIfAbsent(field, f -> new HashMap<>()).putIfAbsent(detail, nextNumber);
            if (number != null && number < UNNUMBERED) {
                writeInteger(Short.BYTES, number);
                return;
            }
            if (number == null) {
                nextNumber++;
            }
            writeInteger(Short.BYTES, UNNUMBERED);
            writeString(field.name());
            writeString(detail);
        }
    }

    private static final class PageTextReader {
        private final List<FieldDetail> numbered = new ArrayList<>();
        private final ByteBuffer bytes;

        PageTextReader(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        String readString() {
            int length = bytes.getInt();
            if (length > bytes.remaining()) {
                throw new BufferUnderflowException();
            }
            String text = new String(bytes.array(), bytes.position(), length, StandardCharsets.UTF_8);
            bytes.position(bytes.position() + length);
            return text;
        }

        FieldDetail readFieldDetail() {
            int number = Short.toUnsignedInt(bytes.getShort());
            if (number != UNNUMBERED) {
                return numbered.get(number);
            }
            FieldDetail fieldDetail = new FieldDetail(Field.valueOf(readString()), readString());
            numbered.add(fieldDetail);
            return fieldDetail;
        }
    }
}
