package org.markwatch.watchlist;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads files of a job-config folder. What is missing, too large or not readable is a fault. */
final class ConfigFiles {
    static final int MAX_FILE_BYTES = 64 << 20;

    private final Faults faults;
    private final @Nullable Path shownFrom;
    private final Map<Path, String> changed;
    private final Map<Path, byte[]> read = new LinkedHashMap<>();

    /**
     * @param shownFrom folder from which faults show paths; null if they show them as the user typed them
     * @param changed texts that take the place of files, which may be missing, by absolute, normalised path; empty for a file
     *                that is removed
     */
    ConfigFiles(Faults faults, @Nullable Path shownFrom, Map<Path, String> changed) {
        this.faults = faults;
        this.shownFrom = shownFrom == null ? null : normal(shownFrom);
        this.changed = Map.copyOf(changed);
    }

    boolean exists(Path file) {
        String instead = changed.get(normal(file));
        return instead == null ? Files.exists(file) : !instead.isEmpty();
    }

    static Path normal(Path file) {
        return file.toAbsolutePath().normalize();
    }

    /**
     * Returns the files of a folder by name. A file with another extension is a fault, as it would be ignored without
     * notice.
     */
    List<Path> files(Path directory, List<String> extensions) {
        if (!Files.isDirectory(directory)) {
            faults.add(
                    location(directory),
                    "is missing; it must be a folder of *" + String.join(" or *", extensions) + " files");
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try {
            for (Path entry : entries(directory)) {
                String name = String.valueOf(entry.getFileName());
                if (extensions.stream().anyMatch(name::endsWith)) {
                    files.add(entry);
                } else if (!name.startsWith(".") && !entry.endsWith(Path.of("brands", MerchantsFile.NAME))) {
                    faults.add(
                            location(entry),
                            "has the wrong extension and would be ignored; rename it to *"
                                    + String.join(" or *", extensions) + ", or remove it");
                }
            }
        } catch (IOException unreadable) {
            faults.add(location(directory), "cannot be listed: " + reason(unreadable));
        }
        if (files.isEmpty()) {
            faults.add(location(directory), "must hold at least one *" + String.join(" or *", extensions) + " file");
        }
        return files;
    }

    /** Returns what a folder holds with the changes, by name. */
    private List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> present = Files.list(directory)) {
            Stream<Path> added = changed.keySet().stream()
                    .filter(file -> normal(directory).equals(file.getParent()))
                    .map(file -> directory.resolve(file.getFileName()));
            return Stream.concat(present, added)
                    .distinct()
                    .filter(file -> !"".equals(changed.get(normal(file))))
                    .sorted()
                    .toList();
        }
    }

    /** Returns the file as YAML, or null after a fault. */
    @Nullable
    ConfigNode document(Path file) {
        String text = text(file);
        return text == null ? null : YamlReader.read(name(file), text, faults);
    }

    /** Returns the file's text without byte order mark, or null after a fault. */
    @Nullable
    String text(Path file) {
        String instead = changed.get(normal(file));
        if (instead != null) {
            return instead;
        }
        try {
            if (!Files.exists(file)) {
                faults.add(location(file), "is missing");
            } else if (!Files.isRegularFile(file)) {
                faults.add(location(file), "must be a file");
            } else if (Files.size(file) > MAX_FILE_BYTES) {
                faults.add(location(file), "must be at most " + (MAX_FILE_BYTES >> 20) + " MiB; split it");
            } else {
                String text = decoded(bytes(file));
                return text.startsWith("\uFEFF") ? text.substring(1) : text;
            }
        } catch (CharacterCodingException notUtf8) {
            faults.add(location(file), "must be UTF-8; in a spreadsheet, save it as 'CSV UTF-8'");
        } catch (IOException unreadable) {
            faults.add(location(file), "cannot be read: " + reason(unreadable));
        }
        return null;
    }

    /** Returns the content of a file. */
    byte[] bytes(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        read.put(normal(file), content);
        return content;
    }

    /** Returns the files that were read, with their contents, by absolute, normalised path. */
    Map<Path, byte[]> read() {
        return Collections.unmodifiableMap(read);
    }

    private static String decoded(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    /** Returns the path of a file as faults show it. */
    String name(Path file) {
        if (shownFrom == null) {
            return file.toString();
        }
        String name = shownFrom.relativize(normal(file)).toString().replace('\\', '/');
        return name.isEmpty() ? "." : name;
    }

    SourceLocation location(Path file) {
        return SourceLocation.of(name(file));
    }

    /** Returns why a file could not be read, without its path, which the fault has. */
    private static String reason(IOException unreadable) {
        String kind = unreadable.getClass().getSimpleName();
        String detail = unreadable instanceof FileSystemException file ? file.getReason() : unreadable.getMessage();
        return detail == null ? kind : kind + ": " + detail;
    }
}
