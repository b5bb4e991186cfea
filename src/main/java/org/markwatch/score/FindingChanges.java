package org.markwatch.score;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.markwatch.url.HttpUrl;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads how the findings of a run differ from those of an earlier one, at a cost that depends on the difference only.
 * Thread-safe.
 */
public final class FindingChanges {
    private final FindingRows rows;
    private final JdbcTemplate jdbc;

    /** Reads from this database. */
    public FindingChanges(DataSource database) {
        this.rows = new FindingRows(database);
        this.jdbc = new JdbcTemplate(database);
    }

    /**
     * Passes the findings that hold in a run, and that it or a run after {@code since} made, to a consumer. {@link Finding#matches} is empty.
     */
    public void forEachNewFinding(long runId, long since, Consumer<Finding> reader) {
        rows.read(
                FindingRows.SELECT + "where " + FindingRows.HOLDS + " and from_run > ? order by id",
                row -> reader.accept(rows.finding(row)),
                runId,
                runId,
                since);
    }

    /** Returns the number of findings that {@link #forEachNewFinding} passes on. */
    public long countNewFindings(long runId, long since) {
        Long count = jdbc.queryForObject(
                "select count(*) from finding where " + FindingRows.HOLDS + " and from_run > ?",
                Long.class,
                runId,
                runId,
                since);
        return count == null ? 0 : count;
    }

    /**
     * A page that earlier rules flagged, and that the present rules do not flag by the same text.
     *
     * @param page       final URL of the page
     * @param suppressed why it is not flagged although it uses a brand, or empty
     */
    public record DroppedPage(HttpUrl page, String suppressed) {}

    /**
     * Passes the pages that runs after {@code since}, up to {@code runId}, have dropped to a consumer; a page may come
     * more than once. A page whose text changed or is gone is not among them.
     */
    public void forEachDropped(long runId, long since, Consumer<DroppedPage> reader) {
        rows.read(
                """
                select f.url, coalesce(s.suppressed, '') from finding f
                left join finding s on s.url_sha256 = f.url_sha256 and s.from_run <= ? and (s.to_run is null or s.to_run > ?)
                where f.to_run > ? and f.to_run <= ? and f.flagged and f.ended_by = 'rules' and (s.id is null or not s.flagged)
                order by f.id
                """,
                row -> reader.accept(new DroppedPage(HttpUrl.of(row.getString(1)), row.getString(2))),
                runId,
                runId,
                since,
                runId);
    }

    /**
     * Passes the pages that were flagged, and whose text runs after {@code since}, up to {@code runId}, have replaced by text
     * that is not flagged, to a consumer; a page may come more than once. A page that has no text any more is not among them.
     */
    public void forEachTurnedBenign(long runId, long since, Consumer<HttpUrl> reader) {
        rows.read("""
                select f.url from finding f
                left join finding s on s.url_sha256 = f.url_sha256 and s.from_run <= ? and (s.to_run is null or s.to_run > ?)
                where f.to_run > ? and f.to_run <= ? and f.flagged and f.ended_by = 'page' and (s.id is null or not s.flagged)
                order by f.id
                """, row -> reader.accept(HttpUrl.of(row.getString(1))), runId, runId, since, runId);
    }

    /** Returns how the number of held-back pages of each reason in a run differs from that in an earlier run. */
    public Map<HeldBack, Long> heldBack(long runId, long since) {
        Map<HeldBack, Long> change = new EnumMap<>(HeldBack.class);
        jdbc.query(
                """
                select held_back, sum(n) from (
                    select held_back, 1 as n from finding where from_run > ? and from_run <= ? and (to_run is null or to_run > ?)
                    union all
                    select held_back, -1 from finding where from_run <= ? and to_run > ? and to_run <= ?) change
                where held_back is not null group by held_back""",
                row -> {
                    change.put(HeldBack.valueOf(row.getString(1).toUpperCase(Locale.ROOT)), row.getLong(2));
                },
                since,
                runId,
                runId,
                since,
                since,
                runId);
        return change;
    }
}
