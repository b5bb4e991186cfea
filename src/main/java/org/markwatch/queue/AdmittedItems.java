package org.markwatch.queue;

import java.sql.Types;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.score.Finding;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores what a run found as items. Joins the transaction of the caller, which has locked the items. */
final class AdmittedItems {
    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;
    private final QueuePolicy policy;
    private final SecondReviews reviews;

    AdmittedItems(DataSource dataSource, QueuePolicy policy) {
        this.batches = new NamedParameterJdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(batches);
        this.policy = policy;
        this.reviews = new SecondReviews(jdbc, policy);
    }

    @SuppressWarnings("unchecked") // a generic array, as the template takes it
    void insert(List<Map<String, @Nullable Object>> items) {
        if (items.isEmpty()) {
            return;
        }
        batches.batchUpdate("""
                        insert into item (url, url_sha256, host, title, language, score, severity, precedence, lane, state,
                                          brands, evidence, ruleset_sha256, evidence_sha256, first_run, last_run,
                                          first_seen_at, last_seen_at, queued_at, sampled_at, template_id)
                        values (:url, :key, :host, :title, :language, :score, :severity, :precedence, :lane, 'new',
                                :brands, cast(:evidence as jsonb), :ruleset, :sha256, :run, :run, :now, :now, :now,
                                cast(:sampledAt as timestamptz), cast(:template as bigint))
                        """, items.toArray(Map[]::new));
    }

    /** Returns the values of a new item by the names of their parameters. */
    Map<String, @Nullable Object> newItem(
            long runId, String key, Finding finding, @Nullable Long template, Instant now) {
        Map<String, @Nullable Object> item = new HashMap<>(values(runId, finding, now));
        item.put("url", finding.url().toString());
        item.put("key", key);
        item.put("host", finding.url().host());
        item.put("sampledAt", finding.flagged() ? null : Times.utc(now));
        item.put("template", template);
        return item;
    }

    /**
     * An item that stays decided keeps the evidence of its decision; an open item gets the latest evidence. A closed
     * item that opens again waits since it was queued, so that a page cannot fall back in the queue by closing.
     */
    void update(long runId, ExistingItem item, Finding finding, @Nullable Long template, boolean opens, Instant now) {
        if (item.inReview() && opens) {
            // the decisions that wait are about other evidence; the first becomes the earlier decision of the item
            jdbc.sql("""
                            update item i set reviewed_by = '{}', decision_id = r.first_decision
                              from second_review r where i.id = ? and r.item_id = i.id and r.ended_at is null
                            """).param(item.id()).update();
            reviews.supersede(item.id(), now);
        }
        if (item.state() == ItemState.DECIDED && !opens) {
            jdbc.sql("update item set last_run = ?, last_seen_at = ?, benign_at = null where id = ?")
                    .params(runId, Times.utc(now), item.id())
                    .update();
            return;
        }
        jdbc.sql("""
                        update item
                           set url = :url, host = :host, purged_at = null, title = :title, language = :language,
                               score = :score, severity = :severity, precedence = :precedence,
                               lane = case when lane_kept then lane else :lane end, brands = :brands,
                               evidence = cast(:evidence as jsonb), ruleset_sha256 = :ruleset,
                               evidence_sha256 = :sha256, last_run = :run, last_seen_at = :now,
                               state = case when :opens then %s else state end,
                               queued_at = case when :opens and closed_at is null then :now else queued_at end,
                               sampled_at = coalesce(sampled_at, :sampledAt), closed_at = null, template_id = :template,
                               benign_at = case when :flagged then null else benign_at end
                         where id = :id
                        """.formatted(ReviewQueue.STATE_WHEN_OPENED))
                .params(values(runId, finding, now))
                .param("url", finding.url().toString())
                .param("host", finding.url().host())
                .param("opens", opens)
                .param("sampledAt", finding.flagged() ? null : Times.utc(now), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("template", template, Types.BIGINT)
                .param("flagged", finding.flagged())
                .param("id", item.id())
                .update();
    }

    private Map<String, Object> values(long runId, Finding finding, Instant now) {
        return Map.ofEntries(
                Map.entry("title", StoredText.of(finding.title())),
                Map.entry("language", StoredText.of(finding.language())),
                Map.entry("score", finding.score()),
                Map.entry("severity", finding.severity()),
                Map.entry("precedence", policy.severityRank(finding.severity())),
                Map.entry("lane", finding.flagged() ? finding.lane() : QueuePolicy.SAMPLE_LANE),
                Map.entry(
                        "brands",
                        finding.brandUses().stream()
                                .map(Finding.BrandUse::brand)
                                .distinct()
                                .toArray(String[]::new)),
                Map.entry("evidence", ItemRows.evidence(finding)),
                Map.entry("ruleset", finding.rulesetSha256()),
                Map.entry("sha256", finding.evidenceSha256()),
                Map.entry("run", runId),
                Map.entry("now", Times.utc(now)));
    }
}
