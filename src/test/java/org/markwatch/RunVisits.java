package org.markwatch;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Visits of the latest run, as a test counts them. */
final class RunVisits {
    private RunVisits() {}

    /** Returns the URLs of the fetched pages, and once more each that the latest run has visited twice. */
    static List<String> of(JdbcTemplate jdbc) {
        // a second visit in the run replaces the disposition of the first or finds the page as it was
        return jdbc.query("""
                with r as (select max(id) as id from run)
                select url from page where disposition = 'fetched'
                union all
                select p.url from visit v join page p on p.id = v.page_id, r where v.run_id = r.id and v.to_run = r.id
                union all
                select p.url from r, revisit v cross join unnest(v.pages) as seen (page_id) join page p on p.id = seen.page_id
                where v.run_id = r.id group by p.id, r.id having count(*) + (p.run_id = r.id)::int > 1""", (row, number) -> row.getString(1));
    }
}
