package org.markwatch.watchlist.edit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.markwatch.watchlist.WatchlistReader;
import org.markwatch.watchlist.edit.EditException.Why;

/** The files of a job-config folder that have entries. Reads them anew each time. Thread-safe. */
public final class ConfigFolder {
    /** Stands for the id of a brand in the name of a file. */
    public static final String ANY_ID = "*";

    private static final int MAX_FILE_BYTES = 16 << 20;
    private static final String MERCHANTS = "merchants.csv";
    private static final String PACK_ENDING = ".yaml";
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path folder;

    /** @param folder path as the user typed it */
    public ConfigFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /**
     * An entry and its file.
     *
     * @param file relative to the job-config folder, with {@code /}
     */
    public record LocatedEntry(String file, ConfigEntry entry) {}

    /**
     * Returns the files that have, or may get, entries of a kind, relative to the folder, with {@code /}: those that
     * exist, and {@code merchants.csv} of the brands.
     */
    public List<String> files(EntryKind kind) {
        return paths(kind).stream().map(this::name).toList();
    }

    /**
     * Returns the files to which an entry can be added, the usual one first. A brand gets a file of its own, in whose name
     * {@value #ANY_ID} stands for the id.
     */
    public List<String> filesToAddTo(EntryKind kind) {
        return switch (kind) {
            case SEED, INDICATOR -> files(kind);
            case BRAND ->
                brandFolders(WatchlistReader.rulesFolder(folder)).stream()
                        .map(each -> name(each) + "/" + ANY_ID + PACK_ENDING)
                        .toList();
            case MERCHANT ->
                files(kind).stream().filter(file -> file.endsWith(MERCHANTS)).toList();
            case SCHEDULE -> List.of();
        };
    }

    private List<Path> paths(EntryKind kind) {
        Path rules = WatchlistReader.rulesFolder(folder);
        return switch (kind) {
            case SEED ->
                Stream.of("seeds.csv", "seeds.yaml")
                        .map(folder::resolve)
                        .filter(Files::isRegularFile)
                        .toList();
            case SCHEDULE ->
                Stream.of(folder.resolve("markwatch.yaml"))
                        .filter(Files::isRegularFile)
                        .toList();
            case INDICATOR -> list(rules.resolve("indicators"), ".yaml", ".csv");
            case BRAND ->
                brandFolders(rules).stream()
                        .flatMap(each -> list(each, ".yaml").stream())
                        .toList();
            case MERCHANT -> {
                List<Path> paths = new ArrayList<>();
                brandFolders(rules).forEach(each -> paths.add(each.resolve(MERCHANTS)));
                brandFolders(rules).forEach(each -> paths.addAll(list(each, ".yaml")));
                yield paths;
            }
        };
    }

    private Set<Path> brandFolders(Path rules) {
        Set<Path> folders = new LinkedHashSet<>();
        for (Path parent : List.of(rules, folder)) {
            Path brands = parent.resolve("brands").toAbsolutePath().normalize();
            if (Files.isDirectory(brands)) {
                folders.add(brands);
            }
        }
        return folders;
    }

    private static List<Path> list(Path directory, String... extensions) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> Stream.of(extensions).anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        } catch (IOException missing) {
            // the watchlist reader reports the folder
            return List.of();
        }
    }

    /** Returns a path relative to the folder, with {@code /}. */
    public String name(Path path) {
        return folder.relativize(path.toAbsolutePath().normalize()).toString().replace('\\', '/');
    }

    /** Returns the first entry with a key; empty if no file has it. Files that cannot be read are left out. */
    public Optional<LocatedEntry> find(EntryKind kind, String key) {
        for (Path path : paths(kind)) {
            try {
                for (ConfigEntry entry : entryFile(kind, path, text(path)).entries()) {
                    if (entry.key().equals(key)) {
                        return Optional.of(new LocatedEntry(name(path), entry));
                    }
                }
            } catch (EditException unreadable) {
                // the watchlist reader reports the file
                continue;
            }
        }
        return Optional.empty();
    }

    /**
     * Returns what a change makes of its file. Writes nothing and validates nothing but that the changed entry reads as
     * asked and that all others are as before.
     *
     * @throws EditException if there is no such file or entry, nothing differs, or the file cannot be changed entry by entry
     */
    public FileChange change(EntryChange change) throws EditException {
        Path path = path(change.kind(), change.file());
        try {
            String before = text(path);
            EntryFile file = entryFile(change.kind(), path, before);
            String after = changed(file, change);
            if (after.equals(before)) {
                throw new EditException(Why.SAME_VALUES);
            }
            requireAsAsked(file, entryFile(change.kind(), path, after), change);
            return new FileChange(
                    path.toAbsolutePath().normalize(), change.file(), before, after, valuesBefore(file, change));
        } catch (EditException e) {
            throw e.in(change.file());
        }
    }

    /** Returns the file of a kind with a name; it may be missing if it is one that the kind may get. */
    private Path path(EntryKind kind, String file) throws EditException {
        Optional<Path> present =
                paths(kind).stream().filter(each -> name(each).equals(file)).findFirst();
        if (present.isEmpty() && kind == EntryKind.BRAND) {
            return newPack(file);
        }
        return present.orElseThrow(() -> new EditException(Why.NO_SUCH_FILE).in(file));
    }

    private Path newPack(String file) throws EditException {
        String folderName = file.substring(0, Math.max(0, file.lastIndexOf('/')));
        for (Path brands : brandFolders(WatchlistReader.rulesFolder(folder))) {
            if (name(brands).equals(folderName) && file.endsWith(PACK_ENDING)) {
                String id = file.substring(folderName.length() + 1, file.length() - PACK_ENDING.length());
                if (!ID.matcher(id).matches()) {
                    throw new EditException(Why.BAD_ID, id).in(file);
                }
                return brands.resolve(id + PACK_ENDING);
            }
        }
        throw new EditException(Why.NO_SUCH_FILE).in(file);
    }

    private static String changed(EntryFile file, EntryChange change) throws EditException {
        if (change.action() == EntryChange.EntryAction.ADD) {
            if (index(file, ConfigEntry.key(change.kind(), change.values())) >= 0) {
                throw new EditException(Why.KEY_TAKEN);
            }
            return file.added(change.values());
        }
        int index = index(file, change.key());
        if (index < 0) {
            throw new EditException(Why.NO_SUCH_ENTRY, change.key());
        }
        if (change.action() == EntryChange.EntryAction.RETIRE && change.kind() != EntryKind.INDICATOR) {
            return file.removed(index);
        }
        return file.edited(index, change.values());
    }

    private static Map<String, List<String>> valuesBefore(EntryFile file, EntryChange change) {
        return change.action() == EntryChange.EntryAction.ADD
                ? Map.of()
                : file.entries().get(index(file, change.key())).values();
    }

    private static int index(EntryFile file, String key) {
        List<ConfigEntry> entries = file.entries();
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).key().equals(key)) {
                return i;
            }
        }
        return -1;
    }

    /** Guards against text that would read as another value, or change another entry. */
    private static void requireAsAsked(EntryFile before, EntryFile after, EntryChange change) throws EditException {
        List<Object> expected = new ArrayList<>();
        int changed = change.action() == EntryChange.EntryAction.ADD ? -1 : index(before, change.key());
        List<ConfigEntry> entries = before.entries();
        for (int i = 0; i < entries.size(); i++) {
            if (i != changed) {
                expected.add(values(change.kind(), entries.get(i).values()));
            } else if (change.action() == EntryChange.EntryAction.EDIT || change.kind() == EntryKind.INDICATOR) {
                expected.add(values(change.kind(), change.values()));
            }
        }
        if (change.action() == EntryChange.EntryAction.ADD) {
            expected.add(values(change.kind(), change.values()));
        }
        List<Object> found = after.entries().stream()
                .<Object>map(entry -> values(change.kind(), entry.values()))
                .toList();
        if (!found.equals(expected)) {
            throw new EditException(Why.NOT_AS_ASKED);
        }
    }

    private static Map<String, Object> values(EntryKind kind, Map<String, List<String>> values) {
        Map<String, Object> known = new TreeMap<>();
        for (EntryField field : kind.fields()) {
            List<String> value = values.getOrDefault(field.name(), List.of());
            if (!value.isEmpty()) {
                known.put(field.name(), field.isList() ? new TreeSet<>(value) : value);
            }
        }
        return known;
    }

    private static EntryFile entryFile(EntryKind kind, Path path, String text) throws EditException {
        if (path.toString().endsWith(".csv")) {
            return text.isEmpty() ? CsvEntries.empty(kind) : CsvEntries.of(kind, text);
        }
        return text.isEmpty() && kind == EntryKind.BRAND ? new NewBrandPack() : YamlEntries.of(kind, text);
    }

    /** Returns the text of a file without a byte order mark; empty if it is missing. */
    private static String text(Path path) throws EditException {
        try {
            if (!Files.isRegularFile(path)) {
                return "";
            }
            if (Files.size(path) > MAX_FILE_BYTES) {
                throw new EditException(Why.TOO_LARGE, String.valueOf(MAX_FILE_BYTES >> 20));
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            throw new EditException(Why.NOT_UTF_8);
        } catch (IOException unreadable) {
            throw new EditException(Why.UNREADABLE);
        }
    }

    /**
     * Writes a change: replaces the file in one step, so that a reader sees the old text or the new one, or removes it. Keeps
     * its permissions and a byte order mark. Whoever may write at the same time must be kept out by the caller.
     *
     * @throws EditException if the file is not as it was before the change
     * @throws IOException   if the folder or the file cannot be written
     */
    public void write(FileChange change) throws EditException, IOException {
        if (!text(change.path()).equals(change.before())) {
            throw new EditException(Why.CHANGED).in(change.file());
        }
        Path file = Files.exists(change.path()) ? change.path().toRealPath() : change.path();
        if (Files.exists(file) && !Files.isWritable(file)) {
            throw new AccessDeniedException(file.toString());
        }
        if (change.after().isEmpty()) {
            Files.delete(change.path());
            return;
        }
        boolean marked = Files.exists(file) && startsWithMark(file);
        Path next = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".new");
        try {
            try (FileChannel channel =
                    FileChannel.open(next, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode((marked ? BYTE_ORDER_MARK : "") + change.after());
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            if (Files.exists(file) && Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
                Files.setPosixFilePermissions(next, Files.getPosixFilePermissions(file));
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            if (Files.isRegularFile(next)) {
                Files.delete(next);
            }
        }
    }

    private static boolean startsWithMark(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(3), BYTE_ORDER_MARK.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Returns the SHA-256 of a file's text as {@link FileChange} counts it; that of an empty text if it is missing. */
    public String sha256(EntryKind kind, String file) throws EditException {
        return FileChange.sha256(text(path(kind, file)));
    }
}
