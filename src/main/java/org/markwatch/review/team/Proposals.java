package org.markwatch.review.team;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.ScreenQueries;
import org.markwatch.watchlist.edit.EntryChange;
import org.markwatch.watchlist.edit.EntryKind;
import org.markwatch.watchlist.edit.FileChange;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Stores proposals (table {@code watchlist_proposal}). Thread-safe. */
public final class Proposals {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, List<String>>> FIELDS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final Clock clock;

    Proposals(DataSource dataSource, Clock clock) {
        this.jdbc = ScreenQueries.client(dataSource);
        this.clock = clock;
    }

    /** Stores an open proposal and returns its number. */
    long add(EntryChange change, FileChange file, String reason, String proposer) {
        return jdbc.sql("""
                        insert into watchlist_proposal (kind, action, file, entry_key, fields, fields_before, diff,
                            base_sha256, after_sha256, reason, proposed_by, proposed_at)
                        values (?, ?, ?, ?, cast(? as jsonb), cast(? as jsonb), ?, ?, ?, ?, ?, ?) returning id""")
                .params(
                        change.kind().label(),
                        change.action().label(),
                        change.file(),
                        change.key(),
                        JSON.writeValueAsString(change.values()),
                        JSON.writeValueAsString(file.values()),
                        file.diff(),
                        file.baseSha256(),
                        file.afterSha256(),
                        reason,
                        proposer,
                        now())
                .query(Long.class)
                .single();
    }

    /** Returns a proposal; empty if there is none with this number. */
    Optional<Proposal> find(long id) {
        return jdbc.sql("select * from watchlist_proposal where id = ?")
                .param(id)
                .query(Proposals::proposal)
                .optional();
    }

    /** Returns a proposal and locks it until the transaction of the calling thread ends. */
    Optional<Proposal> lock(long id) {
        return jdbc.sql("select * from watchlist_proposal where id = ? for update")
                .param(id)
                .query(Proposals::proposal)
                .optional();
    }

    /** Keeps other processes on this database from writing into a folder until the transaction of the calling thread ends. */
    void lockFolder(Path folder) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('markwatch job-config ' || ?, 0))")
                .param(folder.toAbsolutePath().normalize().toString())
                .query((row, number) -> 0)
                .list();
    }

    /**
     * Returns proposals, latest first.
     *
     * @param kinds  kinds of entries that they change
     * @param state  state of all of them; null for any
     * @param before number above that of each
     * @param limit  maximum number
     */
    public List<Proposal> list(List<EntryKind> kinds, @Nullable ProposalState state, long before, int limit) {
        String condition = state == null ? "" : "and state = ? ";
        JdbcClient.StatementSpec query = jdbc.sql("select * from watchlist_proposal where kind = any(?) and id < ? "
                        + condition + "order by id desc limit ?")
                .param(kinds.stream().map(EntryKind::label).toArray(String[]::new))
                .param(before);
        return (state == null ? query : query.param(state.label()))
                .param(limit)
                .query(Proposals::proposal)
                .list();
    }

    /** Sets the state of a proposal, and who decided on it unless someone did before. */
    void decide(long id, ProposalState state, String account, String note) {
        jdbc.sql("""
                        update watchlist_proposal set state = ?, note = ?, decided_by = coalesce(decided_by, ?),
                            decided_at = coalesce(decided_at, ?) where id = ?""").params(state.label(), note, account, now(), id).update();
    }

    private OffsetDateTime now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private static Proposal proposal(ResultSet row, int number) throws SQLException {
        String before = row.getString("fields_before");
        OffsetDateTime decidedAt = row.getObject("decided_at", OffsetDateTime.class);
        Instant proposedAt = row.getObject("proposed_at", OffsetDateTime.class).toInstant();
        EntryChange change = new EntryChange(
                EntryChange.EntryAction.valueOf(row.getString("action").toUpperCase(Locale.ROOT)),
                EntryKind.of(row.getString("kind")).orElseThrow(),
                row.getString("file"),
                row.getString("entry_key"),
                JSON.readValue(row.getString("fields"), FIELDS));
        return new Proposal(
                row.getLong("id"),
                change,
                before == null ? null : JSON.readValue(before, FIELDS),
                row.getString("diff"),
                row.getString("base_sha256"),
                row.getString("after_sha256"),
                row.getString("reason"),
                row.getString("proposed_by"),
                proposedAt,
                ProposalState.of(row.getString("state")).orElseThrow(),
                row.getString("decided_by"),
                decidedAt == null ? null : decidedAt.toInstant(),
                row.getString("note"));
    }
}
