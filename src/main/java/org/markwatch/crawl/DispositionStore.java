package org.markwatch.crawl;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads how the visits of a run ended. */
public final class DispositionStore {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    public DispositionStore(DataSource database) {
        this.jdbc = JdbcClient.create(database);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    }

    /**
     * The stored disposition of a URL.
     *
     * @param url         canonical URL
     * @param finalUrl    where its redirects led
     * @param disposition fetched, not-modified, refused, disallowed or failed
     * @param status      HTTP status, 0 if there was no answer
     * @param contentType media type, null unless it was fetched or not modified
     * @param bytes       decoded body bytes read
     * @param textSha256  hex SHA-256 of the text, null unless it was fetched or not modified
     * @param fetchedAt   when it was decided
     * @param host        politeness key
     * @param depth       links away from the seed
     * @param tls         what is wrong with the certificate of the host that answered; empty if nothing is, and for http
     * @param reason      why there is no text, one line for people; empty if it was fetched
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

    /** Hands over every page of a run in the order of discovery, a few at a time, as of one moment. */
    public void forEach(long runId, Consumer<? super PageDisposition> sink) {
        // a cursor lives only in a transaction; without one the driver would read the whole run into memory
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
     * A visit that text came of, or whose text was found unchanged.
     *
     * @param run             the run of the visit
     * @param page            how it ended
     * @param truncated       whether the text was cut short
     * @param robotsAuthority by whose authority it was asked for although robots.txt disallows it; empty if it was not
     * @param textReadAt      when the text came that is kept of the page; null if none is
     */
    public record PageVisit(
            long run,
            PageDisposition page,
            boolean truncated,
            String robotsAuthority,
            @Nullable Instant textReadAt) {}

    /**
     * The last such visit of a page up to a run; an earlier run's if that one asked nobody, as a rescan does.
     *
     * @param finalUrl where the page was read
     */
    public Optional<PageVisit> lastVisit(URI finalUrl, long upTo) {
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
