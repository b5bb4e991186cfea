package org.markwatch.crawl.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.markwatch.crawl.UrlHash;
import org.markwatch.url.HttpUrl;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.NamedInterface;

/**
 * What the kept text of a page refers to: files that are never requested, and links with what became of them. Queries throw
 * {@link org.springframework.dao.QueryTimeoutException} after five seconds. Thread-safe.
 */
@NamedInterface("store")
public final class StoredReferences {
    /** Links of a page that are counted. */
    private static final int MOST_LINKS = 1000;

    private static final int TIMEOUT_SECONDS = 5;

    private final JdbcClient jdbc;

    /** Reads from this database. */
    public StoredReferences(DataSource database) {
        JdbcTemplate limited = new JdbcTemplate(database);
        limited.setQueryTimeout(TIMEOUT_SECONDS);
        this.jdbc = JdbcClient.create(limited);
    }

    /**
     * References of a page.
     *
     * @param files number of files by kind, for example {@code image}
     * @param links number of links by what became of them, most first
     */
    public record Referred(Map<String, Integer> files, List<LinkCount> links) {}

    /**
     * Links of a page that ended in the same way.
     *
     * @param what {@code read}, {@code redirected}, {@code refused}, {@code disallowed}, {@code failed} or {@code not-visited}
     * @param kind what was refused, for example {@code image}; else empty
     */
    public record LinkCount(String what, String kind, int links) {}

    /** Returns the references of a page; empty if no text of it is kept. */
    public Optional<Referred> of(HttpUrl page) {
        return jdbc.sql(
                        "select k.links, k.refers_to from page_text k join page p on p.id = k.page_id where p.url_hash = ?")
                .param(UrlHash.of(page.toString()))
                .query((row, number) -> new Referred(files(row.getString(2)), links(row.getString(1))))
                .optional();
    }

    private static Map<String, Integer> files(String counts) {
        Map<String, Integer> files = new LinkedHashMap<>();
        for (String count : counts.isEmpty() ? new String[0] : counts.split(" ")) {
            int equals = count.indexOf('=');
            files.put(count.substring(0, equals), Integer.valueOf(count.substring(equals + 1)));
        }
        return files;
    }

    private List<LinkCount> links(String lines) {
        List<UUID> urls = lines.lines().limit(MOST_LINKS).map(UrlHash::of).toList();
        return jdbc.sql("""
                        select case when disposition in ('fetched', 'not-modified') then 'read'
                                    else coalesce(disposition, 'not-visited') end as what,
                               replace(lower(coalesce(kind, '')), '_', '-') as kind, count(*) as links
                          from unnest(?) as link(url_hash) left join page using (url_hash)
                         group by 1, 2 order by links desc, what, kind
                        """)
                .param((Object) urls.toArray(UUID[]::new))
                .query((row, number) ->
                        new LinkCount(row.getString("what"), row.getString("kind"), row.getInt("links")))
                .list();
    }
}
