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
 * <p>Each distinct pair of field and detail is written out once and numbered from 0 in order of occurrence, so the
 * encoding depends on the names of {@link Field} constants but not on their order. A passage is the number of its pair,
 * times two, plus one if it is hidden; the pair, if it is a new one; and the text. Its offset follows from the passages
 * before it. These numbers, and the length in bytes of each string of UTF-8, are variable-length integers: seven bits a
 * byte, least significant first, the highest bit set in all bytes but the last. UTF-8 cannot encode an unpaired surrogate,
 * and passages contain none (see {@link CollapsedText}).
 *
 * <p>In versions 3 and 4 numbers have a fixed length and are big-endian, a passage has its offset, and pairs after the
 * first 65,535 have no number. They are read, since kept text outlives a release. Version 3 is read as a page that is no
 * shell.
 */
final class PageTextCodec {
    /** First byte of the encoding. Increase it with each change of the format. */
    private static final int FORMAT_VERSION = 5;

    /** The lowest version that is read; others are rejected. */
    private static final int LOWEST_VERSION = 3;

    /** Native code if the platform can load it, otherwise Java. */
    private static final LZ4Factory LZ4 = LZ4Factory.fastestInstance();
    /** Upper bound of decompressed bytes for one byte of an LZ4 block (LZ4 block format description). */
    private static final int MAX_EXPANSION = 255;

    /** The highest version with numbers of fixed length. */
    private static final int FIXED_LENGTHS = 4;

    /** Marks a pair of field and detail that is written out because it has no number, up to version 4. */
    private static final int UNNUMBERED = 0xFFFF;
    /** Estimate, to size the buffer. */
    private static final int OVERHEAD_BYTES_PER_PASSAGE = 4;

    private PageTextCodec() {}

    /** Returns the uncompressed encoding. */
    static byte[] encode(PageText text) {
        PassageList passages = text.passages();
        PageTextWriter out = new PageTextWriter(
                256 + text.title().length() + passages.utf8().length + passages.size() * OVERHEAD_BYTES_PER_PASSAGE);
        out.writeByte(FORMAT_VERSION);
        out.writeString(text.url().toString());
        out.writeString(text.title());
        out.writeString(text.language());
        out.writeLong(text.structure());
        out.writeByte(text.shell() ? 1 : 0);
        out.writeNumber(passages.size());
        for (int p = 0; p < passages.size(); p++) {
            Passage passage = passages.get(p);
            out.writeFieldDetail(passage.field(), passage.detail(), passage.hidden());
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
            return decode(ByteBuffer.wrap(encoded, 0, unpacked));
        } catch (LZ4Exception | BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("stored page text is damaged: it cannot be decompressed and decoded", e);
        }
    }

    private static PageText decode(ByteBuffer encoded) {
        int version = encoded.get();
        if (version < LOWEST_VERSION || version > FORMAT_VERSION) {
            throw new IllegalArgumentException("stored page text has format version " + version + "; must be "
                    + LOWEST_VERSION + " to " + FORMAT_VERSION);
        }
        PageTextReader in = new PageTextReader(encoded, version <= FIXED_LENGTHS);
        HttpUrl url = HttpUrl.of(in.readString());
        String title = in.readString();
        String language = in.readString();
        long structure = encoded.getLong();
        boolean shell = version > LOWEST_VERSION && encoded.get() != 0;
        int count = in.readNumber();
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            passages.add(in.fixedLengths ? in.readPassageOfFixedLengths() : in.readPassage());
        }
        return new PageText(url, title, language, passages, structure, shell);
    }

    /** Field and detail of passages. */
    private record FieldDetail(Field field, String detail) {}

    /** A byte buffer that grows as needed. */
    private static final class PageTextWriter {
        private static final int MAX_NUMBER_BYTES = 5;

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

        void writeByte(int value) {
            reserve(1);
            bytes[size++] = (byte) value;
        }

        void writeLong(long value) {
            reserve(Long.BYTES);
            ByteBuffer.wrap(bytes).putLong(size, value);
            size += Long.BYTES;
        }

        /** @param number 0 or more */
        void writeNumber(int number) {
            reserve(MAX_NUMBER_BYTES);
            int rest = number;
            while (rest >= 0x80) {
                bytes[size++] = (byte) (rest | 0x80);
                rest >>>= 7;
            }
            bytes[size++] = (byte) rest;
        }

        void writeString(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            writeString(utf8, 0, utf8.length);
        }

        void writeString(byte[] utf8, int from, int to) {
            int length = to - from;
            writeNumber(length);
            reserve(length);
            System.arraycopy(utf8, from, bytes, size, length);
            size += length;
        }

        void writeFieldDetail(Field field, String detail, boolean hidden) {
            Integer known = numbers.computeIfAbsent(field, f -> new HashMap<>()).putIfAbsent(detail, nextNumber);
            writeNumber(2 * (known == null ? nextNumber : known) + (hidden ? 1 : 0));
            if (known == null) {
                nextNumber++;
                writeString(field.name());
                writeString(detail);
            }
        }
    }

    private static final class PageTextReader {
        private static final int MAX_SHIFT = 28;

        private final ByteBuffer bytes;
        private final boolean fixedLengths;
        private final List<FieldDetail> numbered = new ArrayList<>();
        /** Offset of the next passage of each field, by its ordinal. */
        private final int[] offsets = new int[Field.values().length];

        PageTextReader(ByteBuffer bytes, boolean fixedLengths) {
            this.bytes = bytes;
            this.fixedLengths = fixedLengths;
        }

        int readNumber() {
            if (fixedLengths) {
                return bytes.getInt();
            }
            int number = 0;
            for (int shift = 0; shift <= MAX_SHIFT; shift += 7) {
                byte next = bytes.get();
                number |= (next & 0x7f) << shift;
                if (next >= 0) {
                    return number;
                }
            }
            throw new BufferUnderflowException();
        }

        String readString() {
            int length = readNumber();
            if (length > bytes.remaining()) {
                throw new BufferUnderflowException();
            }
            String text = new String(bytes.array(), bytes.position(), length, StandardCharsets.UTF_8);
            bytes.position(bytes.position() + length);
            return text;
        }

        Passage readPassage() {
            int number = readNumber();
            boolean hidden = (number & 1) != 0;
            FieldDetail pair = number >>> 1 == numbered.size() ? readFieldDetail() : numbered.get(number >>> 1);
            String text = readString();
            int start = offsets[pair.field().ordinal()];
            offsets[pair.field().ordinal()] += text.length() + 1;
            return new Passage(pair.field(), pair.detail(), text, start, hidden);
        }

        Passage readPassageOfFixedLengths() {
            int number = Short.toUnsignedInt(bytes.getShort());
            FieldDetail pair = number == UNNUMBERED ? readFieldDetail() : numbered.get(number);
            int start = bytes.getInt();
            boolean hidden = bytes.get() != 0;
            return new Passage(pair.field(), pair.detail(), readString(), start, hidden);
        }

        private FieldDetail readFieldDetail() {
            FieldDetail pair = new FieldDetail(Field.valueOf(readString()), readString());
            numbered.add(pair);
            return pair;
        }
    }
}
