package org.markwatch.queue;

import java.util.Locale;
import java.util.Map;

/** What the items of the queue can be filtered by. */
public enum ItemTerm {
    /** A lane. */
    LANE("lane ", "i.lane = :lane"),
    /** A severity. */
    SEVERITY("severity ", "i.severity = :severity"),
    /** A brand id. */
    BRAND("brand ", "i.brands @> array[cast(:brand as text)]"),
    /** The key of a policy group that gave points. */
    GROUP("group ", "i.groups @> array[cast(:group as text)]"),
    /** A rule in the evidence, {@code id@version}. */
    RULE("rule ", "item_rules(i.evidence) @> array[cast(:rule as text)]"),
    /** A host name. */
    HOST("host ", "i.host = :host"),
    /** A language tag as the page states it. */
    LANGUAGE("language ", "i.language = :language"),
    /** The last label of the host name, for example {@code de}. */
    SUFFIX("suffix ", "i.suffix = :suffix"),
    /** A number of days, 0 to 9999, for which the item has waited at least. */
    DAYS("days ", "i.queued_at <= :now - cast(:days as integer) * interval '1 day'"),
    /** The account that holds the item. */
    ASSIGNEE("held by ", "i.claimed_by = :assignee and i.claimed_until > :now"),
    /** The number of a cluster. */
    CLUSTER(
            "cluster ",
            // an array, so that PostgreSQL begins with the cluster and not with the order of the queue
            "i.id = any(array(select m.item_id from cluster_item m where m.cluster_id = cast(:cluster as bigint)))"),
    /** Words or beginnings of words that the URL, the title and the snippets contain, all of them. */
    TEXT("words ", "i.words @@ cast(:text as tsquery)");

    private final String title;
    private final String condition;

    ItemTerm(String title, String condition) {
        this.title = title;
        this.condition = condition;
    }

    /** Returns the restriction in words for people, for example {@code lane brand}. */
    String description(String value) {
        return title + value;
    }

    /** Returns a condition over {@code item i}, and adds its parameter to {@code values}. */
    String condition(String value, Map<String, Object> values) {
        String stored = StoredText.of(value);
        if (this == TEXT) {
            stored = SearchWords.query(value);
            if (stored.isEmpty()) {
                return "false";
            }
        }
        if (this == DAYS && !stored.matches("[0-9]{1,4}")) {
            return "false";
        }
        if (this == CLUSTER && !stored.matches("[0-9]{1,18}")) {
            return "false";
        }
        values.put(name().toLowerCase(Locale.ROOT), stored);
        return condition;
    }
}
