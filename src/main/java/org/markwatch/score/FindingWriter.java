package org.markwatch.score;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.markwatch.match.Match;
import tools.jackson.databind.json.JsonMapper;

/** Writes the findings of one run on one connection, in the transaction of that connection. */
final class FindingWriter {
    /** Other rules have analysed the same text. */
    static final String BY_RULES = "rules";
    /** The text of the page changed. */
    static final String BY_PAGE = "page";
    /** The page has no text any more. */
    static final String BY_LOSS = "gone";

    private final Connection connection;
    private final long runId;
    private final JsonMapper json;

    FindingWriter(Connection connection, long runId, JsonMapper json) {
        this.connection = connection;
        this.runId = runId;
        this.json = json;
    }

    /**
     * Ends the findings of pages: they no longer hold in the run. One that the run itself made is deleted.
     *
     * @param by {@link #BY_RULES}, {@link #BY_PAGE} or {@link #BY_LOSS}
     */
    int end(List<String> urls, String by) throws SQLException {
        byte[][] keys = urls.stream().map(FindingWriter::key).toArray(byte[][]::new);
        try (PreparedStatement delete =
                connection.prepareStatement("delete from finding where url_sha256 = any (?) and from_run = ?")) {
            delete.setArray(1, connection.createArrayOf("bytea", keys));
            delete.setLong(2, runId);
            delete.executeUpdate();
        }
        try (PreparedStatement end = connection.prepareStatement("update finding set to_run = ?, ended_by = ?"
                + " where url_sha256 = any (?) and to_run is null and from_run < ?")) {
            end.setLong(1, runId);
            end.setString(2, by);
            end.setArray(3, connection.createArrayOf("bytea", keys));
            end.setLong(4, runId);
            return end.executeUpdate();
        }
    }

    /** Inserts findings, each of another page, whose earlier findings have ended. */
    void insert(List<Finding> findings) throws SQLException {
        List<Long> ids = insertFindings(findings);
        insertTraits(findings, ids);
        insertMatches(findings, ids);
    }

    /** Returns the ids of the new rows, in the order of the findings. */
    private List<Long> insertFindings(List<Finding> findings) throws SQLException {
        int n = findings.size();
        TextColumns columns = new TextColumns(n);
        Integer[] scores = new Integer[n];
        Boolean[] flagged = new Boolean[n];
        Integer[] dropped = new Integer[n];
        Integer[] matches = new Integer[n];
        Integer[] heldPoints = new Integer[n];
        String[] heldBack = new String[n];
        byte[][] keys = new byte[n][];
        for (int i = 0; i < n; i++) {
            Finding finding = findings.get(i);
            String url = finding.url().toString();
            keys[i] = key(url);
            scores[i] = finding.score();
            flagged[i] = finding.flagged();
            dropped[i] = finding.dropped();
            matches[i] = finding.matches().size();
            heldBack[i] = HeldBack.of(finding).map(HeldBack::label).orElse("");
            heldPoints[i] = HeldBack.points(finding);
            columns.row(
                    i,
                    url,
                    finding.title(),
                    finding.language(),
                    finding.severity(),
                    finding.lane(),
                    finding.suppressed(),
                    json.writeValueAsString(finding.brandUses()),
                    json.writeValueAsString(finding.reasons().stream()
                            .map(FindingWriter::storable)
                            .toList()),
                    finding.rulesetSha256(),
                    finding.evidenceSha256());
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                with new as (
                    insert into finding (from_run, url_sha256, score, flagged, dropped, matches, held_points, held_back, url, title,
                                         language, severity, lane, suppressed, brand_uses, reasons, ruleset_sha256,
                                         evidence_sha256)
                    select ?, f.key, f.score, f.flagged, f.dropped, f.matches,
                           case when f.held_back <> '' then f.held_points end, nullif(f.held_back, ''), f.url, f.title,
                           f.language, f.severity, f.lane, f.suppressed, f.uses::jsonb, f.reasons::jsonb, f.ruleset, f.evidence
                    from unnest(?::bytea[], ?::int[], ?::boolean[], ?::int[], ?::int[], ?::int[], ?::text[], ?::text[], ?::text[],
                                ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                         as f (key, score, flagged, dropped, matches, held_points, held_back, url, title, language, severity,
                               lane, suppressed, uses, reasons, ruleset, evidence)
                    returning id, url_sha256)
                select new.id from new join unnest(?::bytea[]) with ordinality as k (key, place) on k.key = new.url_sha256
                order by k.place
                """)) {
            insert.setLong(1, runId);
            insert.setArray(2, connection.createArrayOf("bytea", keys));
            insert.setArray(3, connection.createArrayOf("int4", scores));
            insert.setArray(4, connection.createArrayOf("bool", flagged));
            insert.setArray(5, connection.createArrayOf("int4", dropped));
            insert.setArray(6, connection.createArrayOf("int4", matches));
            insert.setArray(7, connection.createArrayOf("int4", heldPoints));
            insert.setArray(8, connection.createArrayOf("text", heldBack));
            int next = columns.bind(connection, insert, 9);
            insert.setArray(next, connection.createArrayOf("bytea", keys));
            List<Long> ids = new ArrayList<>(n);
            try (ResultSet row = insert.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getLong(1));
                }
            }
            return ids;
        }
    }

    /** Traits, which flagged pages have. */
    private void insertTraits(List<Finding> findings, List<Long> ids) throws SQLException {
        List<Long> keys = new ArrayList<>();
        List<String> traits = new ArrayList<>();
        for (int i = 0; i < findings.size(); i++) {
            for (String trait : findings.get(i).traits()) {
                keys.add(ids.get(i));
                traits.add(storable(trait));
            }
        }
        if (traits.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into page_trait (finding_id, trait)
                select distinct t.id, t.trait from unnest(?::int8[], ?::text[]) as t (id, trait)
                """)) {
            insert.setArray(1, connection.createArrayOf("int8", keys.toArray(Long[]::new)));
            insert.setArray(2, connection.createArrayOf("text", traits.toArray(String[]::new)));
            insert.executeUpdate();
        }
    }

    private void insertMatches(List<Finding> findings, List<Long> ids) throws SQLException {
        int n = findings.stream().mapToInt(finding -> finding.matches().size()).sum();
        TextColumns columns = new TextColumns(n);
        Long[] keys = new Long[n];
        Integer[] ordinals = new Integer[n];
        Integer[] weights = new Integer[n];
        Integer[] starts = new Integer[n];
        Integer[] ends = new Integer[n];
        int row = 0;
        for (int i = 0; i < findings.size(); i++) {
            int ordinal = 0;
            for (Match match : findings.get(i).matches()) {
                keys[row] = ids.get(i);
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
                insert into page_match (finding_id, ordinal, weight, start_at, end_at, rule, kind, brand, field, matched)
                select m.id, m.ordinal, m.weight, m.start_at, m.end_at, m.rule, m.kind, nullif(m.brand, ''), m.field, m.matched
                from unnest(?::int8[], ?::int[], ?::int[], ?::int[], ?::int[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                     as m (id, ordinal, weight, start_at, end_at, rule, kind, brand, field, matched)
                """)) {
            insert.setArray(1, connection.createArrayOf("int8", keys));
            insert.setArray(2, connection.createArrayOf("int4", ordinals));
            insert.setArray(3, connection.createArrayOf("int4", weights));
            insert.setArray(4, connection.createArrayOf("int4", starts));
            insert.setArray(5, connection.createArrayOf("int4", ends));
            columns.bind(connection, insert, 6);
            insert.executeUpdate();
        }
    }

    /** Text columns of many rows, as arrays for {@code unnest}. */
    private static final class TextColumns {
        private final int rows;
        private final List<String[]> columns = new ArrayList<>();

        private TextColumns(int rows) {
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

        /** Sets the parameters from {@code first} on; returns the number of the parameter after them. */
        private int bind(Connection connection, PreparedStatement statement, int first) throws SQLException {
            for (int c = 0; c < columns.size(); c++) {
                statement.setArray(first + c, connection.createArrayOf("text", columns.get(c)));
            }
            return first + columns.size();
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

    /** Returns the key of a page: the SHA-256 of its URL. */
    static byte[] key(String url) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(url.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256 (MessageDigest, required algorithms)", e);
        }
    }
}
