package org.markwatch.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Legal holds: what they cover is not purged. Placing and releasing one is part of the audit. Thread-safe. */
public final class LegalHolds {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Audit audit;
    private final Clock clock;

    public LegalHolds(DataSource database, Audit audit, Clock clock) {
        this.jdbc = JdbcClient.create(database);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A hold that has not been released.
     *
     * @param id       number of the hold
     * @param itemId   the item that it covers, with its page; null for a host
     * @param host     the host name that it covers, in lower case; null for an item
     * @param reason   why, as given
     * @param placedBy who placed it
     * @param placedAt when
     */
    public record Hold(
            long id, @Nullable Long itemId, @Nullable String host, String reason, String placedBy, Instant placedAt) {}

    /**
     * Places a hold on an item.
     *
     * @return the number of the hold
     * @throws IllegalArgumentException if there is no such item, its text has been purged, or the reason is empty
     */
    public long holdItem(long itemId, String actor, String reason) {
        return place(itemId, null, actor, reason);
    }

    /**
     * Places a hold on a host, with all its ports.
     *
     * @return the number of the hold
     * @throws IllegalArgumentException if the host or the reason is empty
     */
    public long holdHost(String host, String actor, String reason) {
        if (host.isBlank()) {
            throw new IllegalArgumentException("the host of a legal hold is empty; must be a host name");
        }
        return place(null, host.strip().toLowerCase(Locale.ROOT), actor, reason);
    }

    private long place(@Nullable Long itemId, @Nullable String host, String actor, String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("the reason of a legal hold is empty; must say why it is placed");
        }
        return transaction.execute(status -> {
            if (itemId != null
                    && jdbc.sql("select id from item where id = ? and purged_at is null for update")
                            .param(itemId)
                            .query(Long.class)
                            .optional()
                            .isEmpty()) {
                throw new IllegalArgumentException(
                        "item " + itemId + " does not exist or its text has been purged; see 'markwatch export items'");
            }
            long id = jdbc.sql("""
                            insert into legal_hold (item_id, host, reason, placed_by, placed_at)
                            values (:item, :host, :reason, :actor, :now) returning id""")
                    .param("item", itemId)
                    .param("host", host)
                    .param("reason", StoredText.of(reason))
                    .param("actor", actor)
                    .param("now", Times.utc(clock.instant().truncatedTo(ChronoUnit.MICROS)))
                    .query(Long.class)
                    .single();
            audit.append(
                    actor,
                    "hold.place",
                    itemId == null ? "host:" + host : "item:" + itemId,
                    Map.of("hold", id, "reason", reason));
            return id;
        });
    }

    /**
     * Releases a hold.
     *
     * @throws IllegalArgumentException if there is no active hold with this number
     */
    public void release(long id, String actor) {
        transaction.executeWithoutResult(status -> {
            int released = jdbc.sql(
                            "update legal_hold set released_by = ?, released_at = ? where id = ? and released_at is null")
                    .params(actor, Times.utc(clock.instant().truncatedTo(ChronoUnit.MICROS)), id)
                    .update();
            if (released == 0) {
                throw new IllegalArgumentException(
                        "there is no active legal hold " + id + "; 'markwatch hold list' lists them");
            }
            audit.append(actor, "hold.release", "hold:" + id, Map.of());
        });
    }

    /** Returns the active holds, oldest first. */
    public List<Hold> active() {
        return jdbc.sql("select * from legal_hold where released_at is null order by id")
                .query(LegalHolds::hold)
                .list();
    }

    /** Returns the host names that active holds cover. */
    public List<String> heldHosts() {
        return jdbc.sql(
                        "select distinct host from legal_hold where released_at is null and host is not null order by host")
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** Returns the URLs of the items that active holds cover. */
    public List<String> heldUrls() {
        return jdbc.sql("""
                        select distinct i.url from legal_hold h join item i on i.id = h.item_id
                        where h.released_at is null order by 1""").query((row, number) -> row.getString(1)).list();
    }

    private static Hold hold(ResultSet row, int number) throws SQLException {
        return new Hold(
                row.getLong("id"),
                row.getObject("item_id", Long.class),
                row.getString("host"),
                row.getString("reason"),
                row.getString("placed_by"),
                Times.instant(row, "placed_at"));
    }
}
