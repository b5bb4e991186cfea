package org.markwatch.extract;

import java.net.URI;
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
import org.markwatch.watchlist.Field;

/**
 * The form in which a {@link PageText} is kept from run to run: everything that rules see of a page, and nothing else of it. A field
 * with a detail is numbered when it first occurs, so that neither the order of an enum nor its names are part of the form's
 * meaning beyond their spelling. Strings are a length in bytes and UTF-8, which has no half of a surrogate pair: no passage has one
 * either (see {@link Run}).
 */
final class PageTextCodec {
    /** Goes up with every change of the form; what was packed in another is not read. */
    private static final int FORMAT_VERSION = 3;

    /** With the machine's own code where it can be loaded, in Java where not. */
    private static final LZ4Factory LZ4 = LZ4Factory.fastestInstance();
    /** The most that a byte of LZ4 stands for, a little rounded up (LZ4 block format, end of block). */
    private static final int MAX_EXPANSION = 255;

    private static final int UNNUMBERED = 0xFFFF;
    private static final int OVERHEAD_BYTES_PER_PASSAGE = 12;

    private PageTextCodec() {}

    static byte[] encode(PageText text) {
        PassageList passages = text.passages();
        PageTextWriter out = new PageTextWriter(
                256 + text.title().length() + passages.utf8().length + passages.size() * OVERHEAD_BYTES_PER_PASSAGE);
        out.writeInteger(1, FORMAT_VERSION);
        out.writeString(text.url().toString());
        out.writeString(text.title());
        out.writeString(text.language());
        out.writeInteger(Long.BYTES, text.structure());
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

    /** The length of what is packed, and an LZ4 block. */
    static byte[] pack(byte[] plain) {
        byte[] bytes = new byte[Integer.BYTES + LZ4.fastCompressor().maxCompressedLength(plain.length)];
        ByteBuffer.wrap(bytes).putInt(plain.length);
        int packed = LZ4.fastCompressor().compress(plain, 0, plain.length, bytes, Integer.BYTES);
        return Arrays.copyOf(bytes, Integer.BYTES + packed);
    }

    /** @throws IllegalArgumentException if it is not what {@link #encode} and {@link #pack} made */
    static PageText unpack(byte[] packed) {
        try {
            int length = ByteBuffer.wrap(packed).getInt();
            if (length < 0 || length / MAX_EXPANSION > packed.length) {
                throw new IllegalArgumentException(
                        "kept text of %d bytes says that it unpacks to %d".formatted(packed.length, length));
            }
            byte[] plain = new byte[length];
            int unpacked = LZ4.safeDecompressor()
                    .decompress(packed, Integer.BYTES, packed.length - Integer.BYTES, plain, 0, length);
            return decode(new PageTextReader(ByteBuffer.wrap(plain, 0, unpacked)));
        } catch (LZ4Exception | BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("kept text cannot be unpacked", e);
        }
    }

    private static PageText decode(PageTextReader in) {
        int form = in.bytes.get();
        if (form != FORMAT_VERSION) {
            throw new IllegalArgumentException("kept text has form " + form + "; must be " + FORMAT_VERSION);
        }
        URI url = URI.create(in.readString());
        String title = in.readString();
        String language = in.readString();
        long structure = in.bytes.getLong();
        int count = in.bytes.getInt();
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            FieldDetail place = in.readFieldDetail();
            int start = in.bytes.getInt();
            boolean hidden = in.bytes.get() != 0;
            passages.add(new Passage(place.field(), place.detail(), in.readString(), start, hidden));
        }
        return new PageText(url, title, language, passages, structure);
    }

    /** Where in a page passages stand. */
    private record FieldDetail(Field field, String detail) {}

    /** Bytes that grow. */
    private static final class PageTextWriter {
        /** Numbers of places, by field and detail. */
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

        /** The lowest bytes of a number, the highest of them first. */
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
            // what has no number is written out
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
            FieldDetail place = new FieldDetail(Field.valueOf(readString()), readString());
            numbered.add(place);
            return place;
        }
    }
}
