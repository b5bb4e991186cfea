package org.markwatch.crawl.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.UrlHash;
import org.markwatch.url.HttpUrl;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.modulith.NamedInterface;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the dispositions of URLs in a run. A run stores what it found changed; for other URLs the disposition of an
 * earlier run stands. Thread-safe.
 */
@NamedInterface("store")
public final class DispositionStore {
    private static final String STATE_COLUMNS =
            "run_id, disposition, final_url, kind, cause, reason, status, content_type,"
                    + " bytes, truncated, text_sha256, fetched_at, tls, robots_authority";

    /** The dispositions that stand at the end of run {@code :run}: the current ones, and those replaced later. */
    private static final String STATES = "(select id as page_id, " + STATE_COLUMNS
            + " from page where run_id <= :run union all select page_id, " + STATE_COLUMNS
            + " from visit where run_id <= :run and to_run > :run)";

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
     * @param disposition fetched, not-modified, redirected, refused, disallowed or failed
     * @param status      0 for a page with text that was not requested in the run; else HTTP status as {@link org.markwatch.crawl.Disposition} defines it; 0 without a response, and for every disallowed
     *                    URL, also for a fetched page with {@code noindex}
     * @param contentType media type, null unless it was fetched or not modified
     * @param bytes       decoded body bytes read; 0 unless the URL is fetched or refused, and 0 for a response that
     *                    exceeds a limit
     * @param textSha256  hex SHA-256 of the text, null unless it was fetched or not modified
     * @param fetchedAt   when the run found this, or the earlier run whose disposition stands
     * @param host        scheme, host and port of the URL
     * @param depth       number of links from the seed, 0 or more
     * @param tls         fault of the certificate of the host that answered; empty if it has none, and for http
     * @param reason      why there is no text, one line for people; empty if the page was fetched
     * @param seed        URL of the seed by which the page is known
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
            String reason,
            String seed) {
        private static final Set<String> READ = Set.of("fetched", "not-modified", "redirected");

        /** Returns whether the URL neither has text nor leads to another page. */
        public boolean isUnread() {
            return !READ.contains(disposition);
        }
    }

    /**
     * URLs that failed in a run.
     *
     * @param host  scheme, host and port; empty for all hosts
     * @param cause class of the failure, see {@link org.markwatch.crawl.Disposition.Failed#cause}
     * @param pages number of URLs, 1 or more
     */
    public record FailedHost(String host, String cause, long pages) {}

    /**
     * Returns how many URLs failed in the run that ended last: first over all hosts by cause, then by host and cause, most
     * URLs first.
     *
     * @param limit maximum number of rows
     */
    public List<FailedHost> failures(long runId, int limit) {
        return jdbc.sql("""
                        select coalesce(host, '') as host, coalesce(cause, '') as cause, count(*) as pages from page
                         where disposition = 'failed' and id in (
                               select id from page where run_id = :run
                               union all select unnest(pages) from revisit where run_id = :run)
                         group by grouping sets ((cause), (host, cause))
                         order by grouping(host) desc, pages desc, host, cause limit :limit""")
                .param("run", runId)
                .param("limit", limit)
                .query((row, number) ->
                        new FailedHost(row.getString("host"), row.getString("cause"), row.getLong("pages")))
                .list();
    }

    /**
     * Passes the disposition of every URL that the sites of a run had at its end to {@code sink}, in the order of
     * discovery, from one snapshot, with bounded memory. A rescan visits no page and has none.
     */
    public void forEach(long runId, Consumer<? super PageDisposition> sink) {
        forEach(runId, "true", sink);
    }

    /** Passes the dispositions of the seeds of a run to {@code sink}, as {@link #forEach} does. */
    public void forEachSeed(long runId, Consumer<? super PageDisposition> sink) {
        forEach(runId, "p.depth = 0", sink);
    }

    private void forEach(long runId, String condition, Consumer<? super PageDisposition> sink) {
        // the driver uses a cursor only in a transaction; without one it loads the whole run into memory
        transaction.executeWithoutResult(status -> {
            try (Stream<PageDisposition> pages = jdbc
                    .sql("""
                            with asked as materialized (
                                select unnest(pages) as page_id, status, at from revisit where run_id = :run)
                            select p.url, coalesce(s.final_url, p.url) as final_url, p.host, p.depth,
                                   case when not same then s.disposition
                                        when a.status is null or a.status = 304 then 'not-modified' else 'fetched' end as disposition,
                                   case when same then coalesce(a.status, 0) else s.status end as status,
                                   s.content_type, case when same and coalesce(a.status, 304) = 304 then 0 else s.bytes end as bytes,
                                   s.text_sha256, coalesce(a.at, s.fetched_at) as fetched_at,
                                   coalesce(s.tls, '') as tls, coalesce(s.reason, '') as reason, (select url from seed where id = p.seed) as seed
                              from %s s
                              join page p on p.id = s.page_id
                              join run_seed r on r.run_id = :run and r.seed = p.seed
                              left join asked a on a.page_id = s.page_id
                             cross join lateral (
                                   select s.run_id < :run and s.disposition in ('fetched', 'not-modified') as same) t
                             where %s
                             order by p.id""".formatted(STATES, condition))
                    .param("run", runId)
                    .withFetchSize(500)
                    .query(DispositionStore::pageDisposition)
                    .stream()) {
                pages.forEach(sink);
            }
        });
    }

    /** Returns the URLs of the seeds by which pages are known, by page. Pages that are not known are not in the result. */
    public Map<HttpUrl, String> seeds(Collection<HttpUrl> pages) {
        Map<HttpUrl, String> seeds = new HashMap<>();
        UUID[] hashes = pages.stream().map(page -> UrlHash.of(page.toString())).toArray(UUID[]::new);
        jdbc.sql("select p.url, s.url as seed from page p join seed s on s.id = p.seed where p.url_hash = any (?)")
                .param(hashes)
                .query(row -> {
                    seeds.put(HttpUrl.of(row.getString("url")), row.getString("seed"));
                });
        return seeds;
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
     * Makes a page due in the next run, with the shortest interval.
     *
     * @param url final URL of the page
     * @return whether the page is known
     */
    public boolean makeDue(HttpUrl url) {
        return jdbc.sql("""
                        update schedule set due_at = now(), unchanged = 0, nights = 1
                         where page_id = (select id from page where url_hash = ?)
                        """).param(UrlHash.of(url.toString())).update() == 1;
    }

    /**
     * Returns the last visit with text of a page up to and including a run. A rescan visits no page, so the visit may
     * be of an earlier run.
     *
     * @param url  URL that serves the text of the page
     * @param upTo id of the last run to consider
     */
    public Optional<PageVisit> lastVisit(HttpUrl url, long upTo) {
        return jdbc.sql("""
                        with states as (
                            select p.id as page_id, %1$s from page p where p.url_hash = :hash and p.run_id <= :run
                            union all
                            select page_id, %1$s from visit
                             where page_id = (select id from page where url_hash = :hash) and run_id <= :run)
                        select coalesce(a.run_id, s.run_id) as run, p.url, coalesce(s.final_url, p.url) as final_url,
                               case when a.status is null then s.disposition when a.status = 304 then 'not-modified' else 'fetched'
                                   end as disposition,
                               coalesce(a.status, s.status) as status, s.content_type,
                               case when a.status = 304 then 0 else s.bytes end as bytes, s.text_sha256,
                               coalesce(a.at, s.fetched_at) as fetched_at, p.host, p.depth, coalesce(s.tls, '') as tls,
                               coalesce(s.reason, '') as reason, (select url from seed where id = p.seed) as seed, s.truncated, coalesce(s.robots_authority, '') as robots_authority,
                               case when k.page_id is not null then c.read_at end as read_at
                          from states s
                          join page p on p.id = s.page_id
                          left join schedule c on c.page_id = p.id
                          left join page_text k on k.page_id = p.id
                          left join lateral (
                               select v.run_id, v.status, v.at from revisit v
                                where v.run_id = :run and v.pages @> array[p.id] limit 1) a on true
                         where s.disposition in ('fetched', 'not-modified')
                         order by s.run_id desc limit 1
                        """.formatted(STATE_COLUMNS))
                .param("hash", UrlHash.of(url.toString()))
                .param("run", upTo)
                .query(DispositionStore::pageVisit)
                .optional();
    }

    /**
     * A disposition of a URL, which later runs may have found again.
     *
     * @param run         the first run that found it
     * @param status      HTTP status, 0 without a response
     * @param reason      why there is no text, one line for people; empty if there is text
     * @param tls         fault of the certificate; empty if there is none
     */
    public record PastDisposition(long run, Instant at, String disposition, int status, String reason, String tls) {}

    /** Returns the dispositions of a URL, latest first, at most {@code limit}. */
    public List<PastDisposition> history(HttpUrl url, int limit) {
        return jdbc.sql("""
                        with states as (
                            select %1$s from page where url_hash = :hash and disposition is not null
                            union all
                            select %1$s from visit where page_id = (select id from page where url_hash = :hash))
                        select run_id as run, fetched_at, disposition, status, coalesce(reason, '') as reason, coalesce(tls, '') as tls
                          from states order by run_id desc limit :limit
                        """.formatted(STATE_COLUMNS))
                .param("hash", UrlHash.of(url.toString()))
                .param("limit", limit)
                .query((row, number) -> new PastDisposition(
                        row.getLong("run"),
                        row.getObject("fetched_at", OffsetDateTime.class).toInstant(),
                        row.getString("disposition"),
                        row.getInt("status"),
                        row.getString("reason"),
                        row.getString("tls")))
                .list();
    }

    /**
     * A URL that redirects.
     *
     * @param status HTTP status of its response, 0 if it is not known
     */
    public record RedirectingUrl(HttpUrl url, int status) {}

    /** Returns URLs that redirect to a URL now, at most {@code limit}. */
    public List<RedirectingUrl> redirectsTo(HttpUrl url, int limit) {
        return jdbc.sql("select url, status from page where final_url = ? limit ?")
                .params(url.toString(), limit)
                .query((row, number) -> new RedirectingUrl(HttpUrl.of(row.getString("url")), row.getInt("status")))
                .list();
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
                row.getString("reason"),
                row.getString("seed"));
    }
}
