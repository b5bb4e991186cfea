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
final class PackedText {
    /** Goes up with every change of the form; what was packed in another is not read. */
    private static final int FORM = 3;

    /** With the machine's own code where it can be loaded, in Java where not. */
    private static final LZ4Factory LZ4 = LZ4Factory.fastestInstance();
    /** The most that a byte of LZ4 stands for, a little rounded up (LZ4 block format, end of block). */
    private static final int MOST_FOR_A_BYTE = 255;

    private static final int NEW_PLACE = 0xFFFF;
    private static final int BYTES_A_PASSAGE = 12;

    private PackedText() {}

    static byte[] plain(PageText text) {
        PassageList passages = text.passages();
        Writer out =
                new Writer(256 + text.title().length() + passages.utf8().length + passages.size() * BYTES_A_PASSAGE);
        out.number(1, FORM);
        out.string(text.url().toString());
        out.string(text.title());
        out.string(text.language());
        out.number(Long.BYTES, text.structure());
        out.number(Integer.BYTES, passages.size());
        for (int p = 0; p < passages.size(); p++) {
            Passage passage = passages.get(p);
            out.place(passage.field(), passage.detail());
            out.number(Integer.BYTES, passage.start());
            out.number(1, passage.hidden() ? 1 : 0);
            out.string(passages.utf8(), passages.start(p), passages.end(p));
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

    /** @throws IllegalArgumentException if it is not what {@link #plain} and {@link #pack} made */
    static PageText unpack(byte[] packed) {
        try {
            int length = ByteBuffer.wrap(packed).getInt();
            if (length < 0 || length / MOST_FOR_A_BYTE > packed.length) {
                throw new IllegalArgumentException(
                        "kept text of %d bytes says that it unpacks to %d".formatted(packed.length, length));
            }
            byte[] plain = new byte[length];
            int unpacked = LZ4.safeDecompressor()
                    .decompress(packed, Integer.BYTES, packed.length - Integer.BYTES, plain, 0, length);
            return read(new Reader(ByteBuffer.wrap(plain, 0, unpacked)));
        } catch (LZ4Exception | BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("kept text cannot be unpacked", e);
        }
    }

    private static PageText read(Reader in) {
        int form = in.bytes.get();
        if (form != FORM) {
            throw new IllegalArgumentException("kept text has form " + form + "; must be " + FORM);
        }
        URI url = URI.create(in.string());
        String title = in.string();
        String language = in.string();
        long structure = in.bytes.getLong();
        int count = in.bytes.getInt();
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Place place = in.place();
            int start = in.bytes.getInt();
            boolean hidden = in.bytes.get() != 0;
            passages.add(new Passage(place.field(), place.detail(), in.string(), start, hidden));
        }
        return new PageText(url, title, language, passages, structure);
    }

    /** Where in a page passages stand. */
    private record Place(Field field, String detail) {}

    /** Bytes that grow. */
    private static final class Writer {
        /** Numbers of places, by field and detail. */
        private final Map<Field, Map<String, Integer>> places = new EnumMap<>(Field.class);

        private int known;
        private byte[] bytes;
        private int size;

        Writer(int capacity) {
            this.bytes = new byte[capacity];
        }

        private void reserve(int more) {
            if (bytes.length - size < more) {
                bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), 2 * bytes.length));
            }
        }

        /** The lowest bytes of a number, the highest of them first. */
        void number(int length, long number) {
            reserve(length);
            for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
                bytes[size++] = (byte) (number >> shift);
            }
        }

        void string(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            string(utf8, 0, utf8.length);
        }

        void string(byte[] utf8, int from, int to) {
            int length = to - from;
            number(Integer.BYTES, length);
            reserve(length);
            System.arraycopy(utf8, from, bytes, size, length);
            size += length;
        }

        void place(Field field, String detail) {
            Integer number = places.computeIfAbsent(field, f -> new HashMap<>()).putIfAbsent(detail, known);
            if (number != null && number < NEW_PLACE) {
                number(Short.BYTES, number);
                return;
            }
            if (number == null) {
                known++;
            }
            // what has no number is written out
            number(Short.BYTES, NEW_PLACE);
            string(field.name());
            string(detail);
        }
    }

    private static final class Reader {
        private final List<Place> places = new ArrayList<>();
        private final ByteBuffer bytes;

        Reader(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        String string() {
            int length = bytes.getInt();
            if (length > bytes.remaining()) {
                throw new BufferUnderflowException();
            }
            String text = new String(bytes.array(), bytes.position(), length, StandardCharsets.UTF_8);
            bytes.position(bytes.position() + length);
            return text;
        }

        Place place() {
            int number = Short.toUnsignedInt(bytes.getShort());
            if (number != NEW_PLACE) {
                return places.get(number);
            }
            Place place = new Place(Field.valueOf(string()), string());
            places.add(place);
            return place;
        }
    }
}
