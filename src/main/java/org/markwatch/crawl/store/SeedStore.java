package org.markwatch.crawl.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.markwatch.crawl.scope.Site;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Seed;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads and writes the tables {@code seed} and {@code run_seed} for one run. Uses the transaction of the calling thread. */
public final class SeedStore {
    private final JdbcTemplate jdbc;
    private final long runId;

    public SeedStore(DataSource database, long runId) {
        this.jdbc = new JdbcTemplate(database);
        this.runId = runId;
    }

    /**
     * Counts of one seed in the run.
     *
     * @param partition number of its partition
     * @param known URLs of the seed in table {@code page}
     * @param open  URLs in the frontier
     * @param done  URLs that have left the frontier in this run
     * @param asked visits that count for the page budget
     */
    public record SeedCounts(int partition, long known, long open, long done, int asked) {
        public static final SeedCounts NONE = new SeedCounts(0, 0, 0, 0, 0);
    }

    /** Numbers seed URLs; a URL keeps its number for life. Returns the numbers by URL. */
    public Map<HttpUrl, Integer> number(Collection<HttpUrl> urls) {
        String[] given = urls.stream().map(HttpUrl::toString).toArray(String[]::new);
        jdbc.update("insert into seed (url) select unnest(?::text[]) on conflict (url) do nothing", (Object) given);
        Map<HttpUrl, Integer> numbers = new HashMap<>();
        jdbc.query(
                "select url, id from seed where url = any (?)",
                row -> {
                    numbers.put(HttpUrl.of(row.getString("url")), row.getInt("id"));
                },
                (Object) given);
        return numbers;
    }

    /** Returns the terms under which the links of a seed are divided. */
    static String termsOf(Seed seed) {
        return seed.scope() + " depth " + seed.maxDepth() + " pages " + seed.maxPages();
    }

    /**
     * Returns whether links must be divided again: the terms of a seed have changed, or a seed of the previous nightly
     * run is no longer configured, so that its pages may belong to another one.
     */
    public boolean termsChanged(Map<Integer, Seed> seeds) {
        Map<Integer, String> stored = new HashMap<>();
        jdbc.query("select id, terms from seed where terms <> ''", row -> {
            stored.put(row.getInt("id"), row.getString("terms"));
        });
        return stored.entrySet().stream().anyMatch(entry -> {
            Seed seed = seeds.get(entry.getKey());
            return seed == null || !termsOf(seed).equals(entry.getValue());
        });
    }

    /** Stores the terms of the configured seeds, and clears those of all others. */
    public void saveTerms(Map<Integer, Seed> seeds) {
        List<Map.Entry<Integer, Seed>> entries = List.copyOf(seeds.entrySet());
        Integer[] ids = entries.stream().map(Map.Entry::getKey).toArray(Integer[]::new);
        jdbc.update(
                """
                update seed s set terms = v.terms from unnest(?::int4[], ?::text[]) as v(id, terms)
                where s.id = v.id and s.terms <> v.terms""",
                ids,
                entries.stream().map(entry -> termsOf(entry.getValue())).toArray(String[]::new));
        jdbc.update("update seed set terms = '' where terms <> '' and id <> all (?)", (Object) ids);
    }

    /**
     * Enters seeds into the run with the number of their pages in the frontier.
     *
     * @param seeds their partitions by their numbers
     */
    public void enter(Map<Integer, Integer> seeds) {
        jdbc.update(
                """
                insert into run_seed (run_id, seed, partition, known, texts)
                select ?, s.id, t.partition, coalesce(f.rows, 0), s.texts
                from seed s join unnest(?::int4[], ?::int2[]) as t(seed, partition) on t.seed = s.id
                left join (select seed, count(*) as rows from frontier group by seed) f on f.seed = s.id
                on conflict (run_id, seed) do update set known = excluded.known, texts = excluded.texts""",
                runId,
                seeds.keySet().toArray(Integer[]::new),
                seeds.values().toArray(Integer[]::new));
    }

    /**
     * Returns the seeds of a partition of the run. Known are their URLs if an earlier process may have added some in the run.
     *
     * @param configured the configured seeds; others are left out
     */
    public List<Site> sites(int partition, Map<HttpUrl, Seed> configured) {
        List<Site> sites = new ArrayList<>();
        jdbc.query(
                """
                select s.id, s.url, case when r.done > 0 then s.known else 0 end as known, r.asked, r.traps from run_seed r join seed s on s.id = r.seed
                where r.run_id = ? and r.partition = ? order by s.id""",
                row -> {
                    Seed seed = configured.get(HttpUrl.of(row.getString("url")));
                    if (seed != null) {
                        Site site =
                                new Site(row.getInt("id"), partition, seed, row.getLong("known"), row.getInt("asked"));
                        site.traps()
                                .restore(List.of((UUID[]) row.getArray("traps").getArray()));
                        sites.add(site);
                    }
                },
                runId,
                partition);
        return sites;
    }

    /** Returns the URLs of a partition that have left the frontier in this run. */
    public long done(int partition) {
        Long done = jdbc.queryForObject(
                "select coalesce(sum(done), 0) from run_seed where run_id = ? and partition = ?",
                Long.class,
                runId,
                partition);
        return done == null ? 0 : done;
    }

    /** Returns the counts of each seed that the run has. */
    public Map<Integer, SeedCounts> counts() {
        Map<Integer, SeedCounts> counts = new HashMap<>();
        jdbc.query(
                """
                select r.seed, r.partition, s.known, r.known - r.done as open, r.done, r.asked
                from run_seed r join seed s on s.id = r.seed where r.run_id = ?""",
                row -> {
                    counts.put(
                            row.getInt("seed"),
                            new SeedCounts(
                                    row.getInt("partition"),
                                    row.getLong("known"),
                                    row.getLong("open"),
                                    row.getLong("done"),
                                    row.getInt("asked")));
                },
                runId);
        return counts;
    }

    /** Adds hashes of trap patterns that a site of the run has blocked. */
    void addTraps(Site site, List<UUID> hashes) {
        String[] added = hashes.stream().map(UUID::toString).toArray(String[]::new);
        jdbc.update(
                "update run_seed set traps = traps || ?::text[]::uuid[] where run_id = ? and seed = ?",
                added,
                runId,
                site.number());
    }

    /** Adds visits that count for the page budget, by seed. */
    void addAsked(Map<Integer, Integer> visits) {
        jdbc.update(
                """
                update run_seed s set asked = s.asked + v.n from unnest(?::int4[], ?::int4[]) as v(seed, n)
                where s.run_id = ? and s.seed = v.seed""", visits.keySet().toArray(Integer[]::new), visits.values().toArray(Integer[]::new), runId);
    }
}
