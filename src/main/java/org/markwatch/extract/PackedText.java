package org.markwatch.extract;

import java.net.URI;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import org.markwatch.watchlist.Field;

/**
 * The form in which a {@link PageText} is kept from run to run: everything that rules see of a page, and nothing else of it. Fields
 * and details are numbered as they first occur, so that neither the order of an enum nor its names are part of the form's meaning
 * beyond their spelling. Strings are a length and modified UTF-8 (JVMS 4.4.7), in which half a surrogate pair is kept too.
 */
final class PackedText {
    /** Goes up with every change of the form; what was packed in another is not read. */
    private static final int FORM = 2;

    /** With the machine's own code where it can be loaded, in Java where not. */
    private static final LZ4Factory LZ4 = LZ4Factory.fastestInstance();
    /** The most that a byte of LZ4 stands for, a little rounded up (LZ4 block format, end of block). */
    private static final int MOST_FOR_A_BYTE = 255;

    private static final int NEW_NAME = 0xFFFF;
    private static final int BYTES_A_PASSAGE = 12;

    private PackedText() {}

    static byte[] plain(PageText text) {
        int size = 256 + text.title().length();
        for (Passage passage : text.passages()) {
            size += passage.text().length() + BYTES_A_PASSAGE;
        }
        Writer out = new Writer(size);
        out.number(1, FORM);
        out.string(text.url().toString());
        out.string(text.title());
        out.string(text.language());
        out.number(Long.BYTES, text.structure());
        out.number(Integer.BYTES, text.passages().size());
        for (Passage passage : text.passages()) {
            out.name(passage.field().name());
            out.name(passage.detail());
            out.number(Integer.BYTES, passage.start());
            out.number(1, passage.hidden() ? 1 : 0);
            out.string(passage.text());
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
            Field field = Field.valueOf(in.name());
            String detail = in.name();
            int start = in.bytes.getInt();
            boolean hidden = in.bytes.get() != 0;
            passages.add(new Passage(field, detail, in.string(), start, hidden));
        }
        return new PageText(url, title, language, passages, structure);
    }

    /** Bytes that grow. */
    private static final class Writer {
        private final Map<String, Integer> names = new HashMap<>();
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

        @SuppressWarnings(
                "deprecation") // the bytes of ASCII are the low bytes of its characters, and nothing copies faster
        void string(String text) {
            int length = text.length();
            number(Integer.BYTES, length);
            reserve(3 * length);
            text.getBytes(0, length, bytes, size);
            int ascii = asciiLength(text);
            size += ascii;
            for (int i = ascii; i < length; i++) {
                character(text.charAt(i));
            }
        }

        private void character(char c) {
            if (c < 0x80) {
                bytes[size++] = (byte) c;
            } else if (c < 0x800) {
                bytes[size++] = (byte) (0xC0 | c >> 6);
                bytes[size++] = (byte) (0x80 | c & 0x3F);
            } else {
                bytes[size++] = (byte) (0xE0 | c >> 12);
                bytes[size++] = (byte) (0x80 | c >> 6 & 0x3F);
                bytes[size++] = (byte) (0x80 | c & 0x3F);
            }
        }

        private static int asciiLength(String text) {
            int at = 0;
            while (at < text.length() && text.charAt(at) < 0x80) {
                at++;
            }
            return at;
        }

        void name(String name) {
            Integer known = names.putIfAbsent(name, names.size());
            int number = known == null ? NEW_NAME : Math.min(known, NEW_NAME); // what has no number is written out
            number(Short.BYTES, number);
            if (number == NEW_NAME) {
                string(name);
            }
        }
    }

    private static final class Reader {
        private final List<String> names = new ArrayList<>();
        private final ByteBuffer bytes;

        Reader(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        String string() {
            char[] text = new char[Math.min(bytes.getInt(), bytes.remaining())];
            for (int i = 0; i < text.length; i++) {
                int first = bytes.get();
                if (first >= 0) {
                    text[i] = (char) first;
                } else if ((first & 0x20) == 0) {
                    text[i] = (char) ((first & 0x1F) << 6 | bytes.get() & 0x3F);
                } else {
                    text[i] = (char) ((first & 0x0F) << 12 | (bytes.get() & 0x3F) << 6 | bytes.get() & 0x3F);
                }
            }
            return new String(text);
        }

        String name() {
            int number = Short.toUnsignedInt(bytes.getShort());
            if (number != NEW_NAME) {
                return names.get(number);
            }
            String name = string();
            names.add(name);
            return name;
        }
    }
}
