package org.markwatch.crawl;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.FrontierStore.ColumnArrays;
import org.markwatch.url.HttpUrl;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads and writes page histories (table {@code known_page}) in batches. Uses the transaction of the calling thread.
 */
final class PageHistoryStore {
    /** Columns that {@link #fromRow} reads, from {@code known_page k}; all null if there is no history. */
    static final String COLUMNS =
            "k.url_hash, k.final_url, k.etag, k.last_modified, k.content_type, k.text_sha256, k.seen_sha256,"
                    + " k.shell, k.read_by, k.rules, k.run_id, k.due_at, k.unchanged, k.nights";

    private static final HexFormat HEX = HexFormat.of();

    private final JdbcTemplate jdbc;
    private final long runId;

    PageHistoryStore(DataSource database, long runId) {
        this.jdbc = new JdbcTemplate(database);
        this.runId = runId;
    }

    /** Returns the page history in a row with {@link #COLUMNS}, or null if there is none. */
    static @Nullable PageHistory fromRow(ResultSet row) throws SQLException {
        String finalUrl = row.getString("final_url");
        return finalUrl == null
                ? null
                : new PageHistory(
                        row.getObject("url_hash", UUID.class),
                        HttpUrl.of(finalUrl),
                        new Validators(row.getString("etag"), row.getString("last_modified")),
                        row.getString("content_type"),
                        row.getString("text_sha256"),
                        HEX.formatHex(row.getBytes("seen_sha256")),
                        row.getBoolean("shell"),
                        row.getObject("read_by", UUID.class),
                        row.getObject("rules", UUID.class),
                        row.getObject("run_id", Long.class),
                        row.getObject("due_at", OffsetDateTime.class).toInstant(),
                        new RevisitSchedule(row.getInt("unchanged"), row.getInt("nights")));
    }

    /**
     * Returns the serialised content of a page, as {@link PageAnalyser#unpack} accepts it.
     *
     * @throws IllegalStateException if it is not stored
     */
    byte[] packedContent(PageHistory page) {
        try {
            byte[] packed =
                    jdbc.queryForObject("select seen from known_page where url_hash = ?", byte[].class, page.urlHash());
            if (packed != null) {
                return packed;
            }
        } catch (EmptyResultDataAccessException e) {
            // reported below
        }
        throw new IllegalStateException(
                "table known_page has no content of " + page.finalUrl() + "; it was deleted during the run");
    }

    /**
     * Returns the stored links of pages.
     *
     * @param pages URL hashes
     * @return canonical URLs by URL hash; pages without history are missing
     */
    Map<UUID, List<String>> links(Collection<UUID> pages) {
        Map<UUID, List<String>> links = new HashMap<>();
        if (!pages.isEmpty()) {
            jdbc.query(
                    "select url_hash, links from known_page where url_hash = any (?)",
                    row -> {
                        links.put(
                                row.getObject(1, UUID.class),
                                row.getString(2).lines().toList());
                    },
                    (Object) pages.toArray(UUID[]::new));
        }
        return links;
    }

    /** Saves updates: inserts or replaces those with content, and updates the others. */
    void save(List<PageHistoryUpdate> all) {
        insert(all.stream().filter(page -> page.packedContent() != null).toList());
        update(all.stream().filter(page -> page.packedContent() == null).toList());
    }

    private void insert(List<PageHistoryUpdate> pages) {
        if (pages.isEmpty()) {
            return;
        }
        jdbc.update(connection -> {
            PreparedStatement insert = connection.prepareStatement("""
                    insert into known_page (url_hash, final_url, etag, last_modified, content_type, text_sha256, seen_sha256,
                        read_by, rules, run_id, due_at, unchanged, nights, read_at, links, seen, shell)
                    select * from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[],
                        ?::uuid[], ?::uuid[], ?::int8[], ?::timestamptz[], ?::int2[], ?::int2[], ?::timestamptz[], ?::text[],
                        ?::bytea[], ?::bool[])
                    on conflict (url_hash) do update set final_url = excluded.final_url, etag = excluded.etag,
                        last_modified = excluded.last_modified, content_type = excluded.content_type,
                        text_sha256 = excluded.text_sha256, seen_sha256 = excluded.seen_sha256,
                        read_by = excluded.read_by, rules = excluded.rules, run_id = excluded.run_id,
                        due_at = excluded.due_at, unchanged = excluded.unchanged,
                        nights = excluded.nights, read_at = excluded.read_at, links = excluded.links, seen = excluded.seen,
                        shell = excluded.shell""");
            ColumnArrays columns = new ColumnArrays(connection, pages.size());
            setCommonParameters(insert, columns, pages);
            insert.setArray(15, columns.of("text", i -> pages.get(i).links()));
            insert.setArray(
                    16,
                    connection.createArrayOf(
                            "bytea",
                            pages.stream().map(PageHistoryUpdate::packedContent).toArray(byte[][]::new)));
            insert.setArray(17, columns.of("bool", i -> pages.get(i).history().shell()));
            return insert;
        });
    }

    private void update(List<PageHistoryUpdate> pages) {
        if (pages.isEmpty()) {
            return;
        }
        jdbc.update(connection -> {
            PreparedStatement update = connection.prepareStatement("""
                    update known_page k set final_url = v.final_url, etag = v.etag, last_modified = v.last_modified,
                        content_type = v.content_type, text_sha256 = v.text_sha256, read_by = v.read_by, rules = v.rules,
                        run_id = v.run_id,
                        due_at = v.due_at, unchanged = v.unchanged, nights = v.nights, read_at = coalesce(v.read_at, k.read_at),
                        links = case when v.links <> k.links then v.links else k.links end
                    from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[],
                        ?::uuid[], ?::uuid[], ?::int8[], ?::timestamptz[], ?::int2[], ?::int2[], ?::timestamptz[], ?::text[])
                    as v(url_hash, final_url, etag, last_modified, content_type, text_sha256, seen_sha256, read_by, rules, run_id,
                        due_at, unchanged, nights, read_at, links)
                    where k.url_hash = v.url_hash""");
            ColumnArrays columns = new ColumnArrays(connection, pages.size());
            setCommonParameters(update, columns, pages);
            update.setArray(15, columns.of("text", i -> pages.get(i).links()));
            return update;
        });
    }

    private void setCommonParameters(PreparedStatement statement, ColumnArrays columns, List<PageHistoryUpdate> pages)
            throws SQLException {
        List<PageHistory> histories =
                pages.stream().map(PageHistoryUpdate::history).toList();
        statement.setArray(1, columns.of("uuid", i -> histories.get(i).urlHash()));
        statement.setArray(
                2, columns.of("text", i -> histories.get(i).finalUrl().toString()));
        statement.setArray(
                3, columns.of("text", i -> histories.get(i).validators().etag()));
        statement.setArray(
                4, columns.of("text", i -> histories.get(i).validators().lastModified()));
        statement.setArray(5, columns.of("text", i -> histories.get(i).contentType()));
        statement.setArray(6, columns.of("text", i -> histories.get(i).textSha256()));
        byte[][] contentHashes = histories.stream()
                .map(page -> HEX.parseHex(page.contentSha256()))
                .toArray(byte[][]::new);
        statement.setArray(7, statement.getConnection().createArrayOf("bytea", contentHashes));
        statement.setArray(8, columns.of("uuid", i -> histories.get(i).extractorVersion()));
        statement.setArray(9, columns.of("uuid", i -> histories.get(i).rules()));
        statement.setArray(10, columns.of("int8", i -> {
            Long run = histories.get(i).run();
            return run == null ? (Long) runId : run;
        }));
        statement.setArray(
                11, columns.of("timestamptz", i -> utc(histories.get(i).dueAt())));
        statement.setArray(
                12, columns.of("int2", i -> (short) histories.get(i).schedule().unchanged()));
        statement.setArray(
                13, columns.of("int2", i -> (short) histories.get(i).schedule().intervalNights()));
        statement.setArray(14, columns.of("timestamptz", i -> {
            Instant readAt = pages.get(i).readAt();
            return readAt == null ? null : utc(readAt);
        }));
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
