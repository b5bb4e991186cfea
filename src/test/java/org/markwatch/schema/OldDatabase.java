package org.markwatch.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.markwatch.database.TestDatabase;
import org.markwatch.queue.Audit;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A small database of schema version 24, the last one before pages and findings had one row for life. */
public final class OldDatabase {
    public static final int VERSION = 24;

    private static final PGSimpleDataSource TEMPLATE = fill();

    private OldDatabase() {}

    /** Returns a new database with two nights, an item, a decision and an audit chain. */
    public static PGSimpleDataSource filled() {
        return TestDatabase.copyOf(TEMPLATE);
    }

    private static PGSimpleDataSource fill() {
        PGSimpleDataSource database = TestDatabase.empty();
        new Schema(database).migrateTo(VERSION);
        JdbcClient.create(database).sql(script()).update();
        Audit audit = new Audit(database, Clock.fixed(Instant.parse("2026-03-02T01:01:00Z"), ZoneOffset.UTC));
        audit.append("ann", "item.decide", "item:1", Map.of("verdict", "brand_mark_misuse"));
        audit.append(
                Audit.SYSTEM,
                "run.attest",
                "run:2",
                Map.of("requests", Map.of("page", 3), "neverAskedFor", Map.of("image", 9), "pictureBytesAccepted", 0));
        return database;
    }

    private static String script() {
        try (InputStream in = OldDatabase.class.getResourceAsStream("version-24.sql")) {
            if (in == null) {
                throw new IllegalStateException("version-24.sql is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
