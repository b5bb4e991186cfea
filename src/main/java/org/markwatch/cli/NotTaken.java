package org.markwatch.cli;

import java.net.URI;
import java.util.Set;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.markwatch.crawl.Pages;

/** The URLs of a run that no text came of, as a table for a terminal: how they ended, and why. */
final class NotTaken {
    private static final int MOST_ROWS = 50;
    private static final Set<String> TAKEN = Set.of("fetched", "not-modified");

    private final TextTable table = new TextTable("NOT TAKEN", "PAGE", "WHY");
    private int rows;

    private NotTaken() {}

    /** All of them. */
    static String pages(DataSource database, long run) {
        return of(database, run, page -> true);
    }

    /** The seeds among them: what somebody asked for by name. */
    static String seeds(DataSource database, long run) {
        return of(database, run, page -> page.depth() == 0);
    }

    /** Empty if there are none. */
    private static String of(DataSource database, long run, Predicate<Pages.Page> wanted) {
        NotTaken taken = new NotTaken();
        new Pages(database).forEach(run, page -> {
            if (!TAKEN.contains(page.disposition()) && wanted.test(page)) {
                taken.add(page);
            }
        });
        if (taken.rows > MOST_ROWS) {
            taken.table.below("and " + (taken.rows - MOST_ROWS) + " more: markwatch export pages");
        }
        return taken.rows == 0 ? "" : taken.table.toString();
    }

    private void add(Pages.Page page) {
        rows++;
        if (rows <= MOST_ROWS) {
            table.row(page.disposition(), Terminal.defang(URI.create(page.url())), page.reason());
        }
    }
}
