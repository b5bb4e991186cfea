package org.markwatch.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * The append-only, hash-chained record of who did what (table {@code audit}).
 *
 * <p>Each entry carries the hash of the previous entry, and {@code audit_head} carries the hash of the last one.
 * {@link #verify} therefore detects a changed entry, a gap and a truncated end, and a truncated beginning unless {@link AuditRetention} sealed it. It cannot detect that someone rewrote
 * the whole table together with {@code audit_head}; to detect that, compare the chain with a hash recorded outside the
 * database.
 *
 * <p>Writers are serialised by a lock on the {@code audit_head} row. An entry is part of its caller's transaction.
 * Thread-safe.
 */
public final class Audit {
    /** The actor of entries that the program writes by itself. */
    public static final String SYSTEM = "system";

    /** Action of the entry that seals the purged beginning of the chain; see {@link AuditRetention}. */
    static final String PURGE = "audit.purge";

    private static final String COLUMNS =
            "select seq, at, actor, action, subject, details, previous, sha256 from audit ";

    private final JsonMapper json = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .addModule(new SimpleModule().addSerializer(String.class, new StoredTextWriter()))
            .build();
    private final Queue<Appending> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();
    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final TransactionTemplate transaction;
    private final Clock clock;

    public Audit(DataSource dataSource, Clock clock) {
        this.batches = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(batches);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.clock = clock;
    }

    /** Writes texts of details as PostgreSQL can read them: an escaped U+0000 is JSON, and no jsonb. */
    private static final class StoredTextWriter extends StdSerializer<String> {
        StoredTextWriter() {
            super(String.class);
        }

        @Override
        public void serialize(String text, JsonGenerator out, SerializationContext context) {
            out.writeString(StoredText.of(text));
        }
    }

    /**
     * Appends an entry, in the transaction of the calling thread if there is one. The row of {@code audit_head} stays
     * locked until that transaction ends. To avoid deadlocks, callers acquire their other locks first.
     *
     * @param actor   account name, or {@link #SYSTEM}
     * @param action  what was done, for example {@code item.claim}
     * @param subject what it was done to, for example {@code item:12} or {@code run:7}
     * @param details values that Jackson can write as a JSON object; may be empty
     * @return the entry as stored
     */
    public AuditEntry append(String actor, String action, String subject, Map<String, ?> details) {
        return appendAll(actor, List.of(new Event(action, subject, details))).getFirst();
    }

    /**
     * What an entry records.
     *
     * @param action  as in {@link #append}
     * @param subject as in {@link #append}
     * @param details as in {@link #append}
     */
    public record Event(String action, String subject, Map<String, ?> details) {}

    /**
     * Appends several entries of one actor as {@link #append} does, with one lock and two statements. Threads without a
     * transaction that append at the same time share one: the row of {@code audit_head} is locked until it is durable, so each
     * would wait for the disk of all before it.
     *
     * @return the entries as stored, in the order of the events
     */
    public List<AuditEntry> appendAll(String actor, List<Event> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        Appending appending = new Appending(actor, events);
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            write(List.of(appending));
            return appending.entries;
        }
        waiting.add(appending);
        writing.lock();
        try {
            if (!appending.done) {
                List<Appending> together = new ArrayList<>();
                for (Appending next = waiting.poll(); next != null; next = waiting.poll()) {
                    together.add(next);
                }
                if (!together.contains(appending)) {
                    together.add(appending); // an error ended the thread that had taken it
                }
                writeEach(together);
            }
        } finally {
            writing.unlock();
        }
        if (appending.failure != null) {
            throw appending.failure;
        }
        return appending.entries;
    }

    /** Events that a thread appends; the thread that has the lock writes them for it. */
    private static final class Appending {
        private final String actor;
        private final List<Event> events;
        private List<AuditEntry> entries = List.of();
        private boolean done;
        private @Nullable RuntimeException failure;

        private Appending(String actor, List<Event> events) {
            this.actor = actor;
            this.events = events;
        }
    }

    /** Writes what threads without a transaction wait for in one; if that fails, each in its own, so that none fails for another. */
    private void writeEach(List<Appending> together) {
        try {
            write(together);
        } catch (RuntimeException e) {
            for (Appending appending : together) {
                try {
                    if (together.size() == 1) {
                        throw e;
                    }
                    write(List.of(appending));
                } catch (RuntimeException own) {
                    appending.failure = own;
                }
            }
        }
        together.forEach(appending -> appending.done = true);
    }

    private void write(List<Appending> together) {
        transaction.executeWithoutResult(status -> {
            ChainPoint head = jdbc.sql("select seq, sha256 from audit_head for update")
                    .query(ChainPoint.class)
                    .single();
            Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
            List<AuditEntry> all = new ArrayList<>();
            for (Appending appending : together) {
                int first = all.size();
                for (Event event : appending.events) {
                    AuditEntry entry = link(
                            head,
                            at,
                            StoredText.of(appending.actor),
                            StoredText.of(event.action),
                            StoredText.of(event.subject),
                            StoredText.of(json.writeValueAsString(event.details)));
                    all.add(entry);
                    head = new ChainPoint(entry.seq(), entry.sha256());
                }
                appending.entries = List.copyOf(all.subList(first, all.size()));
            }
            insert(all);
            jdbc.sql("update audit_head set seq = ?, sha256 = ?")
                    .params(head.seq(), head.sha256())
                    .update();
        });
    }

    private void insert(List<AuditEntry> entries) {
        batches.batchUpdate(
                "insert into audit values (?, ?, ?, ?, ?, ?, ?, ?)", entries, entries.size(), (insert, entry) -> {
                    insert.setLong(1, entry.seq());
                    insert.setObject(2, Times.utc(entry.at()));
                    insert.setString(3, entry.actor());
                    insert.setString(4, entry.action());
                    insert.setString(5, entry.subject());
                    insert.setString(6, entry.details());
                    insert.setString(7, entry.previous());
                    insert.setString(8, entry.sha256());
                });
    }

    /** Returns the last purged entry; the point before the first entry if none has been purged. */
    ChainPoint start() {
        return jdbc.sql("select seq, sha256 from audit_start")
                .query(ChainPoint.class)
                .single();
    }

    /** Returns the number of the first entry that has not been purged. */
    public long firstSeq() {
        return start().seq() + 1;
    }

    /**
     * Verifies the whole chain and returns its first broken link, or empty if the chain is intact. Reads every entry
     * once. If the beginning of the chain has been purged, an entry must name the last purged one.
     */
    public Optional<BrokenLink> verify() {
        return transaction.execute(status -> {
            ChainPoint head = jdbc.sql("select seq, sha256 from audit_head")
                    .query(ChainPoint.class)
                    .single();
            ChainPoint start = start();
            boolean sealed = start.seq() == 0;
            ChainPoint checked = start;
            try (Stream<AuditEntry> entries = jdbc
                    .sql(COLUMNS + "where seq > ? and seq <= ? order by seq")
                    .params(start.seq(), head.seq())
                    .withFetchSize(1000)
                    .query(Audit::entry)
                    .stream()) {
                for (AuditEntry entry : (Iterable<AuditEntry>) entries::iterator) {
                    AuditEntry expected =
                            link(checked, entry.at(), entry.actor(), entry.action(), entry.subject(), entry.details());
                    if (entry.seq() != expected.seq()) {
                        return Optional.of(
                                new BrokenLink(expected.seq(), "the entry is missing; the next one is " + entry.seq()));
                    }
                    if (!entry.previous().equals(expected.previous())) {
                        return Optional.of(new BrokenLink(
                                entry.seq(), "its previous hash is not the hash of the entry before it"));
                    }
                    if (!entry.sha256().equals(expected.sha256())) {
                        return Optional.of(new BrokenLink(entry.seq(), "its hash does not match its content"));
                    }
                    checked = new ChainPoint(entry.seq(), entry.sha256());
                    sealed |= entry.action().equals(PURGE) && seals(entry, start);
                }
            }
            if (!sealed) {
                return Optional.of(new BrokenLink(
                        start.seq() + 1,
                        "the chain begins here, but no entry says that the entries before it were purged"));
            }
            return checked.equals(head)
                    ? beyondEnd()
                    : Optional.of(new BrokenLink(checked.seq() + 1, "the chain ends before entry " + head.seq()));
        });
    }

    /** Returns the first entry behind the end of the chain, if somebody set the end back. One statement has one snapshot. */
    private Optional<BrokenLink> beyondEnd() {
        return jdbc.sql("select seq from audit where seq > (select seq from audit_head) order by seq limit 1")
                .query((row, number) -> new BrokenLink(row.getLong("seq"), "it stands behind the recorded end"))
                .optional();
    }

    private boolean seals(AuditEntry entry, ChainPoint start) {
        JsonNode details = json.readTree(entry.details());
        return details.path("last").asLong(0) == start.seq()
                && details.path("sha256").asString("").equals(start.sha256());
    }

    /** Returns the entries about a subject, latest first, at most {@code limit}. */
    public List<AuditEntry> entriesOf(String subject, int limit) {
        return jdbc.sql(COLUMNS + "where subject = ? order by seq desc limit ?")
                .params(subject, limit)
                .query(Audit::entry)
                .list();
    }

    /** Returns the time of the latest entry with this subject and action; empty if there is none. */
    public Optional<Instant> lastTime(String subject, String action) {
        return last(subject, action).map(AuditEntry::at);
    }

    /** Returns the latest entry with this subject and action; empty if there is none. */
    public Optional<AuditEntry> last(String subject, String action) {
        return jdbc.sql(COLUMNS + "where subject = ? and action = ? order by seq desc limit 1")
                .params(subject, action)
                .query(Audit::entry)
                .optional();
    }

    /**
     * Returns whether the database itself keeps the program from changing entries and removing them: its role does not own the
     * table and has no right to do so.
     */
    public boolean isProtected() {
        return jdbc.sql("""
            select not (pg_has_role(current_user, relowner, 'usage') or has_table_privilege(oid, 'update, delete, truncate'))
              from pg_class where oid = 'audit'::regclass
            """).query(Boolean.class).single();
    }

    /** Returns whether there is an entry with this subject, this action and exactly these details. */
    public boolean contains(String subject, String action, Map<String, ?> details) {
        return jdbc.sql("select exists (select from audit where subject = ? and action = ? and details = ?)")
                .params(StoredText.of(subject), StoredText.of(action), StoredText.of(json.writeValueAsString(details)))
                .query(Boolean.class)
                .single();
    }

    /** Returns the entries whose number is below {@code seq}, latest first, at most {@code limit}. */
    public List<AuditEntry> entriesBefore(long seq, int limit) {
        return jdbc.sql(COLUMNS + "where seq < ? order by seq desc limit ?")
                .params(seq, limit)
                .query(Audit::entry)
                .list();
    }

    private static AuditEntry link(
            ChainPoint head, Instant at, String actor, String action, String subject, String details) {
        return AuditEntry.after(head.sha256(), head.seq() + 1, at, actor, action, subject, details);
    }

    static AuditEntry entry(ResultSet row, int number) throws SQLException {
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
     * A broken link of the chain.
     *
     * @param seq number of the entry
     * @param why what is wrong with the entry, as text for people
     */
    public record BrokenLink(long seq, String why) {}

    /**
     * A point of the chain: an entry and everything before it.
     *
     * @param seq    number of the entry; 0 before the first one
     * @param sha256 its hash; 64 zeros before the first one
     */
    record ChainPoint(long seq, String sha256) {}
}
