package org.markwatch.watchlist;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a job-config folder.
 *
 * <p>It sees to the shape of every file and to what the files say of each other. Whether the examples of an indicator
 * match is seen by the matcher that is compiled from the watchlist, not here.
 */
public final class WatchlistReader {
    private static final int MAX_FILE_BYTES = 64 << 20;
    private static final String SETTINGS = "markwatch.yaml";
    private static final String BRANDS = "brands";
    private static final String POLICIES = "policies.yaml";

    private final Path folder;
    private final Map<String, String> environment;
    private final Faults faults = new Faults();
    private String lexiconSha256 = "";

    private WatchlistReader(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * Reads and validates a folder.
     *
     * @param folder as the user typed it; faults name files by it
     * @return a watchlist with at least one seed and one brand
     * @throws WatchlistException with every fault that was found, at least one
     */
    public static Watchlist read(Path folder) throws WatchlistException {
        return read(folder, System.getenv());
    }

    /** @param environment variables that may hold keys */
    static Watchlist read(Path folder, Map<String, String> environment) throws WatchlistException {
        return new WatchlistReader(folder, environment).read();
    }

    private Watchlist read() throws WatchlistException {
        if (!Files.isDirectory(folder)) {
            faults.add(SourceLocation.of(folder.toString()), "must be a job-config folder; there is none here");
            faults.throwIfAny();
        }
        for (String name : List.of("markwatch", "seeds", "policies")) {
            Path misnamed = folder.resolve(name + ".yml");
            if (Files.exists(misnamed)) {
                faults.add(place(misnamed), "is not read; name it " + name + ".yaml, or move it out");
            }
        }
        SettingsFile settings = settings();
        List<Seed> seeds = seeds(settings);
        Path rules = rules(settings.rulesFrom());
        List<Brand> brands = brands(brandFolders(rules));
        Policy policy = policy(rules.resolve(POLICIES));
        SecretLoader secrets = new SecretLoader(folder, environment, faults);
        Settings.MatchingSettings matching = settings.settings().matching();
        SourceLocation keys = place(folder.resolve(SETTINGS)).key("matching");
        Secret hashKey = secrets.load(SecretLoader.HASH_KEY, matching.hashKey(), keys.key("hash-key"));
        Map<String, SourceLocation> ids = new HashMap<>();
        List<Indicator> indicators = new ArrayList<>();
        indicators(rules.resolve("indicators"), policy, hashKey, ids, indicators);
        if (!matching.restrictedLexicon().isEmpty()) {
            Secret key = secrets.load(SecretLoader.LEXICON_KEY, matching.lexiconKey(), keys.key("lexicon-key"));
            lexicon(folder.resolve(matching.restrictedLexicon()), key, policy, ids, indicators);
        }
        Lexicon wording = wording(rules.resolve("wording"));
        faults.throwIfAny();
        if (policy == null) {
            throw new IllegalStateException("a policy that cannot be read is a fault");
        }
        return new Watchlist(
                settings.settings(),
                seeds,
                brands,
                indicators,
                policy,
                wording,
                RulesetHash.of(brands, indicators, policy, wording, matching.diacritics(), lexiconSha256, hashKey),
                hashKey);
    }

    private SettingsFile settings() {
        Path file = folder.resolve(SETTINGS);
        ConfigNode document = document(file);
        // a file that cannot be read is one fault, and not a missing contact as well
        return document == null
                ? SettingsFile.read(new ConfigNode.MappingNode(place(file), Map.of()), new Faults())
                : SettingsFile.read(document, faults);
    }

    private List<Seed> seeds(SettingsFile settings) {
        SeedsFile seeds = new SeedsFile(settings.settings().crawl(), settings.proxies(), faults);
        int before = faults.count();
        Path table = folder.resolve("seeds.csv");
        Path list = folder.resolve("seeds.yaml");
        if (Files.exists(table)) {
            String text = text(table);
            if (text != null) {
                seeds.table(table.toString(), text);
            }
        }
        if (Files.exists(list)) {
            ConfigNode document = document(list);
            if (document != null) {
                seeds.document(document);
            }
        }
        if (!Files.exists(table) && !Files.exists(list)) {
            faults.add(place(table), "is missing, and so is seeds.yaml; one of them must name at least one site");
        } else if (seeds.seeds().isEmpty() && faults.count() == before) {
            faults.add(place(Files.exists(table) ? table : list), "must name at least one site");
        }
        settings.requireRealContact(seeds.seeds(), faults);
        return seeds.seeds();
    }

    private Path rules(String from) {
        try {
            Path rules = folder.resolve(from).normalize();
            return rules.toString().isEmpty() ? Path.of(".") : rules;
        } catch (InvalidPathException notAPath) {
            faults.add(
                    place(folder.resolve(SETTINGS)).key("rules-from"), from, "must be a folder relative to this one");
            return folder;
        }
    }

    /** A folder that takes its rules from elsewhere may add packs of its own. */
    private List<Path> brandFolders(Path rules) {
        Path own = folder.resolve(BRANDS);
        Path taken = rules.resolve(BRANDS);
        return own.normalize().equals(taken.normalize()) || !Files.isDirectory(own)
                ? List.of(taken)
                : List.of(taken, own);
    }

    private List<Brand> brands(List<Path> brandFolders) {
        List<Brand> brands = new ArrayList<>();
        Map<String, SourceLocation> ids = new HashMap<>();
        Map<String, String> owners = new HashMap<>();
        for (Path file : brandFolders.stream()
                .flatMap(brandFolder -> files(brandFolder, List.of(".yaml")).stream())
                .toList()) {
            ConfigNode document = document(file);
            if (document != null) {
                Section pack = BrandFile.section(document, faults);
                Brand brand = BrandFile.read(pack);
                unique(pack, brand.id(), ids);
                for (String wording : names(brand)) {
                    String owner = owners.putIfAbsent(wording, brand.id());
                    if (owner != null && !owner.equals(brand.id())) {
                        pack.fault(
                                "aliases", "'" + wording + "' is already a name of " + owner + "; keep it in one pack");
                    }
                }
                brands.add(brand);
            }
        }
        return brands;
    }

    private static List<String> names(Brand brand) {
        return Stream.concat(Stream.of(brand.name()), brand.aliases().stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private void indicators(
            Path indicatorFolder,
            @Nullable Policy policy,
            @Nullable Secret hashKey,
            Map<String, SourceLocation> ids,
            List<Indicator> indicators) {
        for (Path file : files(indicatorFolder, List.of(".yaml", ".csv"))) {
            for (Section row : rows(file)) {
                Indicator indicator = IndicatorsFile.read(row);
                unique(row, indicator.id(), ids);
                checkGroup(row, indicator.group(), policy);
                if (indicator.type() == Indicator.Type.KEYED_HASH && hashKey == null) {
                    row.fault(
                            "type",
                            "needs the key that its list was made with: name its file in matching.hash-key of "
                                    + SETTINGS + ", or set " + SecretLoader.HASH_KEY);
                }
                indicators.add(indicator);
            }
        }
    }

    /** Nothing that stands in the lexicon gets into a fault. */
    private void lexicon(
            Path file,
            @Nullable Secret key,
            @Nullable Policy policy,
            Map<String, SourceLocation> ids,
            List<Indicator> indicators) {
        if (key == null) {
            faults.add(
                    place(folder.resolve(SETTINGS)).key("matching").key("restricted-lexicon"),
                    "needs its key: name a file in matching.lexicon-key, or set " + SecretLoader.LEXICON_KEY);
            return;
        }
        try {
            byte[] sealed = Files.size(file) > MAX_FILE_BYTES ? new byte[0] : Files.readAllBytes(file);
            String table = SealedLexicon.open(sealed, key);
            Faults hidden = Faults.sealed();
            for (Section row : IndicatorsFile.table(file.toString(), table, hidden)) {
                Indicator indicator = IndicatorsFile.read(row);
                unique(row, indicator.id(), ids);
                checkGroup(row, indicator.group(), policy);
                indicators.add(indicator.asRestricted());
            }
            faults.addAll(hidden);
            lexiconSha256 = RulesetHash.sha256(sealed);
        } catch (IOException unreadable) {
            faults.add(place(file), "cannot be read");
        } catch (MalformedValueException malformed) {
            faults.add(place(file), malformed.allowed());
        }
    }

    /** What the program brings, with what a folder adds to it, if there is one. */
    private Lexicon wording(Path of) {
        Lexicon wording = Lexicon.builtIn();
        if (!Files.exists(of)) {
            return wording;
        }
        for (Path file : files(of, List.of(".yaml"))) {
            if (!LexiconFile.isNamedByLanguage(String.valueOf(file.getFileName()))) {
                faults.add(place(file), "must be called after a language by ISO 639-1, like de.yaml, or any.yaml");
            }
            ConfigNode document = document(file);
            wording = document == null ? wording : LexiconFile.apply(document, wording, faults);
        }
        return wording;
    }

    private List<Section> rows(Path file) {
        if (file.toString().endsWith(".csv")) {
            String text = text(file);
            return text == null ? List.of() : IndicatorsFile.table(file.toString(), text, faults);
        }
        ConfigNode document = document(file);
        return document == null ? List.of() : IndicatorsFile.document(document, faults);
    }

    private static void checkGroup(Section row, String group, @Nullable Policy policy) {
        if (policy == null || group.isEmpty() || policy.groups().isEmpty()) {
            return;
        }
        if (group.equals(PolicyFile.BRAND_USE_GROUP) || group.equals(PolicyFile.IDENTITY_GROUP)) {
            row.fault("group", "is kept for brand use; take another group of " + POLICIES);
        } else if (!policy.groups().containsKey(group)) {
            row.fault(
                    "group",
                    "must be a group of " + POLICIES + "; "
                            + SpellingSuggestion.suggest(group, policy.groups().keySet()));
        }
    }

    private static void unique(Section section, String id, Map<String, SourceLocation> ids) {
        SourceLocation first = id.isEmpty() ? null : ids.putIfAbsent(id, section.location("id"));
        if (first != null) {
            section.fault("id", "is taken by " + first.file() + ", line " + first.line() + "; ids are unique");
        }
    }

    private @Nullable Policy policy(Path file) {
        ConfigNode document = document(file);
        return document == null ? null : PolicyFile.read(document, faults);
    }

    /** The files of a folder by name; one that would not be read is a fault, so that nothing is lost in silence. */
    private List<Path> files(Path of, List<String> extensions) {
        if (!Files.isDirectory(of)) {
            faults.add(place(of), "is missing; it must be a folder of *" + String.join(" or *", extensions) + " files");
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> entries = Files.list(of)) {
            for (Path entry : entries.sorted().toList()) {
                String name = String.valueOf(entry.getFileName());
                if (extensions.stream().anyMatch(name::endsWith)) {
                    files.add(entry);
                } else if (!name.startsWith(".")) {
                    faults.add(
                            place(entry),
                            "is not read; name it *" + String.join(" or *", extensions) + ", or move it out");
                }
            }
        } catch (IOException unreadable) {
            faults.add(place(of), "cannot be listed: " + unreadable);
        }
        if (files.isEmpty()) {
            faults.add(place(of), "must hold at least one *" + String.join(" or *", extensions) + " file");
        }
        return files;
    }

    private @Nullable ConfigNode document(Path file) {
        String text = text(file);
        return text == null ? null : YamlReader.read(file.toString(), text, faults);
    }

    /** The file's text without byte order mark, or null after a fault. */
    private @Nullable String text(Path file) {
        try {
            if (!Files.exists(file)) {
                faults.add(place(file), "is missing");
            } else if (!Files.isRegularFile(file)) {
                faults.add(place(file), "must be a file");
            } else if (Files.size(file) > MAX_FILE_BYTES) {
                faults.add(place(file), "must be at most " + (MAX_FILE_BYTES >> 20) + " MiB; split it");
            } else {
                String text = decoded(Files.readAllBytes(file));
                return text.startsWith("\uFEFF") ? text.substring(1) : text;
            }
        } catch (CharacterCodingException notUtf8) {
            faults.add(place(file), "must be UTF-8; in a spreadsheet, save it as 'CSV UTF-8'");
        } catch (IOException unreadable) {
            faults.add(place(file), "cannot be read: " + unreadable);
        }
        return null;
    }

    private static String decoded(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private static SourceLocation place(Path file) {
        return SourceLocation.of(file.toString());
    }
}
