package org.markwatch.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.markwatch.score.Finding;
import org.markwatch.score.Reason;
import org.markwatch.url.HttpUrl;
import tools.jackson.databind.json.JsonMapper;

/** Maps items and decisions to database rows and back. */
final class ItemRows {
    /** The columns of {@code item i} that an {@link Item} has, and its latest {@code decision d}. */
    static final String SELECT = """
            select i.id, i.url, i.host, i.title, i.language, i.score, i.severity, i.precedence, i.lane, i.state, i.evidence,
                   i.ruleset_sha256, i.evidence_sha256, i.first_run, i.last_run, i.first_seen_at, i.last_seen_at,
                   i.queued_at, i.claimed_by, i.claimed_at, i.claimed_until, i.reviewed_by, i.dealt_to, i.benign_at, i.decision_id, d.item_id, d.verdict, d.severity as decided_severity, d.confidence, d.reason, d.note,
                   d.valid_until, d.duplicate_of, d.reviewer, d.decided_at, d.evidence_sha256 as decided_evidence
              from item i left join decision d on d.id = i.decision_id
            """;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ItemRows() {}

    /** @param now claims whose lease ended by then are ignored */
    static Item item(ResultSet row, Instant now) throws SQLException {
        ItemEvidence evidence = evidence(row.getString("evidence"));
        return new Item(
                row.getLong("id"),
                HttpUrl.of(row.getString("url")),
                row.getString("host"),
                row.getString("title"),
                row.getString("language"),
                row.getInt("score"),
                row.getString("severity"),
                row.getString("lane"),
                ItemState.of(row),
                evidence.brandUses(),
                evidence.reasons(),
                row.getString("ruleset_sha256"),
                row.getString("evidence_sha256"),
                row.getLong("first_run"),
                row.getLong("last_run"),
                Times.instant(row, "first_seen_at"),
                Times.instant(row, "last_seen_at"),
                Times.instant(row, "queued_at"),
                claim(row, now),
                texts(row, "reviewed_by"),
                row.getString("dealt_to"),
                Times.instantOrNull(row, "benign_at"),
                row.getString("verdict") == null ? null : decision(row));
    }

    /** Returns the elements of a column of type {@code text[]}. */
    static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static @Nullable Claim claim(ResultSet row, Instant now) throws SQLException {
        Instant until = Times.instantOrNull(row, "claimed_until");
        return until == null || !until.isAfter(now)
                ? null
                : new Claim(row.getString("claimed_by"), Times.instant(row, "claimed_at"), until);
    }

    /** Returns the decision in a row with the columns of {@link #SELECT}. */
    static Decision decision(ResultSet row) throws SQLException {
        return new Decision(
                row.getLong("decision_id"),
                row.getLong("item_id"),
                DecisionKind.of(row.getString("verdict")),
                row.getString("decided_severity"),
                Confidence.of(row.getString("confidence")),
                row.getString("reason"),
                row.getString("note"),
                row.getObject("valid_until", LocalDate.class),
                row.getObject("duplicate_of", Long.class),
                row.getString("reviewer"),
                Times.instant(row, "decided_at"),
                row.getString("decided_evidence"));
    }

    /** Returns the part of a finding that is stored as JSON in {@code item.evidence}. */
    static String evidence(Finding finding) {
        return JSON.writeValueAsString(new ItemEvidence(
                finding.brandUses().stream()
                        .map(use -> new Item.ItemBrandUse(use.brand(), label(use.kind())))
                        .toList(),
                finding.reasons().stream().map(ItemRows::reason).toList()));
    }

    /** Reads what {@link #evidence(Finding)} returned. */
    static ItemEvidence evidence(String json) {
        return JSON.readValue(json, ItemEvidence.class);
    }

    private static Item.ItemReason reason(Reason reason) {
        return new Item.ItemReason(
                reason.rule(),
                reason.group(),
                label(reason.field()),
                reason.start(),
                reason.end(),
                reason.weight(),
                reason.points(),
                reason.capped(),
                reason.without(),
                StoredText.of(reason.snippet()),
                reason.snippetStart(),
                reason.snippetEnd(),
                reason.count(),
                reason.signs().stream()
                        .map(sign -> new Item.ItemFeature(sign.feature(), sign.points(), sign.sentence()))
                        .toList());
    }

    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
