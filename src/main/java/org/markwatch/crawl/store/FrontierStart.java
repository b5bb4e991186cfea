package org.markwatch.crawl.store;

import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.UrlHash;
import org.markwatch.crawl.scope.DiscoveredUrl;
import org.markwatch.crawl.scope.LinkPriority;
import org.markwatch.crawl.scope.Site;
import org.markwatch.url.HttpUrl;
import org.springframework.jdbc.core.JdbcTemplate;

/** Fills table {@code frontier} at the start of one run. Uses the transaction of the calling thread. */
public final class FrontierStart {
    /** Pages that one statement of {@link #fill} looks at. */
    private static final long FILL_BATCH = 100_000;

    private static final int HASH_BATCH = 10_000;

    private final JdbcTemplate jdbc;
    private final FrontierStore store;
    private final long runId;

    public FrontierStart(DataSource database, long runId) {
        this.jdbc = new JdbcTemplate(database);
        this.store = new FrontierStore(database, runId);
        this.runId = runId;
    }

    /** Whether {@link #markFilled} has been called for the run. */
    public boolean isFilled() {
        return Boolean.TRUE.equals(jdbc.queryForObject("select filled from run where id = ?", Boolean.class, runId));
    }

    /** Records that the frontier holds every page that was due at the start of the run. */
    public void markFilled() {
        jdbc.update("update run set filled = true where id = ?", runId);
    }

    /** Empties the frontier of what an earlier run left. */
    public void clear() {
        jdbc.execute("truncate frontier");
    }

    /**
     * Which pages a run visits.
     *
     * @param seeds     partitions of the configured seeds by their numbers; pages of other seeds are left out
     * @param dueBefore start of the run
     * @param rules     identifier of the rules; pages with text that was analysed by others are included
     * @param extractor version of the extraction; pages with text that another one read are included
     * @param alwaysDue URLs that are included whenever they are due
     * @param allTexts  whether all pages with text are included
     */
    public record Due(
            Map<Integer, Integer> seeds,
            Instant dueBefore,
            UUID rules,
            UUID extractor,
            Collection<HttpUrl> alwaysDue,
            boolean allTexts) {}

    /** Adds the known pages that a run visits. Can be repeated until the first visit is committed. */
    public void fill(Due due) {
        Integer[] seeds = due.seeds().keySet().toArray(Integer[]::new);
        Integer[] partitions = due.seeds().values().toArray(Integer[]::new);
        Long last = jdbc.queryForObject("select coalesce(max(page_id), 0) from schedule", Long.class);
        for (long from = 0; last != null && from < last; from += FILL_BATCH) {
            jdbc.update(
                    INSERT + "schedule s join page p on p.id = s.page_id join seeds t on t.seed = p.seed"
                            + " where s.page_id > ? and s.page_id <= ? and s.due_at < ? on conflict do nothing",
                    seeds,
                    partitions,
                    Disposition.RETRY_AFTER,
                    LinkPriority.DEFERRED,
                    from,
                    from + FILL_BATCH,
                    due.dueBefore().atOffset(ZoneOffset.UTC));
        }
        List<UUID> hashes =
                due.alwaysDue().stream().map(url -> UrlHash.of(url.toString())).toList();
        for (int from = 0; from < hashes.size(); from += HASH_BATCH) {
            jdbc.update(
                    INSERT + "page p join seeds t on t.seed = p.seed where p.url_hash = any (?) on conflict do nothing",
                    seeds,
                    partitions,
                    Disposition.RETRY_AFTER,
                    LinkPriority.DEFERRED,
                    hashes.subList(from, Math.min(from + HASH_BATCH, hashes.size()))
                            .toArray(UUID[]::new));
        }
        if (due.allTexts()) {
            jdbc.update(
                    INSERT + "page_text k join page p on p.id = k.page_id join seeds t on t.seed = p.seed"
                            + " on conflict do nothing",
                    seeds,
                    partitions,
                    Disposition.RETRY_AFTER,
                    LinkPriority.DEFERRED);
            return;
        }
        for (String other : List.of("k.rules < ?1", "k.rules > ?1", "k.rules = ?1 and k.read_by <> ?2")) {
            List<Object> parameters =
                    new ArrayList<>(List.of(seeds, partitions, Disposition.RETRY_AFTER, LinkPriority.DEFERRED));
            parameters.add(due.rules());
            if (other.contains("?2")) {
                parameters.add(due.extractor());
            }
            jdbc.update(
                    INSERT + "page_text k join page p on p.id = k.page_id join seeds t on t.seed = p.seed where "
                            + other.replaceAll("\\?[12]", "?") + " on conflict do nothing",
                    parameters.toArray());
        }
    }

    /** A host that asked for a long delay (Retry-After) in an earlier run comes first. */
    private static final String INSERT = """
            with seeds as (select * from unnest(?::int4[], ?::int2[]) as t(seed, partition))
            insert into frontier (page_id, host, priority, seed, partition)
            select p.id, p.host, case when p.cause = ? then ? else p.priority end, p.seed, t.partition from
            """;

    /**
     * Adds the pages of seeds. A page that is known already becomes the root of its seed, and counts there.
     *
     * @param roots the page of each seed, with depth 0
     */
    public void addRoots(Collection<DiscoveredUrl> roots, Map<Integer, Site> sites) {
        List<DiscoveredUrl> urls = List.copyOf(roots);
        store.add(urls, sites);
        jdbc.update(connection -> {
            ColumnArrays columns = new ColumnArrays(connection, urls.size());
            PreparedStatement update = connection.prepareStatement("""
                    with root as (select * from unnest(?::uuid[], ?::int4[], ?::int2[], ?::int2[])
                        as r(url_hash, seed, priority, partition)),
                    moved as (
                        select p.seed as seed, r.seed as root, coalesce(p.disposition in ('fetched', 'not-modified'), false)::int as texts,
                            exists (select from frontier f where f.page_id = p.id)::int as open
                        from page p join root r using (url_hash) where p.seed <> r.seed),
                    n as (
                        select seed, sum(known) as known, sum(texts) as texts
                        from (select root as seed, 1 as known, texts from moved union all select seed, -1, -texts from moved) m
                        group by seed),
                    counted as (
                        update seed s set known = s.known + n.known, texts = s.texts + n.texts from n where s.id = n.seed),
                    counted_in_run as ( -- those of the roots are entered afterwards
                        update run_seed s set known = s.known - m.open, texts = s.texts - m.texts
                        from (select seed, sum(open) as open, sum(texts) as texts from moved group by seed) m
                        where s.run_id = ? and s.seed = m.seed),
                    adopted as (
                        update page p set seed = r.seed, depth = 0, priority = r.priority from root r
                        where p.url_hash = r.url_hash and (p.seed, p.depth) is distinct from (r.seed, 0))
                    insert into frontier (page_id, host, priority, seed, partition)
                    select p.id, p.host, r.priority, r.seed, r.partition from page p join root r using (url_hash)
                    on conflict (page_id) do update
                        set seed = excluded.seed, priority = excluded.priority, partition = excluded.partition""");
            update.setArray(1, columns.of("uuid", i -> urls.get(i).hash()));
            update.setArray(2, columns.of("int4", i -> urls.get(i).site().number()));
            update.setArray(3, columns.of("int2", i -> (short) urls.get(i).priority()));
            update.setArray(
                    4, columns.of("int2", i -> (short) urls.get(i).site().partition()));
            update.setLong(5, runId);
            return update;
        });
    }
}
