package org.markwatch.crawl;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The stored content of pages (table {@code known_page}), from which a rescan applies new rules without requests.
 * Thread-safe.
 */
public final class KeptTextStore {
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
     * @param rules         identifier of the rules that analysed it last, as {@link PageAnalyser#rulesVersion} returns it
     * @param run           run that holds the result of that analysis, null if the run was deleted
     * @param packedContent serialised content, as {@link PageAnalyser#unpack} accepts it
     */
    public record KeptText(
            UUID id, HttpUrl finalUrl, UUID rules, @Nullable Long run, byte[] packedContent) {}

    /** Returns the number of stored pages. */
    public long count() {
        return jdbc.sql("select count(*) from known_page").query(Long.class).single();
    }

    /** Returns the number of stored pages whose analysis result is in a run. */
    public long count(long run) {
        return jdbc.sql("select count(*) from known_page where run_id = ?")
                .param(run)
                .query(Long.class)
                .single();
    }

    /**
     * Returns the next pages in the order of their id.
     *
     * @param after       id of the last page read, null to begin
     * @param excludedRun run whose pages are skipped, so that an interrupted rescan can resume; 0 for none
     * @param max         largest number of pages, at least 1
     */
    public List<KeptText> next(@Nullable UUID after, long excludedRun, int max) {
        return jdbc.sql("""
                        select url_hash, final_url, rules, run_id, seen from known_page
                        where url_hash > ? and run_id is distinct from ? order by url_hash limit ?""")
                .params(after == null ? new UUID(0, 0) : after, excludedRun, max)
                .query((row, number) -> new KeptText(
                        row.getObject("url_hash", UUID.class),
                        HttpUrl.of(row.getString("final_url")),
                        row.getObject("rules", UUID.class),
                        row.getObject("run_id", Long.class),
                        row.getBytes("seen")))
                .list();
    }

    /**
     * Records that a run holds the analysis results of pages, and adds to the counters of the run. Uses the transaction
     * of the calling thread.
     *
     * @param run      the run
     * @param rules    identifier of the rules that the results are of
     * @param analysed pages that were analysed again
     * @param copied   pages whose earlier result is valid and was copied into the run
     */
    public void recordAnalysis(long run, UUID rules, Collection<KeptText> analysed, Collection<KeptText> copied) {
        UUID[] ids = Stream.concat(analysed.stream(), copied.stream())
                .map(KeptText::id)
                .toArray(UUID[]::new);
        jdbc.sql("update known_page set run_id = ?, rules = ? where url_hash = any (?)")
                .params(run, rules, ids)
                .update();
        Map<CrawlCounters.CounterKey, Long> counts = new HashMap<>();
        counts.put(new CrawlCounters.CounterKey("economy", "judged-again"), (long) analysed.size());
        counts.put(new CrawlCounters.CounterKey("economy", "verdict-stood"), (long) copied.size());
        counts.values().removeIf(n -> n == 0);
        new FrontierStore(database, run).addCounts(counts);
    }

    /**
     * Deletes pages whose text was fetched before an instant. The next visit fetches such a page in full.
     *
     * @return the number of pages deleted
     */
    public int deleteReadBefore(Instant readBefore) {
        return jdbc.sql("delete from known_page where read_at < ?")
                .param(readBefore.atOffset(ZoneOffset.UTC))
                .update();
    }
}
