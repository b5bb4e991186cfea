package org.markwatch.backup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** An existing backup file. What it says is trusted only after {@link #verify}. */
public final class BackupFile implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final ZipFile zip;
    private final Manifest manifest;

    private BackupFile(Path file, ZipFile zip, Manifest manifest) {
        this.file = file;
        this.zip = zip;
        this.manifest = manifest;
    }

    /**
     * Opens a file and reads its manifest.
     *
     * @throws BackupException if it is no complete backup of a form that this build reads
     */
    public static BackupFile open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new BackupException(file + " is not a file; must be the output of 'markwatch backup FILE'");
        }
        ZipFile zip = null;
        BackupFile opened = null;
        try {
            zip = new ZipFile(file.toFile());
            opened = new BackupFile(file, zip, readManifest(zip));
            return opened;
        } catch (ZipException e) {
            throw unusable(file, "it is no complete zip file");
        } catch (BackupException e) {
            throw unusable(file, String.valueOf(e.getMessage()));
        } finally {
            if (zip != null && opened == null) {
                zip.close();
            }
        }
    }

    private static Manifest readManifest(ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(Manifest.ENTRY);
        if (entry == null) {
            throw new BackupException("it has no " + Manifest.ENTRY);
        }
        byte[] json;
        try (InputStream in = zip.getInputStream(entry)) {
            json = in.readNBytes(Manifest.MAX_BYTES + 1);
        }
        if (json.length > Manifest.MAX_BYTES) {
            throw new BackupException("its manifest has more than " + Manifest.MAX_BYTES + " bytes");
        }
        Manifest manifest = Manifest.ofJson(json);
        if (manifest.format() != Manifest.FORMAT) {
            throw new BackupException("its form is " + manifest.format() + ", and this markwatch reads form "
                    + Manifest.FORMAT + " only");
        }
        Set<String> expected = new HashSet<>(Set.of(Manifest.ENTRY));
        manifest.parts().forEach(part -> expected.add(part.entry()));
        Set<String> found = new HashSet<>();
        zip.stream().map(ZipEntry::getName).forEach(found::add);
        if (!found.equals(expected)
                || zip.size() != expected.size()
                || manifest.parts().size() != expected.size() - 1) {
            throw new BackupException("its entries are not those of its manifest");
        }
        return manifest;
    }

    /** Returns the manifest. */
    public Manifest manifest() {
        return manifest;
    }

    /**
     * Reads the whole file and compares every table with the manifest.
     *
     * @throws BackupException if rows or bytes differ
     */
    public void verify(BytesListener progress) throws IOException {
        long bytes = 0;
        for (Manifest.TableRows part : manifest.parts()) {
            try {
                transfer("verifying", part, bytes, progress, (buffer, length) -> {});
            } catch (SQLException e) {
                throw new IllegalStateException(e); // nothing is written to a database
            }
            bytes += part.bytes();
        }
    }

    /** Receives the bytes of a part. */
    @FunctionalInterface
    interface RowSink {
        void write(byte[] buffer, int length) throws SQLException;
    }

    /**
     * Passes the text of a table to a sink and compares it with the manifest.
     *
     * @throws BackupException if it differs; the sink has then received some or all of the bytes
     */
    void transfer(String phase, Manifest.TableRows part, long bytesBefore, BytesListener progress, RowSink sink)
            throws IOException, SQLException {
        PartDigest digest = new PartDigest(phase, part.table(), bytesBefore, progress);
        @Nullable ZipEntry entry = zip.getEntry(part.entry());
        if (entry == null) {
            throw unusable(file, "it has no " + part.entry());
        }
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = zip.getInputStream(entry)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                digest.update(buffer, 0, length);
                if (digest.bytes() > part.bytes()) {
                    break; // reads no more than the manifest declares
                }
                sink.write(buffer, length);
            }
        } catch (ZipException | EOFException e) {
            throw unusable(file, "the rows of table " + part.table() + " cannot be unpacked");
        }
        if (digest.bytes() != part.bytes()
                || digest.rows() != part.rows()
                || !digest.sha256Hex().equals(part.sha256())) {
            throw unusable(file, "the rows of table " + part.table() + " are not those that were written");
        }
    }

    private static BackupException unusable(Path file, String why) {
        return new BackupException(
                file + " is damaged or no backup: " + why + "; nothing was restored. Use another backup");
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
