package org.markwatch.watchlist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Names the program by the bytes of its own classes. What it knows of wording, logos and forms judges a page as much as a
 * job-config does: without it another build would give another score under the same ruleset, and pages of earlier nights would
 * keep what a program has read and judged that is gone.
 */
public final class ProgramCode {
    private ProgramCode() {}

    /**
     * SHA-256 of everything in some packages, the same for the same build in whichever folder it runs.
     *
     * @param packages by their names below {@code org.markwatch}
     * @throws UncheckedIOException if the program cannot read its own files
     */
    public static byte[] sha256(String... packages) {
        try {
            Path program = Path.of(ProgramCode.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isDirectory(program)) {
                return sha256(program, packages);
            }
            try (FileSystem jar = FileSystems.newFileSystem(program)) {
                return sha256(jar.getPath("/"), packages);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the program cannot read its own classes; build it anew", e);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("the place that a class was loaded from is no URI", impossible);
        }
    }

    static byte[] sha256(Path classes, String... packages) throws IOException {
        MessageDigest digest = RulesetHash.sha256();
        for (String name : packages) {
            try (Stream<Path> all = Files.walk(classes.resolve("org/markwatch").resolve(name))) {
                for (Path file : all.filter(Files::isRegularFile)
                        .sorted(Comparator.comparing(Path::toString))
                        .toList()) {
                    digest.update(Files.readAllBytes(file));
                }
            }
        }
        return digest.digest();
    }
}
