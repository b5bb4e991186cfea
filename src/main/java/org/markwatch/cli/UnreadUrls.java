package org.markwatch.cli;

import javax.sql.DataSource;
import org.markwatch.crawl.store.DispositionStore;
import org.markwatch.url.HttpUrl;

/** Formats the URLs of a run that were refused, disallowed or failed as a table for a terminal, with the reasons. */
final class UnreadUrls {
    private static final int MAX_ROWS = 50;

    private final TextTable table = new TextTable("NOT FETCHED", "URL", "REASON");
    private int rows;

    private UnreadUrls() {}

    /** Returns the table of all such URLs, or an empty string if there are none. */
    static String pages(DataSource database, long run) {
        UnreadUrls unread = new UnreadUrls();
        new DispositionStore(database).forEach(run, unread::addIfUnread);
        return unread.text();
    }

    /** Returns the table of such seeds, or an empty string if there are none. */
    static String seeds(DataSource database, long run) {
        UnreadUrls unread = new UnreadUrls();
        new DispositionStore(database).forEachSeed(run, unread::addIfUnread);
        return unread.text();
    }

    private String text() {
        if (rows > MAX_ROWS) {
            table.lineBelow("and " + (rows - MAX_ROWS) + " more: markwatch export pages");
        }
        return rows == 0 ? "" : table.toString();
    }

    private void addIfUnread(DispositionStore.PageDisposition page) {
        if (!page.isUnread()) {
            return;
        }
        rows++;
        if (rows <= MAX_ROWS) {
            table.row(page.disposition(), Terminal.defang(HttpUrl.of(page.url())), page.reason());
        }
    }
}
