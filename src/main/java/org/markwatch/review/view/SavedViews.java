package org.markwatch.review.view;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.markwatch.queue.EntryException;
import org.markwatch.queue.ScreenQueries;
import org.markwatch.queue.Sentence;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Stores the views of accounts (table {@code saved_view}). Thread-safe. */
public final class SavedViews {
    /** Largest number of views of an account. */
    public static final int MOST = 20;
    /** Longest name, in characters. */
    public static final int MAX_NAME = 60;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> ENTRIES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    /** Stores in this database. */
    public SavedViews(DataSource dataSource) {
        this.jdbc = ScreenQueries.client(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    /**
     * A view.
     *
     * @param entries   entries of the filter by name, none of them empty
     * @param isDefault whether the queue shows it first
     */
    public record SavedView(String name, Map<String, String> entries, boolean isDefault) {
        public SavedView {
            entries = Map.copyOf(entries);
        }
    }

    /** Returns the views of an account, by name. */
    public List<SavedView> of(String account) {
        return jdbc.sql("select name, entries, is_default from saved_view where account = ? order by name")
                .param(account)
                .query((row, number) -> new SavedView(
                        row.getString("name"),
                        JSON.readValue(row.getString("entries"), ENTRIES),
                        row.getBoolean("is_default")))
                .list();
    }

    /** Returns the view that the queue shows an account first; empty if it has none. */
    public Optional<SavedView> defaultOf(String account) {
        return of(account).stream().filter(SavedView::isDefault).findFirst();
    }

    /**
     * Stores a view, in place of one with this name.
     *
     * @throws IllegalArgumentException if the name is blank or too long, or the account has too many views; the message is a
     *                                  sentence for the reviewer
     */
    public void save(String account, String name, Map<String, String> entries) {
        String stored = name.strip().replace("\0", "");
        if (stored.isEmpty() || stored.length() > MAX_NAME) {
            throw new EntryException(Sentence.of("refusal.enter-name-characters-view", MAX_NAME));
        }
        Map<String, String> storable = new TreeMap<>(entries);
        // PostgreSQL cannot store U+0000
        storable.replaceAll((key, value) -> value.replace("\0", ""));
        transaction.executeWithoutResult(status -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended('markwatch views of ' || ?, 0))")
                    .param(account)
                    .query((row, number) -> 0)
                    .list();
            List<String> names = of(account).stream().map(SavedView::name).toList();
            if (names.size() >= MOST && !names.contains(stored)) {
                throw new EntryException(Sentence.of("refusal.you-have-views-more", MOST));
            }
            jdbc.sql("""
                            insert into saved_view (account, name, entries) values (?, ?, cast(? as jsonb))
                            on conflict (account, name) do update set entries = excluded.entries
                            """)
                    .params(account, stored, JSON.writeValueAsString(storable))
                    .update();
        });
    }

    /** Deletes a view. Has no effect if there is none with this name. */
    public void delete(String account, String name) {
        jdbc.sql("delete from saved_view where account = ? and name = ?")
                .params(account, name.replace("\0", ""))
                .update();
    }

    /** Makes a view the one that the queue shows first; none of them if there is none with this name. */
    public void makeDefault(String account, String name) {
        jdbc.sql("update saved_view set is_default = (name = ?) where account = ?")
                .params(name.replace("\0", ""), account)
                .update();
    }
}
