package org.markwatch.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The append-only record of who did what.
 *
 * <p>Each entry carries the hash of the one before, and {@code audit_head} the hash of the last, so that a change, a gap
 * or a cut end shows in {@link #verify}. It proves nothing against somebody who can rewrite the whole table and its head:
 * to be sure, note the latest hash elsewhere, as the attestation of each run does. Threads and processes take turns on
 * the head row; an entry is part of its caller's transaction.
 */
public final class Audit {
    /** The actor of what nobody typed. */
    public static final String SYSTEM = "system";

    private static final String FIRST_PREVIOUS = "0".repeat(64);
    private static final String COLUMNS =
            "select seq, at, actor, action, subject, details, previous, sha256 from audit ";

    private final JsonMapper json = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    public Audit(DataSource dataSource, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.clock = clock;
    }

    /**
     * Adds an entry, in the transaction of the calling thread if there is one. Take every other lock before: the head of
     * the chain stays locked until that transaction ends.
     *
     * @param actor   account name, or {@link #SYSTEM}
     * @param action  what was done, for example {@code item.claim}
     * @param subject what it was done to, for example {@code item:12} or {@code run:7}
     * @param details facts that Jackson can write as a JSON object, may be empty
     */
    public AuditEntry append(String actor, String action, String subject, Map<String, ?> details) {
        String facts = json.writeValueAsString(details);
        return transaction.execute(status -> {
            ChainHead head = jdbc.sql("select seq, sha256 from audit_head for update")
                    .query(ChainHead.class)
                    .single();
            AuditEntry entry = link(
                    head,
                    clock.instant().truncatedTo(ChronoUnit.MICROS),
                    StoredText.of(actor),
                    StoredText.of(action),
                    StoredText.of(subject),
                    StoredText.of(facts));
            jdbc.sql("insert into audit values (?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            entry.seq(),
                            Times.utc(entry.at()),
                            entry.actor(),
                            entry.action(),
                            entry.subject(),
                            entry.details(),
                            entry.previous(),
                            entry.sha256())
                    .update();
            jdbc.sql("update audit_head set seq = ?, sha256 = ?")
                    .params(entry.seq(), entry.sha256())
                    .update();
            return entry;
        });
    }

    /** The first link that does not hold, or nothing when the whole chain does. Reads every entry once. */
    public Optional<BrokenLink> verify() {
        return transaction.execute(status -> {
            ChainHead head = jdbc.sql("select seq, sha256 from audit_head")
                    .query(ChainHead.class)
                    .single();
            ChainHead checked = new ChainHead(0, FIRST_PREVIOUS);
            try (Stream<AuditEntry> entries = jdbc
                    .sql(COLUMNS + "where seq <= ? order by seq")
                    .param(head.seq())
                    .withFetchSize(1000)
                    .query(Audit::entry)
                    .stream()) {
                for (AuditEntry entry : (Iterable<AuditEntry>) entries::iterator) {
                    AuditEntry expected =
                            link(checked, entry.at(), entry.actor(), entry.action(), entry.subject(), entry.details());
                    if (entry.seq() != expected.seq()) {
                        return Optional.of(
                                new BrokenLink(expected.seq(), "it is missing; the next entry is " + entry.seq()));
                    }
                    if (!entry.previous().equals(expected.previous())) {
                        return Optional.of(new BrokenLink(entry.seq(), "it does not follow the entry before it"));
                    }
                    if (!entry.sha256().equals(expected.sha256())) {
                        return Optional.of(new BrokenLink(entry.seq(), "its content is not what was written"));
                    }
                    checked = new ChainHead(entry.seq(), entry.sha256());
                }
            }
            return checked.equals(head)
                    ? Optional.empty()
                    : Optional.of(new BrokenLink(checked.seq() + 1, "the chain ends before entry " + head.seq()));
        });
    }

    /** What happened to a subject, latest first. */
    public List<AuditEntry> entriesOf(String subject, int limit) {
        return jdbc.sql(COLUMNS + "where subject = ? order by seq desc limit ?")
                .params(subject, limit)
                .query(Audit::entry)
                .list();
    }

    /** When something last happened to a subject; empty if it never did. */
    public Optional<Instant> lastTime(String subject, String action) {
        return jdbc.sql(COLUMNS + "where subject = ? and action = ? order by seq desc limit 1")
                .params(subject, action)
                .query(Audit::entry)
                .optional()
                .map(AuditEntry::at);
    }

    /** Entries before a place in the chain, latest first; {@link Long#MAX_VALUE} for the end of it. */
    public List<AuditEntry> entriesBefore(long seq, int limit) {
        return jdbc.sql(COLUMNS + "where seq < ? order by seq desc limit ?")
                .params(seq, limit)
                .query(Audit::entry)
                .list();
    }

    private static AuditEntry link(
            ChainHead head, Instant at, String actor, String action, String subject, String details) {
        return AuditEntry.after(head.sha256(), head.seq() + 1, at, actor, action, subject, details);
    }

    private static AuditEntry entry(ResultSet row, int number) throws SQLException {
        return new AuditEntry(
                row.getLong("seq"),
                Times.instant(row, "at"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("details"),
                row.getString("previous"),
                row.getString("sha256"));
    }

    /**
     * A link that does not hold.
     *
     * @param seq the entry
     * @param why what is wrong with it, for people
     */
    public record BrokenLink(long seq, String why) {}

    private record ChainHead(long seq, String sha256) {}
}
