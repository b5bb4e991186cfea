package org.markwatch.crawl;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads the dispositions of URLs from table {@code page}. Thread-safe. */
public final class DispositionStore {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    /** Reads from this database. */
    public DispositionStore(DataSource database) {
        this.jdbc = JdbcClient.create(database);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    }

    /**
     * The stored disposition of a URL.
     *
     * @param url         canonical URL
     * @param finalUrl    URL after redirects
     * @param disposition fetched, not-modified, refused, disallowed or failed
     * @param status      HTTP status as {@link Disposition} defines it; 0 without a response, and for every disallowed
     *                    URL, also for a fetched page with {@code noindex}
     * @param contentType media type, null unless it was fetched or not modified
     * @param bytes       decoded body bytes read; 0 unless the URL is fetched or refused, and 0 for a response that
     *                    exceeds a limit
     * @param textSha256  hex SHA-256 of the text, null unless it was fetched or not modified
     * @param fetchedAt   time of the disposition
     * @param host        scheme, host and port of the URL
     * @param depth       number of links from the seed, 0 or more
     * @param tls         fault of the certificate of the host that answered; empty if it has none, and for http
     * @param reason      why there is no text, one line for people; empty if the page was fetched
     */
    public record PageDisposition(
            String url,
            String finalUrl,
            String disposition,
            int status,
            @Nullable String contentType,
            int bytes,
            @Nullable String textSha256,
            Instant fetchedAt,
            String host,
            int depth,
            String tls,
            String reason) {}

    /**
     * Passes every disposition of a run to {@code sink} in the order of discovery, from one snapshot, with bounded
     * memory.
     */
    public void forEach(long runId, Consumer<? super PageDisposition> sink) {
        // the driver uses a cursor only in a transaction; without one it loads the whole run into memory
        transaction.executeWithoutResult(status -> {
            try (Stream<PageDisposition> pages =
                    jdbc.sql("""
                            select url, final_url, disposition, status, content_type, bytes, text_sha256, fetched_at, host, depth, coalesce(tls, '') as tls, coalesce(reason, '') as reason
                              from page where run_id = ? order by frontier_id""").param(runId).withFetchSize(500).query(DispositionStore::pageDisposition).stream()) {
                pages.forEach(sink);
            }
        });
    }

    /**
     * A visit with the disposition fetched or not-modified.
     *
     * @param run             id of the run
     * @param page            the disposition
     * @param truncated       whether the body exceeded the size limit and the text is truncated
     * @param robotsAuthority authority of the seed if the URL was requested although robots.txt disallows it; else
     *                        empty
     * @param textReadAt      when the stored text of the page was fetched; null if none is stored
     */
    public record PageVisit(
            long run,
            PageDisposition page,
            boolean truncated,
            String robotsAuthority,
            @Nullable Instant textReadAt) {}

    /**
     * Returns the last visit of a page up to and including a run. A rescan visits no page, so the visit may be of an
     * earlier run.
     *
     * @param finalUrl URL of the page after redirects
     * @param upTo     id of the last run to consider
     */
    public Optional<PageVisit> lastVisit(HttpUrl finalUrl, long upTo) {
        return jdbc.sql("""
                        select r.id as run, v.url, v.final_url, v.disposition, v.status, v.content_type, v.bytes, v.text_sha256,
                               v.fetched_at, v.host, v.depth, coalesce(v.tls, '') as tls, coalesce(v.reason, '') as reason,
                               v.truncated, coalesce(v.robots_authority, '') as robots_authority, k.read_at
                          from run r
                         cross join lateral (
                               select p.*, f.url_hash
                                 from frontier f join page p on p.frontier_id = f.id
                                where f.run_id = r.id and f.url_hash = :hash and p.final_url = :url
                               union all
                               select p.*, f.url_hash
                                 from page p join frontier f on f.id = p.frontier_id
                                where p.run_id = r.id and p.final_url = :url and p.final_url <> p.url) v
                          left join known_page k on k.url_hash = v.url_hash
                         where r.id <= :run and v.disposition in ('fetched', 'not-modified')
                         order by r.id desc, v.frontier_id limit 1
                        """)
                .param("hash", Outlinks.DiscoveredUrl.hashOf(finalUrl.toString()))
                .param("url", finalUrl.toString())
                .param("run", upTo)
                .query(DispositionStore::pageVisit)
                .optional();
    }

    private static PageVisit pageVisit(ResultSet row, int number) throws SQLException {
        OffsetDateTime read = row.getObject("read_at", OffsetDateTime.class);
        return new PageVisit(
                row.getLong("run"),
                pageDisposition(row, number),
                row.getBoolean("truncated"),
                row.getString("robots_authority"),
                read == null ? null : read.toInstant());
    }

    private static PageDisposition pageDisposition(ResultSet row, int number) throws SQLException {
        return new PageDisposition(
                row.getString("url"),
                row.getString("final_url"),
                row.getString("disposition"),
                row.getInt("status"),
                row.getString("content_type"),
                row.getInt("bytes"),
                row.getString("text_sha256"),
                row.getObject("fetched_at", OffsetDateTime.class).toInstant(),
                row.getString("host"),
                row.getInt("depth"),
                row.getString("tls"),
                row.getString("reason"));
    }
}
