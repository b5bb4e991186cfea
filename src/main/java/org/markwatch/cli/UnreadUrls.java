package org.markwatch.cli;

import java.util.Set;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.markwatch.crawl.DispositionStore;
import org.markwatch.url.HttpUrl;

/** Formats the URLs of a run that were refused, disallowed or failed as a table for a terminal, with the reasons. */
final class UnreadUrls {
    private static final int MAX_ROWS = 50;
    private static final Set<String> READ = Set.of("fetched", "not-modified", "redirected");

    private final TextTable table = new TextTable("NOT FETCHED", "URL", "REASON");
    private int rows;

    private UnreadUrls() {}

    /** Returns the table of all such URLs, or an empty string if there are none. */
    static String pages(DataSource database, long run) {
        return of(database, run, page -> true);
    }

    /** Returns the table of such seeds, or an empty string if there are none. */
    static String seeds(DataSource database, long run) {
        return of(database, run, page -> page.depth() == 0);
    }

    private static String of(DataSource database, long run, Predicate<DispositionStore.PageDisposition> wanted) {
        UnreadUrls unread = new UnreadUrls();
        new DispositionStore(database).forEach(run, page -> {
            if (!READ.contains(page.disposition()) && wanted.test(page)) {
                unread.add(page);
            }
        });
        if (unread.rows > MAX_ROWS) {
            unread.table.lineBelow("and " + (unread.rows - MAX_ROWS) + " more: markwatch export pages");
        }
        return unread.rows == 0 ? "" : unread.table.toString();
    }

    private void add(DispositionStore.PageDisposition page) {
        rows++;
        if (rows <= MAX_ROWS) {
            table.row(page.disposition(), Terminal.defang(HttpUrl.of(page.url())), page.reason());
        }
    }
}
