package org.markwatch.watchlist;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the tables of the folder {@code evidence}: the built-in ones, and the points that a job-config changes. Rows with the
 * ids {@code needed}, {@code needed-of-brand}, {@code max-said}, {@code max-against-page} and {@code max-against-own-wording} are
 * limits and no features.
 */
final class EvidenceFile {
    static final String FOLDER = "evidence";
    static final String ACCEPTANCE = "acceptance.csv";
    static final String LOGO = "logo.csv";
    static final String IMPERSONATION = "impersonation.csv";
    static final String NEEDED = "needed";
    static final String NEEDED_OF_BRAND = "needed-of-brand";
    static final String MAX_SAID = "max-said";
    static final String MAX_AGAINST_PAGE = "max-against-page";
    static final String MAX_AGAINST_OWN_WORDING = "max-against-own-wording";
    private static final Set<String> LIMITS =
            Set.of(NEEDED, NEEDED_OF_BRAND, MAX_SAID, MAX_AGAINST_PAGE, MAX_AGAINST_OWN_WORDING);

    private static final List<String> COLUMNS = List.of("feature", "points", "pages", "sets", "sentence");
    private static final Syntax<Integer> POINTS = Syntax.integer(-100, 100);
    private static final Syntax<Integer> COUNT = Syntax.integer(0, 1_000_000);
    private static final Syntax<String> ID = Syntax.matching("[a-z0-9-]{1,60}", "must be lower-case words joined by -");
    private static final Syntax<String> SENTENCE = Syntax.text(200);

    private EvidenceFile() {}

    /** Holds the built-in tables; class initialisation loads them on first use. */
    static final class BuiltInEvidence {
        static final EvidenceTables TABLES = new EvidenceTables(
                load(EvidenceFile.ACCEPTANCE), load(EvidenceFile.LOGO), load(EvidenceFile.IMPERSONATION));

        private BuiltInEvidence() {}

        private static EvidenceTable load(String file) {
            String name = "/" + FOLDER + "/" + file;
            Faults faults = new Faults();
            try (InputStream bytes = EvidenceFile.class.getResourceAsStream(name)) {
                if (bytes == null) {
                    throw new IllegalStateException("the program has no file " + name + "; build it again");
                }
                String text = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
                Map<String, EvidenceTable.Feature> features = new LinkedHashMap<>();
                Map<String, Integer> limits = new LinkedHashMap<>();
                for (ConfigNode.MappingNode node : CsvReader.read(name, text, COLUMNS, faults)) {
                    Section row = Section.of(node, faults, COLUMNS);
                    String id = row.required("feature", ID, "");
                    int points = row.required("points", POINTS, 0);
                    if (LIMITS.contains(id)) {
                        limits.put(id, points);
                    } else {
                        features.put(
                                id,
                                new EvidenceTable.Feature(
                                        points,
                                        row.optional("pages", COUNT, 0),
                                        row.optional("sets", COUNT, 0),
                                        row.optional("sentence", SENTENCE, "")));
                    }
                }
                faults.throwIfAny();
                return new EvidenceTable(limits, features);
            } catch (IOException e) {
                throw new UncheckedIOException("the program cannot read its own file " + name + "; build it again", e);
            } catch (WatchlistException e) {
                throw new IllegalStateException("the built-in evidence table has faults: " + e.faults(), e);
            }
        }
    }

    /** Returns the table with the points of a file; its columns {@code pages}, {@code sets} and {@code sentence} are ignored. */
    static EvidenceTable apply(String file, String text, EvidenceTable table, Faults faults) {
        Map<String, Integer> points = new LinkedHashMap<>();
        for (ConfigNode.MappingNode node : CsvReader.read(file, text, COLUMNS, faults)) {
            Section row = Section.of(node, faults, COLUMNS);
            String id = row.required("feature", ID, "");
            int changed = row.required("points", POINTS, 0);
            EvidenceTable.Feature feature = table.features().get(id);
            if (points.containsKey(id)) {
                row.fault("feature", "is there twice; remove one");
            } else if (table.limits().containsKey(id)) {
                if (changed < 0) {
                    row.fault("points", "must be 0 or more");
                }
                points.put(id, changed);
            } else if (feature == null) {
                row.fault(
                        "feature",
                        "is not a feature; "
                                + SpellingSuggestion.nearest(id, table.ids())
                                        .map(near -> "did you mean " + near + "?")
                                        .orElse("docs/detection.md lists them"));
            } else if (changed * feature.points() < 0) {
                row.fault("points", "must keep its sign: a feature speaks either for a use or against it");
            } else {
                points.put(id, changed);
            }
        }
        return table.with(points);
    }
}
