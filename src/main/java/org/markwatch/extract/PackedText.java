package org.markwatch.extract;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.markwatch.watchlist.Field;

/**
 * The form in which a {@link PageText} is kept from run to run: everything that rules see of a page, and nothing else of it. Fields
 * and details are numbered as they first occur, so that neither the order of an enum nor its names are part of the form's meaning
 * beyond their spelling.
 */
final class PackedText {
    /** Goes up with every change of the form; what was packed in another is not read. */
    private static final int FORM = 1;

    /** A string of the longest kind is cut into pieces, since {@link DataOutputStream#writeUTF} takes 65,535 bytes at most. */
    private static final int PIECE = 16_384;

    private static final int BYTES_A_PASSAGE = 8;

    private PackedText() {}

    static byte[] plain(PageText text) {
        int size = 256 + text.title().length();
        for (Passage passage : text.passages()) {
            size += passage.text().length() + BYTES_A_PASSAGE;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORM);
            write(out, text.url().toString());
            write(out, text.title());
            write(out, text.language());
            out.writeLong(text.structure());
            out.writeInt(text.passages().size());
            Map<String, Integer> names = new HashMap<>();
            for (Passage passage : text.passages()) {
                name(out, names, passage.field().name());
                name(out, names, passage.detail());
                out.writeInt(passage.start());
                out.writeBoolean(passage.hidden());
                write(out, passage.text());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail to be written", e);
        }
        return bytes.toByteArray();
    }

    static byte[] deflate(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 2 + 64);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater, 8192)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail to be written", e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException if it is not what {@link #plain} and {@link #deflate} made */
    static PageText unpack(byte[] packed) {
        Inflater inflater = new Inflater(true);
        try (DataInputStream in =
                new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(packed), inflater, 8192))) {
            int form = in.readByte();
            if (form != FORM) {
                throw new IllegalArgumentException("kept text has form " + form + "; must be " + FORM);
            }
            URI url = URI.create(read(in));
            String title = read(in);
            String language = read(in);
            long structure = in.readLong();
            int count = in.readInt();
            List<Passage> passages = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Field field = Field.valueOf(name(in, names));
                String detail = name(in, names);
                int start = in.readInt();
                boolean hidden = in.readBoolean();
                passages.add(new Passage(field, detail, read(in), start, hidden));
            }
            return new PageText(url, title, language, passages, structure);
        } catch (IOException e) {
            throw new IllegalArgumentException("kept text cannot be unpacked", e);
        } finally {
            inflater.end();
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        out.writeInt(text.length());
        for (int at = 0; at < text.length(); at += PIECE) {
            out.writeUTF(text.substring(at, Math.min(text.length(), at + PIECE)));
        }
    }

    private static String read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length <= PIECE) {
            return length == 0 ? "" : in.readUTF();
        }
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(in.readUTF());
        }
        return text.toString();
    }

    private static void name(DataOutputStream out, Map<String, Integer> names, String name) throws IOException {
        Integer number = names.get(name);
        if (number == null) {
            out.writeShort(0xFFFF);
            write(out, name);
            names.put(name, names.size());
        } else {
            out.writeShort(number);
        }
    }

    private static String name(DataInputStream in, List<String> names) throws IOException {
        int number = in.readUnsignedShort();
        if (number < names.size()) {
            return names.get(number);
        }
        String name = read(in);
        names.add(name);
        return name;
    }
}
