package org.markwatch.queue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps what reviewers have entered on items and clusters that they have not decided yet (tables {@code draft} and {@code
 * cluster_draft}), one draft for each reviewer and item or cluster. A decision of the reviewer deletes the draft; nothing else
 * that happens to the item does, until {@link #KEPT} has passed. Thread-safe.
 */
public final class Drafts {
    /** How long a draft is kept after its last change. */
    public static final Duration KEPT = Duration.ofDays(30);

    private static final TypeReference<TreeMap<String, String>> FIELDS = new TypeReference<>() {};
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;
    private final Clock clock;

    public Drafts(DataSource dataSource, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.clock = clock;
    }

    /**
     * A draft.
     *
     * @param fields         entries of the form by field, never null; empty if nothing was entered yet
     * @param evidenceSha256 {@link Item#evidenceSha256} that the reviewer saw
     * @param evidence       the evidence that the reviewer saw
     * @param savedAt        last change
     */
    public record Draft(Map<String, String> fields, String evidenceSha256, ItemEvidence evidence, Instant savedAt) {
        public Draft {
            fields = Map.copyOf(fields);
        }
    }

    /** Returns the draft of a reviewer on an item. */
    public Optional<Draft> find(long itemId, String reviewer) {
        return jdbc.sql(
                        "select fields, evidence_sha256, evidence, saved_at from draft where item_id = ? and reviewer = ?")
                .params(itemId, reviewer)
                .query((row, number) -> new Draft(
                        JSON.readValue(row.getString("fields"), FIELDS),
                        row.getString("evidence_sha256"),
                        ItemRows.evidence(row.getString("evidence")),
                        Times.instant(row, "saved_at")))
                .optional();
    }

    /** Records the evidence that a reviewer sees of an item, unless the reviewer has a draft already. */
    public void open(long itemId, String reviewer) {
        jdbc.sql("""
                        insert into draft (item_id, reviewer, fields, evidence_sha256, evidence, saved_at)
                        select id, :reviewer, '{}', evidence_sha256, evidence, :now from item where id = :item
                        on conflict (item_id, reviewer) do nothing
                        """)
                .param("item", itemId)
                .param("reviewer", reviewer)
                .param("now", now())
                .update();
    }

    /**
     * Saves the entries of a reviewer on an item. Has no effect if there is no such item.
     *
     * @param fields         entries of the form by field
     * @param evidenceSha256 {@link Item#evidenceSha256} of the page with the form; if it is the current one, the draft
     *                       records the current evidence as seen
     */
    public void save(long itemId, String reviewer, Map<String, String> fields, String evidenceSha256) {
        jdbc.sql("""
                        insert into draft as d (item_id, reviewer, fields, evidence_sha256, evidence, saved_at)
                        select id, :reviewer, cast(:fields as jsonb), evidence_sha256, evidence, :now
                          from item where id = :item
                        on conflict (item_id, reviewer) do update
                           set fields = excluded.fields, saved_at = excluded.saved_at,
                               evidence = case when excluded.evidence_sha256 = :seen then excluded.evidence
                                               else d.evidence end,
                               evidence_sha256 = case when excluded.evidence_sha256 = :seen then excluded.evidence_sha256
                                                      else d.evidence_sha256 end
                        """)
                .param("item", itemId)
                .param("reviewer", reviewer)
                .param("fields", json(fields))
                .param("seen", StoredText.of(evidenceSha256))
                .param("now", now())
                .update();
    }

    /**
     * What a reviewer has entered on a cluster.
     *
     * @param fields  entries of the form by field
     * @param savedAt last change
     */
    public record ClusterDraft(Map<String, String> fields, Instant savedAt) {
        public ClusterDraft {
            fields = Map.copyOf(fields);
        }
    }

    /** Returns the draft of a reviewer on a cluster. */
    public Optional<ClusterDraft> findOfCluster(long clusterId, String reviewer) {
        return jdbc.sql("select fields, saved_at from cluster_draft where cluster_id = ? and reviewer = ?")
                .params(clusterId, reviewer)
                .query((row, number) -> new ClusterDraft(
                        JSON.readValue(row.getString("fields"), FIELDS), Times.instant(row, "saved_at")))
                .optional();
    }

    /** Saves the entries of a reviewer on a cluster. Has no effect if there is no such cluster. */
    public void saveOfCluster(long clusterId, String reviewer, Map<String, String> fields) {
        jdbc.sql("""
                        insert into cluster_draft (cluster_id, reviewer, fields, saved_at)
                        select id, :reviewer, cast(:fields as jsonb), :now from cluster where id = :cluster
                        on conflict (cluster_id, reviewer) do update set fields = excluded.fields, saved_at = excluded.saved_at
                        """)
                .param("cluster", clusterId)
                .param("reviewer", reviewer)
                .param("fields", json(fields))
                .param("now", now())
                .update();
    }

    private static String json(Map<String, String> fields) {
        Map<String, String> stored = new TreeMap<>();
        fields.forEach((field, value) -> stored.put(field, StoredText.of(value)));
        return JSON.writeValueAsString(stored);
    }

    private Object now() {
        return Times.utc(clock.instant().truncatedTo(ChronoUnit.MICROS));
    }
}
