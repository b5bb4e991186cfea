package org.markwatch.crawl.run;

import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The committed counts of a run in progress, read at a cost that does not depend on its size.
 *
 * @param pages    URLs by disposition: fetched, not-modified, redirected, refused, disallowed, failed
 * @param refused  refused URLs by kind of content, as {@code run_count} names it
 * @param bytes    decoded body bytes of fetched pages
 * @param requests HTTP requests of all kinds
 */
public record LiveCounts(Map<String, Long> pages, Map<String, Long> refused, long bytes, long requests) {
    public LiveCounts {
        pages = Map.copyOf(pages);
        refused = Map.copyOf(refused);
    }

    /** Reads the counts of a run; all are 0 or missing before its first commit. */
    public static LiveCounts of(DataSource database, long run) {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        JdbcClient.create(database)
                .sql("select about, name, n from run_count where run_id = ?"
                        + " and about in ('page', 'refused', 'bytes', 'request')")
                .param(run)
                .query(row -> {
                    counts.computeIfAbsent(row.getString("about"), about -> new TreeMap<>())
                            .put(row.getString("name"), row.getLong("n"));
                });
        return new LiveCounts(
                counts.getOrDefault("page", Map.of()),
                counts.getOrDefault("refused", Map.of()),
                total(counts.getOrDefault("bytes", Map.of())),
                total(counts.getOrDefault("request", Map.of())));
    }

    private static long total(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
