package org.markwatch.crawl.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.CrawlCounters;
import org.markwatch.crawl.UrlHash;
import org.markwatch.crawl.partition.Partitions;
import org.markwatch.url.HttpUrl;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.NamedInterface;

/**
 * The stored content of pages (table {@code page_text}), from which a rescan applies new rules without requests.
 * Thread-safe.
 */
@NamedInterface("store")
public final class KeptTextStore {
    /** Pages that one statement of {@link #deleteReadBefore} looks at. */
    private static final long DELETE_BATCH = 10_000;

    private static final String SELECT =
            "select k.page_id, p.url, k.rules, k.run_id, k.seen from page_text k join page p on p.id = k.page_id ";

    private final DataSource database;
    private final JdbcClient jdbc;

    /** Creates a store over a database. */
    public KeptTextStore(DataSource database) {
        this.database = database;
        this.jdbc = JdbcClient.create(database);
    }

    /**
     * The stored content of one page.
     *
     * @param id            key of the page; {@link #next} reads in the order of this key
     * @param finalUrl      URL that served the text
     * @param rules         identifier of the rules that analysed it last, as
     *                      {@link org.markwatch.crawl.PageAnalyser#rulesVersion} returns it
     * @param run           run that holds the result of that analysis, null if the run was deleted
     * @param packedContent serialised content, as {@link org.markwatch.crawl.PageAnalyser#unpack} accepts it
     */
    public record KeptText(
            long id, HttpUrl finalUrl, UUID rules, @Nullable Long run, byte[] packedContent) {}

    /** Returns the number of stored pages. */
    public long count() {
        return jdbc.sql("select count(*) from page_text").query(Long.class).single();
    }

    /**
     * Divides the stored pages into ranges of about the same number.
     *
     * @param parts number of ranges, if there are as many pages
     * @return the ranges, ascending
     */
    public List<Partitions.KeyCount> divide(int parts) {
        return jdbc.sql("""
                        select max(page_id) as last, count(*) as pages from (select page_id, ntile(?) over (order by page_id) as part from page_text) p
                        group by part order by part""")
                .param(parts)
                .query((row, number) -> new Partitions.KeyCount(row.getLong("last"), row.getInt("pages")))
                .list();
    }

    /**
     * Returns the next pages in the order of their id.
     *
     * @param after id of the last page read, 0 to begin
     * @param last  id of the last page to read
     * @param max   largest number of pages, at least 1
     */
    public List<KeptText> next(long after, long last, int max) {
        return jdbc.sql(SELECT + "where k.page_id > ? and k.page_id <= ? order by k.page_id limit ?")
                .params(after, last, max)
                .query(KeptTextStore::keptText)
                .list();
    }

    /** Returns the pages that became known last, latest first, at most {@code max}. */
    public List<KeptText> latest(int max) {
        return jdbc.sql(SELECT + "order by k.page_id desc limit ?")
                .param(max)
                .query(KeptTextStore::keptText)
                .list();
    }

    /** Returns the stored content of a page; empty if none is kept. */
    public Optional<KeptText> find(HttpUrl url) {
        return jdbc.sql(SELECT + "where p.url_hash = ?")
                .param(UrlHash.of(url.toString()))
                .query(KeptTextStore::keptText)
                .optional();
    }

    private static KeptText keptText(ResultSet row, int number) throws SQLException {
        return new KeptText(
                row.getLong("page_id"),
                HttpUrl.of(row.getString("url")),
                row.getObject("rules", UUID.class),
                row.getObject("run_id", Long.class),
                row.getBytes("seen"));
    }

    /**
     * Records that a run holds the analysis results of pages, and adds to the counters of the run. Uses the transaction
     * of the calling thread.
     *
     * @param run      the run
     * @param rules    identifier of the rules that the results are of
     * @param analysed pages that were analysed again
     * @param standing number of pages whose earlier result stands
     */
    public void recordAnalysis(long run, UUID rules, Collection<KeptText> analysed, long standing) {
        if (!analysed.isEmpty()) {
            Long[] ids = analysed.stream().map(KeptText::id).toArray(Long[]::new);
            jdbc.sql("update page_text set run_id = ?, rules = ? where page_id = any (?)")
                    .params(run, rules, ids)
                    .update();
        }
        Map<CrawlCounters.CounterKey, Long> counts = new HashMap<>();
        counts.put(new CrawlCounters.CounterKey("economy", "judged-again"), (long) analysed.size());
        counts.put(new CrawlCounters.CounterKey("economy", "verdict-stood"), standing);
        counts.values().removeIf(n -> n == 0);
        new FrontierStore(database, run).addCounts(counts);
    }

    /** Returns the number of pages that {@link #deleteReadBefore} would delete. */
    public long countReadBefore(Instant readBefore, VisitRetention.Held held) {
        return jdbc.sql("""
                        select count(*) from page_text k join schedule s using (page_id) join page p on p.id = k.page_id
                        where s.read_at < ? and not """ + " " + VisitRetention.HELD)
                .params(readBefore.atOffset(ZoneOffset.UTC), held.hostArray(), held.urlArray())
                .query(Long.class)
                .single();
    }

    /**
     * Deletes the text of pages that was fetched before an instant, in batches with a transaction each. The next visit
     * fetches such a page in full.
     *
     * @return the number of pages deleted
     */
    public long deleteReadBefore(Instant readBefore, VisitRetention.Held held) {
        long deleted = 0;
        long last = jdbc.sql("select coalesce(max(page_id), 0) from page_text")
                .query(Long.class)
                .single();
        for (long from = 0; from < last; from += DELETE_BATCH) {
            deleted += jdbc.sql("""
                            delete from page_text k using schedule s, page p
                            where s.page_id = k.page_id and p.id = k.page_id and s.read_at < ? and s.page_id > ? and s.page_id <= ?
                                and not """ + " " + VisitRetention.HELD)
                    .params(
                            readBefore.atOffset(ZoneOffset.UTC),
                            from,
                            from + DELETE_BATCH,
                            held.hostArray(),
                            held.urlArray())
                    .update();
        }
        return deleted;
    }
}
