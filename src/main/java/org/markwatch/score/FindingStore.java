package org.markwatch.score;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.markwatch.match.Match;
import org.markwatch.url.HttpUrl;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stores findings and their matches (tables {@code finding}, {@code page_match}, {@code page_trait}). Thread-safe.
 *
 * <p>A finding holds over a range of runs: from the run that analysed the page until the page changes, loses its text, or
 * is analysed by other rules.
 *
 * <p>Writes are part of the transaction of the calling thread. Reads of whole runs use a cursor on a connection of
 * their own, so that memory use does not depend on the size of the run and the caller may commit in the meantime.
 */
public final class FindingStore {
    private final FindingRows rows;
    private final JdbcTemplate jdbc;
    private final JsonMapper json = JsonMapper.builder().build();

    public FindingStore(DataSource dataSource) {
        this.rows = new FindingRows(dataSource);
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
     * Stores what a run found on pages; the last finding of a page wins. It holds in this and later runs, until another
     * one replaces it or {@link #end} ends it. A finding without a match is not stored, it only ends the earlier one.
     * Joins the transaction of the caller.
     */
    public void save(long runId, List<Finding> findings) {
        save(runId, findings, FindingWriter.BY_PAGE);
    }

    /**
     * Stores what other rules found in the same text, as {@link #save(long, List)} does. {@link
     * FindingChanges#forEachDropped} tells which pages they flag no more.
     */
    public void saveJudgedAgain(long runId, List<Finding> findings) {
        save(runId, findings, FindingWriter.BY_RULES);
    }

    private void save(long runId, List<Finding> findings, String endedBy) {
        Map<String, Finding> byUrl = new LinkedHashMap<>();
        findings.forEach(finding -> byUrl.put(finding.url().toString(), finding));
        if (byUrl.isEmpty()) {
            return;
        }
        jdbc.execute((ConnectionCallback<Integer>) connection -> {
            FindingWriter writer = new FindingWriter(connection, runId, json);
            int ended = writer.end(List.copyOf(byUrl.keySet()), endedBy);
            List<Finding> matched = byUrl.values().stream()
                    .filter(finding -> !finding.matches().isEmpty())
                    .toList();
            if (!matched.isEmpty()) {
                writer.insert(matched);
            }
            return ended;
        });
    }

    /** Ends the findings of pages that have no text any more. Joins the transaction of the caller. */
    public void end(long runId, List<HttpUrl> pages) {
        if (!pages.isEmpty()) {
            jdbc.execute((ConnectionCallback<Integer>) connection -> new FindingWriter(connection, runId, json)
                    .end(pages.stream().map(HttpUrl::toString).toList(), FindingWriter.BY_LOSS));
        }
    }

    /**
     * Passes the findings that hold in a run to a consumer, in the order of the hash of their URL. {@link Finding#matches} is empty; see {@link #forEachMatch}.
     *
     * @param flaggedOnly whether to leave out findings that are not flagged
     */
    public void forEachFinding(long runId, boolean flaggedOnly, Consumer<Finding> reader) {
        rows.read(
                FindingRows.SELECT + "where " + FindingRows.HOLDS + (flaggedOnly ? " and flagged" : "")
                        + " order by url_sha256",
                row -> reader.accept(rows.finding(row)),
                runId,
                runId);
    }

    /** Passes the URLs of the pages that are held back in a run, and not suppressed, to a consumer. */
    public void forEachHeldBackUrl(long runId, Consumer<HttpUrl> reader) {
        rows.read(
                "select url from finding where " + FindingRows.HOLDS + " and held_back in ('points', 'mention')",
                row -> reader.accept(HttpUrl.of(row.getString(1))),
                runId,
                runId);
    }

    /**
     * Returns the findings of the pages that are held back now, and not suppressed, most points before contexts first.
     * Matches are empty.
     *
     * @param client reads them, within its time-out
     * @param limit  maximum number, at least 1
     */
    public List<Finding> mostHeldBack(JdbcClient client, int limit) {
        return client.sql(FindingRows.SELECT + "where to_run is null and held_back in ('points', 'mention')"
                        + " order by held_points desc, url_sha256 limit ?")
                .param(limit)
                .query((row, number) -> rows.finding(row))
                .list();
    }

    /** Returns the findings of pages that hold in a run. Matches are empty. */
    public List<Finding> findings(long runId, Collection<HttpUrl> pages) {
        return jdbc.query(
                connection -> {
                    PreparedStatement select = connection.prepareStatement(
                            FindingRows.SELECT + "where " + FindingRows.HOLDS + " and url_sha256 = any (?)");
                    select.setLong(1, runId);
                    select.setLong(2, runId);
                    select.setArray(3, keys(connection, pages));
                    return select;
                },
                (row, number) -> rows.finding(row));
    }

    /** Passes every match of a run to a consumer, page by page, in the order in which they were saved. */
    public void forEachMatch(long runId, Consumer<StoredMatch> reader) {
        rows.read(
                """
                select f.url, m.rule, m.kind, m.field, m.start_at, m.end_at, m.matched
                from page_match m join finding f on f.id = m.finding_id
                where %s order by f.url_sha256, m.ordinal
                """.formatted(FindingRows.HOLDS),
                row -> reader.accept(new StoredMatch(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getInt(5),
                        row.getInt(6),
                        row.getString(7))),
                runId,
                runId);
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
     * Returns the current scores of pages, by final URL. Pages without a finding are not in the result.
     *
     * @param pages final URLs
     */
    public Map<HttpUrl, Stored> stored(Collection<HttpUrl> pages) {
        Map<HttpUrl, Stored> stored = new HashMap<>();
        jdbc.query(
                connection -> {
                    PreparedStatement select = connection.prepareStatement("""
                            select url, flagged, score, reasons from finding
                            where url_sha256 = any (?) and to_run is null""");
                    select.setArray(1, keys(connection, pages));
                    return select;
                },
                row -> {
                    stored.put(
                            HttpUrl.of(row.getString(1)),
                            new Stored(row.getBoolean(2), row.getInt(3), rows.reasons(row.getString(4))));
                });
        return stored;
    }

    private static Array keys(Connection connection, Collection<HttpUrl> pages) throws SQLException {
        return connection.createArrayOf(
                "bytea",
                pages.stream().map(page -> FindingWriter.key(page.toString())).toArray(byte[][]::new));
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

    /**
     * Returns the counts of every indicator with a match in a run, by id.
     *
     * @param hidden findings that do not count
     */
    public List<IndicatorHits> indicatorHits(long runId, HiddenFindings hidden) {
        return jdbc.query(
                """
                select m.rule, min(m.weight) as weight, count(distinct m.finding_id) as pages, count(*) as matches
                from page_match m join finding f on f.id = m.finding_id
                where %s and %s and m.kind = ? group by m.rule order by m.rule""".formatted(FindingRows.HOLDS, HiddenFindings.VISIBLE),
                (row, number) -> new IndicatorHits(
                        row.getString("rule"), row.getInt("weight"), row.getLong("pages"), row.getLong("matches")),
                runId,
                runId,
                hidden.lanesParameter(),
                hidden.pagesParameter(),
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
     * @param judgedRun run that scored the page; an earlier one if its finding still holds
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
        byte[] key = FindingWriter.key(page.toString());
        List<FiredRule> rules = jdbc.query(
                """
                select rule, kind, coalesce(brand, '') as brand, weight, array_agg(distinct field order by field) as fields,
                       count(*) as n
                from page_match where finding_id = (select id from finding where %s and url_sha256 = ?)
                group by rule, kind, brand, weight order by rule, kind, weight""".formatted(FindingRows.HOLDS),
                (row, number) -> new FiredRule(
                        row.getString("rule"),
                        row.getString("kind"),
                        row.getString("brand"),
                        row.getInt("weight"),
                        List.of((String[]) row.getArray("fields").getArray()),
                        row.getInt("n")),
                runId,
                runId,
                key);
        return jdbc
                .query(
                        "select from_run, dropped from finding where " + FindingRows.HOLDS + " and url_sha256 = ?",
                        (row, number) -> new FiredRules(row.getLong(1), row.getInt(2), rules),
                        runId,
                        runId,
                        key)
                .stream()
                .findFirst();
    }

    /** Returns the URLs of the pages that are flagged in a run. */
    public List<String> flaggedUrls(long runId) {
        return jdbc.query(
                "select url from finding where flagged and " + FindingRows.HOLDS + " order by id",
                (row, number) -> row.getString(1),
                runId,
                runId);
    }

    /**
     * Numbers of the findings that hold in a run.
     *
     * @param flagged    number of flagged pages
     * @param suppressed number of pages that are not flagged despite their brand uses
     * @param matches    number of matches on all pages
     */
    public record Totals(long flagged, long suppressed, long matches) {}

    /** Returns the numbers of a run. */
    public Totals totals(long runId) {
        return totals(FindingRows.HOLDS, runId, runId, runId, runId);
    }

    /** Returns the numbers of a run without hidden findings. Reads all findings, not an index. */
    public Totals totals(long runId, HiddenFindings hidden) {
        String[] lanes = hidden.lanesParameter();
        String[] pages = hidden.pagesParameter();
        String condition = FindingRows.HOLDS + " and " + HiddenFindings.VISIBLE;
        return totals(condition, runId, runId, lanes, pages, runId, runId, lanes, pages);
    }

    /** @param values parameters of the condition, twice */
    private Totals totals(String condition, Object... values) {
        return jdbc.queryForObject(
                "select count(*) filter (where flagged), coalesce(sum(matches), 0),"
                        + " (select count(*) from finding where suppressed <> '' and " + condition + ")"
                        + " from finding where " + condition,
                (row, number) -> new Totals(row.getLong(1), row.getLong(3), row.getLong(2)),
                values);
    }
}
