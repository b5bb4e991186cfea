package org.markwatch.cli;

import java.net.URI;
import java.util.Set;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.markwatch.crawl.DispositionStore;

/** The URLs of a run that no text came of, as a table for a terminal: how they ended, and why. */
final class UnreadUrls {
    private static final int MAX_ROWS = 50;
    private static final Set<String> READ = Set.of("fetched", "not-modified");

    private final TextTable table = new TextTable("NOT TAKEN", "PAGE", "WHY");
    private int rows;

    private UnreadUrls() {}

    /** All of them. */
    static String pages(DataSource database, long run) {
        return of(database, run, page -> true);
    }

    /** The seeds among them: what somebody asked for by name. */
    static String seeds(DataSource database, long run) {
        return of(database, run, page -> page.depth() == 0);
    }

    /** Empty if there are none. */
    private static String of(DataSource database, long run, Predicate<DispositionStore.PageDisposition> wanted) {
        UnreadUrls taken = new UnreadUrls();
        new DispositionStore(database).forEach(run, page -> {
            if (!READ.contains(page.disposition()) && wanted.test(page)) {
                taken.add(page);
            }
        });
        if (taken.rows > MAX_ROWS) {
            taken.table.lineBelow("and " + (taken.rows - MAX_ROWS) + " more: markwatch export pages");
        }
        return taken.rows == 0 ? "" : taken.table.toString();
    }

    private void add(DispositionStore.PageDisposition page) {
        rows++;
        if (rows <= MAX_ROWS) {
            table.row(page.disposition(), Terminal.defang(URI.create(page.url())), page.reason());
        }
    }
}
