package org.markwatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.markwatch.database.EmbeddedPostgres;
import org.markwatch.schema.DatabaseVersions;
import org.markwatch.schema.Schema;

/**
 * Says that a data folder has no database, or a database no tables, and what is there instead: most often, the path has
 * a typing error.
 */
final class MissingDatabase {
    private static final int MAX_NAMES = 5;

    private MissingDatabase() {}

    /**
     * Checks that a data folder has a database. Creates nothing.
     *
     * @throws BadInputException if it has none
     */
    static void check(Path folder) {
        if (!EmbeddedPostgres.exists(folder)) {
            throw new BadInputException("--data " + folder + " has no database: " + content(folder)
                    + "; give the folder of 'run' or 'serve', which create the database when they start first");
        }
    }

    /**
     * Checks that a database of {@code --db} has tables of markwatch. Creates nothing.
     *
     * @throws BadInputException if it has none
     * @throws SQLException      if it cannot be connected to
     */
    static void check(String db) throws SQLException {
        ExternalDatabase external = ExternalDatabase.connect(db, System.getenv());
        DataSource database = OpenDatabase.source(external.url(), external.user(), external.password());
        DatabaseVersions.check(database);
        if (new Schema(database).version() == 0) {
            throw new BadInputException("--db " + external.urlWithoutSecrets()
                    + " has no tables of markwatch; give the database of 'run' or 'serve', which create them when they"
                    + " start first");
        }
    }

    private static String content(Path folder) {
        if (!Files.exists(folder)) {
            return "there is no such folder";
        }
        if (!Files.isDirectory(folder)) {
            return "it is a file";
        }
        List<String> names;
        try (Stream<Path> entries = Files.list(folder)) {
            names = entries.map(entry -> entry.getFileName().toString())
                    .sorted()
                    .limit(MAX_NAMES + 1L)
                    .toList();
        } catch (IOException e) {
            return "the folder cannot be read (" + e.getClass().getSimpleName() + ")";
        }
        if (names.isEmpty()) {
            return "the folder is empty";
        }
        return "the folder contains " + String.join(", ", names.subList(0, Math.min(MAX_NAMES, names.size())))
                + (names.size() > MAX_NAMES ? " and more" : "");
    }
}
