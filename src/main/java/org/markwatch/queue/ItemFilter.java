package org.markwatch.queue;

import java.util.Locale;
import java.util.Map;

/**
 * A filter for the items of the queue. An empty string means no restriction.
 *
 * @param show     restriction by state and claim
 * @param reviewer whose claims {@link Show#MINE} means
 * @param lane     a lane
 * @param severity a severity
 * @param brand    a brand id
 * @param text     text that the URL or the title contains; case is ignored
 */
public record ItemFilter(Show show, String reviewer, String lane, String severity, String brand, String text) {

    /** Items by state and claim. */
    public enum Show {
        /** New or re-opened. */
        OPEN("i.state in ('new', 'reopened')"),
        /** Open and not claimed. */
        FREE("i.state in ('new', 'reopened') and (i.claimed_until is null or i.claimed_until <= :now)"),
        /** Claimed by the reviewer of the filter. */
        MINE("i.claimed_by = :reviewer and i.claimed_until > :now"),
        /** Claimed by any reviewer. */
        CLAIMED("i.claimed_until > :now"),
        /** Open again after a decision. */
        REOPENED("i.state = 'reopened'"),
        DECIDED("i.state = 'decided'"),
        /** Closed because no rule supports them any more. */
        CLOSED("i.state = 'closed'"),
        ALL("true");

        private final String condition;

        Show(String condition) {
            this.condition = condition;
        }

        /** Returns the name on screens, for example {@code open}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns the filter for all open items. */
    public static ItemFilter open(String reviewer) {
        return new ItemFilter(Show.OPEN, reviewer, "", "", "", "");
    }

    /**
     * Returns a {@code where} clause over {@code item i} and adds its parameters, except {@code :now}, to
     * {@code values}.
     */
    String where(Map<String, Object> values) {
        StringBuilder where = new StringBuilder("where ").append(show.condition);
        values.put("reviewer", reviewer);
        equal(where, values, "lane", lane);
        equal(where, values, "severity", severity);
        if (!brand.isEmpty()) {
            where.append(" and i.brands @> array[cast(:brand as text)]");
            values.put("brand", StoredText.of(brand));
        }
        if (!text.isEmpty()) {
            where.append(" and (i.url ilike :text or i.title ilike :text)");
            values.put("text", "%" + StoredText.of(text).replaceAll("([\\\\%_])", "\\\\$1") + "%");
        }
        return where.toString();
    }

    private static void equal(StringBuilder where, Map<String, Object> values, String column, String value) {
        if (!value.isEmpty()) {
            where.append(" and i.").append(column).append(" = :").append(column);
            values.put(column, StoredText.of(value));
        }
    }
}
