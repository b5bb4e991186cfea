package org.markwatch.crawl.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.UrlHash;
import org.markwatch.crawl.Validators;
import org.markwatch.crawl.revisit.PageHistory;
import org.markwatch.crawl.revisit.PageHistoryUpdate;
import org.markwatch.crawl.revisit.RevisitSchedule;
import org.markwatch.url.HttpUrl;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads and writes page histories (table {@code page_text}) in batches. Writes only what has changed. Uses the
 * transaction of the calling thread.
 */
public final class PageHistoryStore {
    /** Columns that {@link #fromRow} reads, from {@code page_text k}; all null if there is no history. */
    static final String COLUMNS = "k.page_id as history, k.etag, k.last_modified, k.content_type, k.text_sha256,"
            + " k.seen_sha256, k.shell, k.read_by, k.rules, k.run_id";

    private static final HexFormat HEX = HexFormat.of();

    private final JdbcTemplate jdbc;
    private final long runId;

    public PageHistoryStore(DataSource database, long runId) {
        this.jdbc = new JdbcTemplate(database);
        this.runId = runId;
    }

    /**
     * Returns the page history in a row with {@link #COLUMNS}, the URL of the page and its schedule, or null if there
     * is none.
     */
    static @Nullable PageHistory fromRow(ResultSet row) throws SQLException {
        row.getLong("history");
        return row.wasNull()
                ? null
                : new PageHistory(
                        HttpUrl.of(row.getString("url")),
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
     * Returns the serialised content of a page, as {@link org.markwatch.crawl.PageAnalyser#unpack} accepts it.
     *
     * @throws IllegalStateException if it is not stored
     */
    public byte[] packedContent(long page) {
        try {
            byte[] packed = jdbc.queryForObject("select seen from page_text where page_id = ?", byte[].class, page);
            return Objects.requireNonNull(packed, "column page_text.seen is not null");
        } catch (EmptyResultDataAccessException e) {
            throw new IllegalStateException(
                    "table page_text has no content of page " + page + "; it was deleted during the run", e);
        }
    }

    /**
     * Returns the stored links of pages.
     *
     * @param pages ids of pages
     * @return canonical URLs by page; pages without history are missing
     */
    Map<Long, List<String>> links(Collection<Long> pages) {
        Map<Long, List<String>> links = new HashMap<>();
        if (!pages.isEmpty()) {
            jdbc.query(
                    "select page_id, links from page_text where page_id = any (?)",
                    row -> {
                        links.put(row.getLong(1), row.getString(2).lines().toList());
                    },
                    (Object) pages.toArray(Long[]::new));
        }
        return links;
    }

    /** Deletes the histories of pages. */
    void delete(Collection<Long> pages) {
        if (!pages.isEmpty()) {
            jdbc.update("delete from page_text where page_id = any (?)", (Object) pages.toArray(Long[]::new));
        }
    }

    /** Saves updates: inserts or replaces those with content, and updates the others where they differ. */
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
                    insert into page_text (page_id, etag, last_modified, content_type, text_sha256, seen_sha256, read_by, rules,
                        run_id, shell, links, refers_to, seen)
                    select p.id, v.etag, v.last_modified, v.content_type, v.text_sha256, v.seen_sha256, v.read_by, v.rules,
                        v.run_id, v.shell, v.links, v.refers_to, v.seen
                    from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[], ?::uuid[], ?::uuid[],
                        ?::int8[], ?::bool[], ?::text[], ?::text[], ?::bytea[])
                    as v(url_hash, etag, last_modified, content_type, text_sha256, seen_sha256, read_by, rules, run_id, shell,
                        links, refers_to, seen)
                    join page p using (url_hash)
                    on conflict (page_id) do update set etag = excluded.etag, last_modified = excluded.last_modified,
                        content_type = excluded.content_type, text_sha256 = excluded.text_sha256,
                        seen_sha256 = excluded.seen_sha256, read_by = excluded.read_by, rules = excluded.rules,
                        run_id = excluded.run_id, links = excluded.links, refers_to = excluded.refers_to, seen = excluded.seen,
                        shell = excluded.shell""");
            ColumnArrays columns = new ColumnArrays(connection, pages.size());
            setCommonParameters(insert, columns, pages);
            insert.setArray(
                    13,
                    columns.ofBytes(
                            i -> Objects.requireNonNull(pages.get(i).packedContent(), "filtered by the caller")));
            return insert;
        });
    }

    private void update(List<PageHistoryUpdate> pages) {
        if (pages.isEmpty()) {
            return;
        }
        jdbc.update(connection -> {
            PreparedStatement update = connection.prepareStatement("""
                    update page_text k set etag = v.etag, last_modified = v.last_modified, content_type = v.content_type,
                        text_sha256 = v.text_sha256, read_by = v.read_by, rules = v.rules, run_id = v.run_id, shell = v.shell,
                        links = coalesce(v.links, k.links), refers_to = coalesce(v.refers_to, k.refers_to)
                    from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[], ?::uuid[], ?::uuid[],
                        ?::int8[], ?::bool[], ?::text[], ?::text[])
                    as v(url_hash, etag, last_modified, content_type, text_sha256, seen_sha256, read_by, rules, run_id, shell,
                        links, refers_to)
                    join page p using (url_hash)
                    where k.page_id = p.id
                        and ((k.etag, k.last_modified, k.content_type, k.text_sha256, k.read_by, k.rules, k.run_id, k.shell)
                            is distinct from (v.etag, v.last_modified, v.content_type, v.text_sha256, v.read_by, v.rules,
                                v.run_id, v.shell)
                        or k.links <> v.links)""");
            setCommonParameters(update, new ColumnArrays(connection, pages.size()), pages);
            return update;
        });
    }

    private void setCommonParameters(PreparedStatement statement, ColumnArrays columns, List<PageHistoryUpdate> pages)
            throws SQLException {
        List<PageHistory> histories =
                pages.stream().map(PageHistoryUpdate::history).toList();
        statement.setArray(
                1,
                columns.of("uuid", i -> UrlHash.of(histories.get(i).finalUrl().toString())));
        statement.setArray(
                2, columns.of("text", i -> histories.get(i).validators().etag()));
        statement.setArray(
                3, columns.of("text", i -> histories.get(i).validators().lastModified()));
        statement.setArray(4, columns.of("text", i -> histories.get(i).contentType()));
        statement.setArray(5, columns.of("text", i -> histories.get(i).textSha256()));
        statement.setArray(6, columns.ofBytes(i -> HEX.parseHex(histories.get(i).contentSha256())));
        statement.setArray(7, columns.of("uuid", i -> histories.get(i).extractorVersion()));
        statement.setArray(8, columns.of("uuid", i -> histories.get(i).rules()));
        statement.setArray(9, columns.of("int8", i -> {
            Long run = histories.get(i).run();
            return run == null ? (Long) runId : run;
        }));
        statement.setArray(10, columns.of("bool", i -> histories.get(i).shell()));
        statement.setArray(11, columns.of("text", i -> pages.get(i).links()));
        statement.setArray(12, columns.of("text", i -> pages.get(i).refersTo()));
    }
}
