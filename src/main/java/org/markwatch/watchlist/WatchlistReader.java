package org.markwatch.watchlist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and validates a job-config folder.
 *
 * <p>It validates each file and the references between files. It does not check whether the examples of indicators
 * match; the matcher does when it compiles the watchlist.
 */
public final class WatchlistReader {
    private static final String SETTINGS = "markwatch.yaml";
    private static final String BRANDS = "brands";
    private static final String POLICIES = "policies.yaml";

    private final Path folder;
    private final Map<String, String> environment;
    private final Faults faults = new Faults();
    private final ConfigFiles configFiles;
    private String sealedLexiconSha256 = "";
    private @Nullable Path rules;

    /** Whether a {@link ConfigArchive} has been unpacked, which has no key files. */
    private final boolean unpacked;
    /** Folder of the rules, wherever {@code rules-from} points; null for that folder. */
    private final @Nullable Path unpackedRules;

    private WatchlistReader(
            Path folder,
            Map<String, String> environment,
            boolean unpacked,
            @Nullable Path unpackedRules,
            @Nullable Path shownFrom,
            Map<Path, String> changed) {
        this.folder = folder;
        this.unpacked = unpacked;
        this.environment = environment;
        this.unpackedRules = unpackedRules;
        this.configFiles = new ConfigFiles(faults, shownFrom, changed);
    }

    /**
     * Reads and validates a folder. Keys may come from environment variables.
     *
     * @param folder path as the user typed it; faults show it
     * @return a watchlist with at least one seed and one brand
     * @throws WatchlistException if the folder has faults; it lists the first 1,000 and counts the rest. A syntax error
     *                            of a YAML file hides the other faults of that file
     */
    public static Watchlist read(Path folder) throws WatchlistException {
        return read(folder, System.getenv());
    }

    /** @param environment environment variables, which may have keys */
    static Watchlist read(Path folder, Map<String, String> environment) throws WatchlistException {
        return new WatchlistReader(folder, environment, false, null, null, Map.of()).read();
    }

    /** Reads what {@link ConfigArchive} has unpacked. */
    static Watchlist readUnpacked(Path unpacked) throws WatchlistException {
        Path rules = unpacked.resolve(ConfigArchive.RULES);
        return new WatchlistReader(
                        unpacked.resolve(ConfigArchive.CONFIG),
                        System.getenv(),
                        true,
                        Files.isDirectory(rules) ? rules : null,
                        null,
                        Map.of())
                .read();
    }

    /** Reads and validates a folder, and packs the files that were read. */
    static ConfigArchive.PackedWatchlist readAndPack(Path folder, Map<String, String> environment)
            throws WatchlistException {
        WatchlistReader reader = new WatchlistReader(folder, environment, false, null, null, Map.of());
        Watchlist watchlist = reader.read();
        Path rules = reader.rules == null ? folder : reader.rules;
        return new ConfigArchive.PackedWatchlist(
                watchlist, ConfigArchive.pack(reader.configFiles.read(), folder, rules));
    }

    /**
     * Reads and validates a folder as {@link #read(Path)} does, with another text in place of some files. Writes nothing.
     * Faults and locations show paths from the folder, because readers of the console have no use for the paths of its machine.
     *
     * @param changed texts by absolute, normalised path, of files that may be missing; empty for a file that is removed
     */
    public static Watchlist readChanged(Path folder, Map<Path, String> changed) throws WatchlistException {
        return new WatchlistReader(folder, System.getenv(), false, null, folder, changed).read();
    }

    /** Returns the folder that has the rules of a job-config folder: itself, unless {@code rules-from} names another. */
    public static Path rulesFolder(Path folder) {
        WatchlistReader reader = new WatchlistReader(folder, Map.of(), false, null, null, Map.of());
        return reader.rules(reader.settings().rulesFrom()).normalize();
    }

    private Watchlist read() throws WatchlistException {
        if (!Files.isDirectory(folder)) {
            faults.add(configFiles.location(folder), "must be a job-config folder, but there is no such folder");
            faults.throwIfAny();
        }
        for (String name : List.of("markwatch", "seeds", "policies")) {
            Path ignored = folder.resolve(name + ".yml");
            if (Files.exists(ignored)) {
                faults.add(
                        configFiles.location(ignored),
                        "has the wrong extension and would be ignored; rename it to " + name + ".yaml, or remove it");
            }
        }
        SettingsFile settings = settings();
        List<Seed> seeds = seeds(settings);
        Path rules = rules(settings.rulesFrom());
        this.rules = rules;
        List<Brand> brands = new BrandFolders(configFiles, faults).read(brandFolders(rules));
        Policy policy = policy(rules.resolve(POLICIES));
        SecretLoader secrets = new SecretLoader(folder, environment, configFiles, faults);
        Settings.MatchingSettings matching = settings.settings().matching();
        SourceLocation keys = configFiles.location(folder.resolve(SETTINGS)).key("matching");
        Secret hashKey = secrets.load(SecretLoader.HASH_KEY, matching.hashKey(), keys.key("hash-key"));
        Settings.NoticeSettings notices = unpacked
                ? Settings.NoticeSettings.NONE // only the process that starts a run has the key
                : notices(secrets, settings.settings().notices());
        Map<String, SourceLocation> ids = new HashMap<>();
        List<Indicator> indicators = new ArrayList<>();
        indicators(rules.resolve("indicators"), policy, hashKey, ids, indicators);
        if (!matching.restrictedLexicon().isEmpty()) {
            Secret key = secrets.load(SecretLoader.LEXICON_KEY, matching.lexiconKey(), keys.key("lexicon-key"));
            sealedLexicon(folder.resolve(matching.restrictedLexicon()), key, policy, ids, indicators);
        }
        Lexicon lexicon = lexicon(rules.resolve("wording"));
        Path tables = rules.resolve(EvidenceFile.FOLDER);
        EvidenceTables builtIn = EvidenceTables.builtIn();
        EvidenceTables evidence = new EvidenceTables(
                evidence(tables.resolve(EvidenceFile.ACCEPTANCE), builtIn.acceptance()),
                evidence(tables.resolve(EvidenceFile.LOGO), builtIn.logo()),
                evidence(tables.resolve(EvidenceFile.IMPERSONATION), builtIn.impersonation()));
        faults.throwIfAny();
        if (policy == null) {
            throw new IllegalStateException("the policy is missing without a fault");
        }
        return new Watchlist(
                settings.settings().withNotices(notices),
                seeds,
                brands,
                indicators,
                policy,
                lexicon,
                evidence,
                RulesetHash.of(
                        brands,
                        indicators,
                        policy,
                        lexicon,
                        evidence,
                        matching.diacritics(),
                        sealedLexiconSha256,
                        hashKey),
                hashKey,
                locations(indicators, ids),
                faults.repeats());
    }

    /** Returns the settings of notices with the key of the webhook, if there is one. */
    private Settings.NoticeSettings notices(SecretLoader secrets, Settings.NoticeSettings notices) {
        if (notices.webhook().isEmpty()) {
            return notices;
        }
        SourceLocation location =
                configFiles.location(folder.resolve(SETTINGS)).key("notices").key("webhook-key");
        int before = faults.count();
        Secret key = secrets.load(SecretLoader.WEBHOOK_KEY, notices.webhookFile(), location);
        if (key == null && faults.count() == before) {
            faults.add(
                    location,
                    "is required with webhook, for its signature: a file with 64 hex digits, or set "
                            + SecretLoader.WEBHOOK_KEY);
        }
        return notices.withWebhookKey(key);
    }

    private static Map<String, Watchlist.IndicatorLocation> locations(
            List<Indicator> indicators, Map<String, SourceLocation> ids) {
        Map<String, Watchlist.IndicatorLocation> locations = new HashMap<>();
        for (Indicator indicator : indicators) {
            SourceLocation location = ids.get(indicator.id());
            if (location != null && !indicator.restricted()) {
                locations.put(indicator.id(), new Watchlist.IndicatorLocation(location.file(), location.line()));
            }
        }
        return locations;
    }

    private SettingsFile settings() {
        Path file = folder.resolve(SETTINGS);
        ConfigNode document = configFiles.document(file);
        // an unreadable file is one fault; it must not also report a missing contact
        return document == null
                ? SettingsFile.read(new ConfigNode.MappingNode(configFiles.location(file), Map.of()), new Faults())
                : SettingsFile.read(document, faults);
    }

    private List<Seed> seeds(SettingsFile settings) {
        SeedsFile file = new SeedsFile(settings.settings().crawl(), settings.proxies(), faults);
        int before = faults.count();
        Path table = folder.resolve("seeds.csv");
        Path list = folder.resolve("seeds.yaml");
        if (Files.exists(table)) {
            String text = configFiles.text(table);
            if (text != null) {
                file.table(configFiles.name(table), text);
            }
        }
        if (Files.exists(list)) {
            ConfigNode document = configFiles.document(list);
            if (document != null) {
                file.document(document);
            }
        }
        List<Seed> seeds = file.seeds();
        if (!Files.exists(table) && !Files.exists(list)) {
            faults.add(
                    configFiles.location(table),
                    "is missing, and so is seeds.yaml; one of them must have at least one seed");
        } else if (seeds.isEmpty() && faults.count() == before) {
            faults.add(configFiles.location(Files.exists(table) ? table : list), "must have at least one seed");
        }
        settings.requireRealContact(seeds, faults);
        return seeds;
    }

    private Path rules(String from) {
        if (unpackedRules != null) {
            return unpackedRules;
        }
        try {
            Path rules = folder.resolve(from).normalize();
            return rules.toString().isEmpty() ? Path.of(".") : rules;
        } catch (InvalidPathException notAPath) {
            faults.add(
                    configFiles.location(folder.resolve(SETTINGS)).key("rules-from"),
                    from,
                    "must be a folder relative to this one");
            return folder;
        }
    }

    /**
     * Returns the brands folder of the rules and, if {@code rules-from} names another folder, the folder's own one as
     * well.
     */
    private List<Path> brandFolders(Path rules) {
        Path own = folder.resolve(BRANDS);
        Path ofRules = rules.resolve(BRANDS);
        return own.normalize().equals(ofRules.normalize()) || !Files.isDirectory(own)
                ? List.of(ofRules)
                : List.of(ofRules, own);
    }

    private void indicators(
            Path indicatorFolder,
            @Nullable Policy policy,
            @Nullable Secret hashKey,
            Map<String, SourceLocation> ids,
            List<Indicator> indicators) {
        List<Section> rows = configFiles.files(indicatorFolder, List.of(".yaml", ".csv")).stream()
                .flatMap(file -> rows(file).stream())
                .toList();
        for (Section row : Section.merged(rows, List.of("id"), each -> each.peek("id", Syntax.id()))) {
            Indicator indicator = IndicatorsFile.read(row);
            row.requireUniqueId(indicator.id(), ids);
            if (policy != null) {
                GroupReference.check(row, indicator, policy, POLICIES);
            }
            if (indicator.type() == Indicator.Type.KEYED_HASH && hashKey == null) {
                row.fault(
                        "type",
                        "needs the key of its hash list; set matching.hash-key in " + SETTINGS
                                + " to the key file, or set " + SecretLoader.HASH_KEY);
            }
            indicators.add(indicator);
        }
    }

    /** Adds the restricted indicators. Faults show nothing of the sealed table. */
    private void sealedLexicon(
            Path file,
            @Nullable Secret key,
            @Nullable Policy policy,
            Map<String, SourceLocation> ids,
            List<Indicator> indicators) {
        if (key == null) {
            faults.add(
                    configFiles
                            .location(folder.resolve(SETTINGS))
                            .key("matching")
                            .key("restricted-lexicon"),
                    "needs a key; set matching.lexicon-key to the key file, or set " + SecretLoader.LEXICON_KEY);
            return;
        }
        try {
            byte[] sealed = Files.size(file) > ConfigFiles.MAX_FILE_BYTES ? new byte[0] : configFiles.bytes(file);
            String table = SealedLexicon.open(sealed, key);
            Faults sealedFaults = Faults.sealed();
            for (Section row : IndicatorsFile.table(configFiles.name(file), table, sealedFaults)) {
                Indicator indicator = IndicatorsFile.read(row);
                row.requireUniqueId(indicator.id(), ids);
                if (policy != null) {
                    GroupReference.check(row, indicator, policy, POLICIES);
                }
                indicators.add(indicator.asRestricted());
            }
            faults.addAll(sealedFaults);
            sealedLexiconSha256 = RulesetHash.sha256(sealed);
        } catch (IOException unreadable) {
            faults.add(configFiles.location(file), "cannot be read");
        } catch (MalformedValueException malformed) {
            faults.add(configFiles.location(file), malformed.allowed());
        }
    }

    /** Returns the built-in lexicon with the changes of the folder {@code wording}, if it exists. */
    private Lexicon lexicon(Path lexiconFolder) {
        Lexicon lexicon = Lexicon.builtIn();
        if (!Files.exists(lexiconFolder)) {
            return lexicon;
        }
        for (Path file : configFiles.files(lexiconFolder, List.of(".yaml"))) {
            String name = String.valueOf(file.getFileName());
            if (!LexiconFile.isNamedByLanguage(name)) {
                faults.add(
                        configFiles.location(file),
                        "must be named after an ISO 639-1 language code, like de.yaml, or any.yaml");
            }
            ConfigNode document = configFiles.document(file);
            lexicon = document == null
                    ? lexicon
                    : LexiconFile.apply(name.substring(0, name.indexOf('.')), document, lexicon, faults);
        }
        return lexicon;
    }

    /** Returns built-in points with the changes of the file, if it exists. */
    private EvidenceTable evidence(Path file, EvidenceTable builtIn) {
        String text = Files.exists(file) ? configFiles.text(file) : null;
        return text == null ? builtIn : EvidenceFile.apply(configFiles.name(file), text, builtIn, faults);
    }

    private List<Section> rows(Path file) {
        if (file.toString().endsWith(".csv")) {
            String text = configFiles.text(file);
            return text == null ? List.of() : IndicatorsFile.table(configFiles.name(file), text, faults);
        }
        ConfigNode document = configFiles.document(file);
        return document == null ? List.of() : IndicatorsFile.document(document, faults);
    }

    private @Nullable Policy policy(Path file) {
        ConfigNode document = configFiles.document(file);
        return document == null ? null : PolicyFile.read(document, faults);
    }
}
