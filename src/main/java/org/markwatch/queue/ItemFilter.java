package org.markwatch.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A filter for the items of the queue. An empty string means no restriction.
 *
 * @param show     restriction by state and claim
 * @param reviewer whose claims {@link Show#MINE} means
 * @param access   lanes that the filter never selects
 * @param lane     a lane
 * @param severity a severity
 * @param brand    a brand id
 * @param group    key of a policy group that gave points
 * @param host     a host name
 * @param language a language tag as the page states it
 * @param text     words or beginnings of words that the URL, the title and the snippets contain, all of them
 */
public record ItemFilter(
        Show show,
        String reviewer,
        LaneAccess access,
        String lane,
        String severity,
        String brand,
        String group,
        String host,
        String language,
        String text) {

    /** Items by state and claim. */
    public enum Show {
        /** New or re-opened, without those that the reviewer has decided and that wait for somebody else. */
        OPEN("i.state in ('new', 'reopened') and not (i.reviewed_by @> array[cast(:reviewer as text)])"),
        /** Open and not claimed. */
        FREE(OPEN.condition + " and (i.claimed_until is null or i.claimed_until <= :now)"),
        /** Claimed by the reviewer of the filter. */
        MINE("i.claimed_by = :reviewer and i.claimed_until > :now"),
        /** Claimed by any reviewer. */
        CLAIMED("i.state in ('new', 'reopened') and i.claimed_by is not null and i.claimed_until > :now"),
        /** Open again after a decision. */
        REOPENED("i.state = 'reopened' and not (i.reviewed_by @> array[cast(:reviewer as text)])"),
        /** Decided by the reviewer of the filter, and waiting for another person to decide too. */
        WAITING("i.reviewed_by <> '{}' and i.reviewed_by @> array[cast(:reviewer as text)]"),
        /** Decided differently by two persons, and waiting for a third one. */
        ADJUDICATION("i.reviewed_by <> '{}' and cardinality(i.reviewed_by) = 2"),
        DECIDED("i.state = 'decided'"),
        /** Closed because no rule supports them any more. */
        CLOSED("i.state = 'closed'"),
        /** All but copies of calibration items. */
        ALL("i.state <> 'calibration'");

        private final String condition;

        Show(String condition) {
            this.condition = condition;
        }

        /** Returns the name on screens, for example {@code open}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Creates a filter without restriction to a group, a host or a language. */
    public ItemFilter(
            Show show, String reviewer, LaneAccess access, String lane, String severity, String brand, String text) {
        this(show, reviewer, access, lane, severity, brand, "", "", "", text);
    }

    /** Returns the filter for all open items. */
    public static ItemFilter open(String reviewer, LaneAccess access) {
        return new ItemFilter(Show.OPEN, reviewer, access, "", "", "", "");
    }

    /** Returns a copy with another access. */
    public ItemFilter within(LaneAccess other) {
        return new ItemFilter(show, reviewer, other, lane, severity, brand, group, host, language, text);
    }

    /** Returns a copy with another restriction by state and claim. */
    ItemFilter with(Show other) {
        return new ItemFilter(other, reviewer, access, lane, severity, brand, group, host, language, text);
    }

    /** Returns whether the filter selects all open items. */
    public boolean isUnrestricted() {
        return equals(open(reviewer, access));
    }

    /** Returns the restrictions as text for people, for example {@code lane brand, severity high}. */
    public String description() {
        List<String> parts = new ArrayList<>();
        add(parts, "", show.label());
        add(parts, "lane ", lane);
        add(parts, "severity ", severity);
        add(parts, "brand ", brand);
        add(parts, "group ", group);
        add(parts, "host ", host);
        add(parts, "language ", language);
        add(parts, "words ", text);
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, String name, String value) {
        if (!value.isEmpty()) {
            parts.add(name + value);
        }
    }

    /**
     * Returns a condition over {@code item i} and adds its parameters, except {@code :now}, to {@code values}.
     */
    String condition(Map<String, Object> values) {
        StringBuilder condition = new StringBuilder(show.condition);
        values.put("reviewer", reviewer);
        condition.append(" and ").append(access.condition(values));
        equal(condition, values, "lane", lane);
        equal(condition, values, "severity", severity);
        equal(condition, values, "host", host);
        equal(condition, values, "language", language);
        contains(condition, values, "brands", brand);
        contains(condition, values, "groups", group);
        String words = SearchWords.query(text);
        if (!words.isEmpty()) {
            condition.append(" and i.words @@ cast(:words as tsquery)");
            values.put("words", words);
        } else if (!text.isEmpty()) {
            condition.append(" and false");
        }
        return condition.toString();
    }

    private static void equal(StringBuilder condition, Map<String, Object> values, String column, String value) {
        if (!value.isEmpty()) {
            condition.append(" and i.").append(column).append(" = :").append(column);
            values.put(column, StoredText.of(value));
        }
    }

    private static void contains(StringBuilder condition, Map<String, Object> values, String column, String value) {
        if (!value.isEmpty()) {
            condition
                    .append(" and i.")
                    .append(column)
                    .append(" @> array[cast(:")
                    .append(column)
                    .append(" as text)]");
            values.put(column, StoredText.of(value));
        }
    }
}
