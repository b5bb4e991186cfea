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
 * Identifies the program by a hash of its own class files.
 *
 * <p>The code of extraction, matching and scoring changes results as the rules do. The ruleset's hash includes this
 * one, so that two builds with different code never share a ruleset hash, and unchanged pages are analysed again after
 * an update.
 */
public final class ProgramCode {
    private ProgramCode() {}

    /**
     * Returns the SHA-256 of all class files and resources of some packages. It does not depend on the folder or JAR
     * file that they are loaded from.
     *
     * @param packages names relative to {@code org.markwatch}
     * @return 32 bytes
     * @throws UncheckedIOException if the program cannot read its own class files
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
            throw new UncheckedIOException("the program cannot read its own class files; build it again", e);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("the location of the class files is not a URI", impossible);
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
