package org.markwatch.score;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.markwatch.match.Match;
import org.markwatch.url.HttpUrl;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stores findings and their matches (tables {@code finding}, {@code page_match}, {@code page_trait}). Thread-safe.
 *
 * <p>Writes are part of the transaction of the calling thread. Reads of whole runs use a cursor on a connection of
 * their own, so that memory use does not depend on the size of the run and the caller may commit in the meantime.
 */
public final class FindingStore {
    private static final int FETCH_ROWS = 500;
    private static final TypeReference<List<Finding.BrandUse>> BRAND_USES = new TypeReference<>() {};
    private static final TypeReference<List<Reason>> REASONS = new TypeReference<>() {};

    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private final JsonMapper json = JsonMapper.builder().build();

    public FindingStore(DataSource dataSource) {
        this.dataSource = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /**
     * A match as stored.
     *
     * @param url     final URL of the page
     * @param id      {@code rule@version}
     * @param kind    label of the kind
     * @param field   name of the field of the page
     * @param start   offset in the field's text, in characters
     * @param end     offset after the last character
     * @param matched the characters as on the page
     */
    public record StoredMatch(String url, String id, String kind, String field, int start, int end, String matched) {}

    /**
     * Stores the findings of a run that have a match; the last one of a page wins. Joins the transaction of the caller.
     */
    public void save(long runId, List<Finding> findings) {
        Map<String, Finding> byUrl = new LinkedHashMap<>();
        for (Finding finding : findings) {
            if (!finding.matches().isEmpty()) {
                byUrl.put(finding.url().toString(), finding);
            }
        }
        if (byUrl.isEmpty()) {
            return;
        }
        jdbc.execute((ConnectionCallback<Integer>) connection -> {
            insertFindings(connection, runId, byUrl);
            insertTraits(connection, runId, byUrl);
            return insertMatches(connection, runId, byUrl);
        });
    }

    /**
     * Copies the findings of earlier runs to a run, for pages whose text and rules have not changed. A page that
     * already has a finding in the run keeps it; a page without a finding in the earlier run gets none. Joins the
     * transaction of the caller.
     *
     * @param pages the run whose finding is copied, by final URL of the page
     */
    public void carry(long runId, Map<HttpUrl, Long> pages) {
        if (pages.isEmpty()) {
            return;
        }
        jdbc.execute((ConnectionCallback<Integer>) connection -> {
            try (PreparedStatement copy = connection.prepareStatement("""
                    with page as (select * from unnest(?::bytea[], ?::int8[]) as p (url_sha256, run_id)),
                    carried as (
                        insert into finding (run_id, url_sha256, score, flagged, url, title, language, severity, lane, suppressed,
                                             brand_uses, reasons, ruleset_sha256, evidence_sha256, dropped, judged_run)
                        select ?, f.url_sha256, f.score, f.flagged, f.url, f.title, f.language, f.severity, f.lane, f.suppressed,
                               f.brand_uses, f.reasons, f.ruleset_sha256, f.evidence_sha256, f.dropped,
                               coalesce(f.judged_run, f.run_id)
                        from finding f join page using (run_id, url_sha256)
                        on conflict (run_id, url_sha256) do nothing
                        returning url_sha256),
                    traits as (
                        insert into page_trait (run_id, url_sha256, trait)
                        select ?, t.url_sha256, t.trait
                        from page_trait t join page using (run_id, url_sha256) join carried using (url_sha256))
                    insert into page_match (run_id, url_sha256, ordinal, rule, kind, brand, weight, field, start_at, end_at, matched)
                    select ?, m.url_sha256, m.ordinal, m.rule, m.kind, m.brand, m.weight, m.field, m.start_at, m.end_at, m.matched
                    from page_match m join page using (run_id, url_sha256) join carried using (url_sha256)
                    """)) {
                copy.setArray(1, keys(connection, pages.keySet()));
                copy.setArray(2, connection.createArrayOf("int8", pages.values().toArray(Long[]::new)));
                copy.setLong(3, runId);
                copy.setLong(4, runId);
                copy.setLong(5, runId);
                return copy.executeUpdate();
            }
        });
    }

    private void insertFindings(Connection connection, long runId, Map<String, Finding> byUrl) throws SQLException {
        int n = byUrl.size();
        FindingColumns columns = new FindingColumns(n);
        Integer[] scores = new Integer[n];
        Boolean[] flagged = new Boolean[n];
        byte[][] keys = new byte[n][];
        int i = 0;
        for (Map.Entry<String, Finding> entry : byUrl.entrySet()) {
            Finding finding = entry.getValue();
            keys[i] = key(entry.getKey());
            scores[i] = finding.score();
            flagged[i] = finding.flagged();
            columns.row(
                    i++,
                    entry.getKey(),
                    finding.title(),
                    finding.language(),
                    finding.severity(),
                    finding.lane(),
                    finding.suppressed(),
                    json.writeValueAsString(finding.brandUses()),
                    json.writeValueAsString(finding.reasons().stream()
                            .map(FindingStore::storable)
                            .toList()),
                    finding.rulesetSha256(),
                    finding.evidenceSha256());
        }
        // matches of an earlier finding of the page go with it
        try (PreparedStatement delete =
                connection.prepareStatement("delete from finding where run_id = ? and url_sha256 = any(?)")) {
            delete.setLong(1, runId);
            delete.setArray(2, connection.createArrayOf("bytea", keys));
            delete.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into finding (run_id, url_sha256, score, flagged, url, title, language, severity, lane, suppressed,
                                     brand_uses, reasons, ruleset_sha256, evidence_sha256)
                select ?, f.key, f.score, f.flagged, f.url, f.title, f.language, f.severity, f.lane, f.suppressed,
                       f.uses::jsonb, f.reasons::jsonb, f.ruleset, f.evidence
                from unnest(?::bytea[], ?::int[], ?::boolean[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                            ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                     as f (key, score, flagged, url, title, language, severity, lane, suppressed, uses, reasons, ruleset,
                           evidence)
                """)) {
            insert.setLong(1, runId);
            insert.setArray(2, connection.createArrayOf("bytea", keys));
            insert.setArray(3, connection.createArrayOf("int4", scores));
            insert.setArray(4, connection.createArrayOf("bool", flagged));
            columns.bind(connection, insert, 5);
            insert.executeUpdate();
        }
    }

    /** Traits, which flagged pages have, and the count of dropped matches, which hardly any page has. */
    private static void insertTraits(Connection connection, long runId, Map<String, Finding> byUrl)
            throws SQLException {
        List<byte[]> keys = new ArrayList<>();
        List<String> traits = new ArrayList<>();
        for (Map.Entry<String, Finding> entry : byUrl.entrySet()) {
            Finding finding = entry.getValue();
            for (String trait : finding.traits()) {
                keys.add(key(entry.getKey()));
                traits.add(storable(trait));
            }
            if (finding.dropped() > 0) {
                try (PreparedStatement update = connection.prepareStatement(
                        "update finding set dropped = ? where run_id = ? and url_sha256 = ?")) {
                    update.setInt(1, finding.dropped());
                    update.setLong(2, runId);
                    update.setBytes(3, key(entry.getKey()));
                    update.executeUpdate();
                }
            }
        }
        if (traits.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into page_trait (run_id, url_sha256, trait)
                select distinct ?, t.key, t.trait from unnest(?::bytea[], ?::text[]) as t (key, trait)
                """)) {
            insert.setLong(1, runId);
            insert.setArray(2, connection.createArrayOf("bytea", keys.toArray(byte[][]::new)));
            insert.setArray(3, connection.createArrayOf("text", traits.toArray(String[]::new)));
            insert.executeUpdate();
        }
    }

    private static int insertMatches(Connection connection, long runId, Map<String, Finding> byUrl)
            throws SQLException {
        int n = byUrl.values().stream()
                .mapToInt(finding -> finding.matches().size())
                .sum();
        FindingColumns columns = new FindingColumns(n);
        byte[][] keys = new byte[n][];
        Integer[] ordinals = new Integer[n];
        Integer[] weights = new Integer[n];
        Integer[] starts = new Integer[n];
        Integer[] ends = new Integer[n];
        int row = 0;
        for (Map.Entry<String, Finding> entry : byUrl.entrySet()) {
            byte[] key = key(entry.getKey());
            int ordinal = 0;
            for (Match match : entry.getValue().matches()) {
                keys[row] = key;
                ordinals[row] = ordinal++;
                weights[row] = match.weight();
                starts[row] = match.start();
                ends[row] = match.end();
                columns.row(
                        row++,
                        match.rule(),
                        match.kind().label(),
                        match.brand() == null ? "" : match.brand(),
                        match.field().name(),
                        match.text());
            }
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into page_match (run_id, url_sha256, ordinal, weight, start_at, end_at, rule, kind, brand, field, matched)
                select ?, m.key, m.ordinal, m.weight, m.start_at, m.end_at, m.rule, m.kind, nullif(m.brand, ''), m.field, m.matched
                from unnest(?::bytea[], ?::int[], ?::int[], ?::int[], ?::int[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                     as m (key, ordinal, weight, start_at, end_at, rule, kind, brand, field, matched)
                """)) {
            insert.setLong(1, runId);
            insert.setArray(2, connection.createArrayOf("bytea", keys));
            insert.setArray(3, connection.createArrayOf("int4", ordinals));
            insert.setArray(4, connection.createArrayOf("int4", weights));
            insert.setArray(5, connection.createArrayOf("int4", starts));
            insert.setArray(6, connection.createArrayOf("int4", ends));
            columns.bind(connection, insert, 7);
            return insert.executeUpdate();
        }
    }

    /** Text columns of many rows, as arrays for {@code unnest}. */
    private static final class FindingColumns {
        private final int rows;
        private final List<String[]> columns = new ArrayList<>();

        private FindingColumns(int rows) {
            this.rows = rows;
        }

        private void row(int row, String... values) {
            for (int c = 0; c < values.length; c++) {
                if (c == columns.size()) {
                    String[] column = new String[rows];
                    Arrays.fill(column, "");
                    columns.add(column);
                }
                columns.get(c)[row] = storable(values[c]);
            }
        }

        private void bind(Connection connection, PreparedStatement statement, int first) throws SQLException {
            for (int c = 0; c < columns.size(); c++) {
                statement.setArray(first + c, connection.createArrayOf("text", columns.get(c)));
            }
        }
    }

    /** Replaces U+0000, which PostgreSQL cannot store, by U+FFFD. */
    private static String storable(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }

    private static Reason storable(Reason reason) {
        if (reason.snippet().indexOf('\0') < 0) {
            return reason;
        }
        return new Reason(
                reason.rule(),
                reason.group(),
                reason.field(),
                reason.start(),
                reason.end(),
                reason.weight(),
                reason.points(),
                reason.capped(),
                reason.without(),
                storable(reason.snippet()),
                reason.snippetStart(),
                reason.snippetEnd(),
                reason.count(),
                reason.signs());
    }

    private static byte[] key(String url) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(url.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256 (MessageDigest, required algorithms)", e);
        }
    }

    /**
     * Passes the findings of a run to a consumer, in the order of the hash of their URL. {@link Finding#matches} and
     * {@link Finding#traits} are empty; see {@link #forEachMatch}.
     *
     * @param flaggedOnly whether to leave out findings that are not flagged
     */
    public void forEachFinding(long runId, boolean flaggedOnly, Consumer<Finding> reader) {
        String all = """
                select url, title, language, score, severity, lane, flagged, suppressed, brand_uses, reasons, ruleset_sha256,
                       evidence_sha256, dropped
                from finding where run_id = ?""";
        String sql = all + (flaggedOnly ? " and flagged" : "") + " order by url_sha256";
        read(sql, runId, row -> reader.accept(finding(row)));
    }

    /** Passes every match of a run to a consumer, page by page, in the order in which they were saved. */
    public void forEachMatch(long runId, Consumer<StoredMatch> reader) {
        read(
                """
                select f.url, m.rule, m.kind, m.field, m.start_at, m.end_at, m.matched
                from page_match m join finding f using (run_id, url_sha256)
                where m.run_id = ? order by m.url_sha256, m.ordinal
                """,
                runId,
                row -> reader.accept(new StoredMatch(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getInt(5),
                        row.getInt(6),
                        row.getString(7))));
    }

    /**
     * The stored score of a page.
     *
     * @param flagged whether the page was to be queued
     * @param score   points, 0 or more
     * @param reasons reasons for the points
     */
    public record Stored(boolean flagged, int score, List<Reason> reasons) {
        /** The score of a page without any match. */
        public static final Stored NOTHING = new Stored(false, 0, List.of());

        public Stored {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * Returns the stored scores of pages, by final URL. Pages without a finding are not in the result.
     *
     * @param pages the run to read, by final URL of the page
     */
    public Map<HttpUrl, Stored> stored(Map<HttpUrl, Long> pages) {
        Map<HttpUrl, Stored> stored = new HashMap<>();
        jdbc.query(
                connection -> {
                    PreparedStatement select = connection.prepareStatement("""
                            select f.url, f.flagged, f.score, f.reasons from finding f
                            join unnest(?::bytea[], ?::int8[]) as p (url_sha256, run_id) using (run_id, url_sha256)""");
                    select.setArray(1, keys(connection, pages.keySet()));
                    select.setArray(
                            2, connection.createArrayOf("int8", pages.values().toArray(Long[]::new)));
                    return select;
                },
                row -> {
                    stored.put(
                            HttpUrl.of(row.getString(1)),
                            new Stored(row.getBoolean(2), row.getInt(3), json.readValue(row.getString(4), REASONS)));
                });
        return stored;
    }

    private static Array keys(Connection connection, Set<HttpUrl> pages) throws SQLException {
        return connection.createArrayOf(
                "bytea", pages.stream().map(page -> key(page.toString())).toArray(byte[][]::new));
    }

    /**
     * The matches of an indicator in a run.
     *
     * @param id      {@code id@version}
     * @param weight  points before caps; 0 for background indicators
     * @param pages   number of pages with a match
     * @param matches number of matches
     */
    public record IndicatorHits(String id, int weight, long pages, long matches) {}

    /** Returns the counts of every indicator with a match in a run, by id. */
    public List<IndicatorHits> indicatorHits(long runId) {
        return jdbc.query(
                """
                select rule, min(weight) as weight, count(distinct url_sha256) as pages, count(*) as matches
                from page_match where run_id = ? and kind = ? group by rule order by rule""",
                (row, number) -> new IndicatorHits(
                        row.getString("rule"), row.getInt("weight"), row.getLong("pages"), row.getLong("matches")),
                runId,
                Match.Kind.INDICATOR.label());
    }

    /**
     * The stored matches of a rule on a page.
     *
     * @param rule   {@code rule@version}
     * @param kind   label of the kind
     * @param brand  brand id, or empty
     * @param weight points before caps; 0 for background indicators
     * @param fields names of the fields that have a match
     * @param count  number of matches
     */
    public record FiredRule(String rule, String kind, String brand, int weight, List<String> fields, int count) {
        public FiredRule {
            fields = List.copyOf(fields);
        }
    }

    /**
     * The rules with a match on a page, whether they gave points or not.
     *
     * @param judgedRun run that scored the page; an earlier one if its finding was copied
     * @param dropped   number of matches above the limit for one page
     * @param rules     every rule with a stored match, by name
     */
    public record FiredRules(long judgedRun, int dropped, List<FiredRule> rules) {
        public FiredRules {
            rules = List.copyOf(rules);
        }
    }

    /** Returns the rules with a match on a page in a run; empty if there is no finding or it has been deleted. */
    public Optional<FiredRules> fired(long runId, HttpUrl page) {
        byte[] key = key(page.toString());
        List<FiredRule> rules = jdbc.query(
                """
                select rule, kind, coalesce(brand, '') as brand, weight, array_agg(distinct field order by field) as fields,
                       count(*) as n
                from page_match where run_id = ? and url_sha256 = ?
                group by rule, kind, brand, weight order by rule, kind, weight""",
                (row, number) -> new FiredRule(
                        row.getString("rule"),
                        row.getString("kind"),
                        row.getString("brand"),
                        row.getInt("weight"),
                        List.of((String[]) row.getArray("fields").getArray()),
                        row.getInt("n")),
                runId,
                key);
        return jdbc
                .query(
                        "select coalesce(judged_run, run_id), dropped from finding where run_id = ? and url_sha256 = ?",
                        (row, number) -> new FiredRules(row.getLong(1), row.getInt(2), rules),
                        runId,
                        key)
                .stream()
                .findFirst();
    }

    /** Returns the number of matches of a run. */
    public long countMatches(long runId) {
        Long count = jdbc.queryForObject("select count(*) from page_match where run_id = ?", Long.class, runId);
        return count == null ? 0 : count;
    }

    private Finding finding(ResultSet row) throws SQLException {
        return new Finding(
                HttpUrl.of(row.getString(1)),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getString(5),
                row.getString(6),
                row.getBoolean(7),
                row.getString(8),
                json.readValue(row.getString(9), BRAND_USES),
                json.readValue(row.getString(10), REASONS),
                List.of(),
                row.getString(11),
                row.getString(12),
                List.of(),
                row.getInt(13));
    }

    @FunctionalInterface
    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /**
     * Turns auto-commit off, because the driver uses a cursor only inside a transaction (pgjdbc, 'Getting results based
     * on a cursor').
     */
    private void read(String sql, long runId, RowReader reader) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setFetchSize(FETCH_ROWS);
                select.setLong(1, runId);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        reader.read(row);
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException e) {
            throw new UncategorizedSQLException("read findings of run " + runId, sql, e);
        }
    }
}
