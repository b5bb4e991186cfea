package org.markwatch.crawl;

import java.net.URI;
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
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is kept of pages from run to run, for judging it again without asking anybody. */
public final class KeptTextStore {
    private final DataSource database;
    private final JdbcClient jdbc;

    public KeptTextStore(DataSource database) {
        this.database = database;
        this.jdbc = JdbcClient.create(database);
    }

    /**
     * A page.
     *
     * @param id     its place in the order in which pages are read
     * @param finalUrl   its final URL
     * @param rules  what it was judged by
     * @param run    the run that holds its verdict, null if that run is gone
     * @param packedContent what the rules see, as {@link PageAnalyser#unpack} takes it
     */
    public record KeptText(
            UUID id, URI finalUrl, UUID rules, @Nullable Long run, byte[] packedContent) {}

    /** How many pages are kept, for a progress bar. */
    public long count() {
        return jdbc.sql("select count(*) from known_page").query(Long.class).single();
    }

    /** How many of them have their verdict in a run. */
    public long count(long run) {
        return jdbc.sql("select count(*) from known_page where run_id = ?")
                .param(run)
                .query(Long.class)
                .single();
    }

    /**
     * The next pages in the order of their id.
     *
     * @param after  id of the last page read, null to begin
     * @param beside a run whose own verdicts are passed over, so that it can be gone on with; 0 for none
     * @param max    the most, at least 1
     */
    public List<KeptText> next(@Nullable UUID after, long beside, int max) {
        return jdbc.sql("""
                        select url_hash, final_url, rules, run_id, seen from known_page
                        where url_hash > ? and run_id is distinct from ? order by url_hash limit ?""")
                .params(after == null ? new UUID(0, 0) : after, beside, max)
                .query((row, number) -> new KeptText(
                        row.getObject("url_hash", UUID.class),
                        URI.create(row.getString("final_url")),
                        row.getObject("rules", UUID.class),
                        row.getObject("run_id", Long.class),
                        row.getBytes("seen")))
                .list();
    }

    /**
     * Notes that a run holds the verdicts of pages from now on, in the transaction of the calling thread, and counts them there.
     *
     * @param rules  what they were judged by
     * @param judged pages that were judged again
     * @param stood  pages whose verdict stood and was copied into the run
     */
    public void recordAnalysis(long run, UUID rules, Collection<KeptText> judged, Collection<KeptText> stood) {
        UUID[] ids =
                Stream.concat(judged.stream(), stood.stream()).map(KeptText::id).toArray(UUID[]::new);
        jdbc.sql("update known_page set run_id = ?, rules = ? where url_hash = any (?)")
                .params(run, rules, ids)
                .update();
        Map<CrawlCounters.CounterKey, Long> counts = new HashMap<>();
        counts.put(new CrawlCounters.CounterKey("economy", "judged-again"), (long) judged.size());
        counts.put(new CrawlCounters.CounterKey("economy", "verdict-stood"), (long) stood.size());
        counts.values().removeIf(n -> n == 0);
        new FrontierStore(database, run).addCounts(counts);
    }

    /** Forgets pages whose text came before a moment; they are read anew when they are visited next. Returns how many it was. */
    public int deleteReadBefore(Instant readBefore) {
        return jdbc.sql("delete from known_page where read_at < ?")
                .param(readBefore.atOffset(ZoneOffset.UTC))
                .update();
    }
}
