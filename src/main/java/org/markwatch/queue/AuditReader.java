package org.markwatch.queue;

import java.util.Map;

/**
 * The account that reads the audit.
 *
 * @param account   its name
 * @param mayDecide whether it may decide items, and so become the second reviewer of one
 * @param access    lanes that it may not see
 */
public record AuditReader(String account, boolean mayDecide, LaneAccess access) {
    /** The item of an entry that is about one; in a CASE, because the order of conditions is not defined. */
    private static final String ITEM =
            "case when a.subject ~ '^item:[0-9]{1,18}$' then substring(a.subject from 6)::bigint end";

    private static final String CLUSTER =
            "case when a.subject ~ '^cluster:[0-9]{1,18}$' then substring(a.subject from 9)::bigint end";

    /** The bulk decision of an entry that is about one. The details have their keys in order. */
    private static final String BULK = """
            case when a.action in ('cluster.decide', 'cluster.undo')
                 then substring(a.details from '^[{]"bulk":([0-9]{1,18})[,}]')::bigint end""";

    /** The lane that a search was restricted to. Within a value of the details, quotes follow a backslash. */
    private static final String SEARCHED_LANE = """
            case when a.action = 'queue.search' then substring(a.details from '"lane":"([^"\\\\]*)"[}]$') end""";

    /**
     * Returns an SQL condition over {@code audit a} for entries that are about no hidden lane, and adds its parameters to
     * {@code values}.
     */
    String visible(Map<String, Object> values) {
        if (access.hidden().isEmpty()) {
            return "true";
        }
        String shown = access.condition(values);
        return """
                not exists (select from item i where i.id = %1$s and not (%5$s))
                and not exists (select from bulk_item b join item i on i.id = b.item_id
                                 where b.bulk_id = %2$s and not (%5$s))
                and (not exists (select from cluster_item c join item i on i.id = c.item_id
                                  where c.cluster_id = %3$s and not (%5$s))
                     or exists (select from cluster_item c join item i on i.id = c.item_id
                                 where c.cluster_id = %3$s and %5$s))
                and coalesce(%4$s, '') <> all(cast(:hiddenLanes as text[]))
                """.formatted(ITEM, BULK, CLUSTER, SEARCHED_LANE, shown);
    }

    /**
     * Returns an SQL condition over {@code audit a} for searches of accounts that saw a lane which is hidden from this one:
     * the words may be those of a page in that lane. Adds its parameters to {@code values}.
     */
    String searchedHidden(Map<String, Object> values) {
        if (access.hidden().isEmpty()) {
            return "false";
        }
        access.condition(values);
        return """
                case when a.action = 'queue.search'
                     then not coalesce(jsonb_exists_all(cast(a.details as jsonb) -> 'hidden', cast(:hiddenLanes as text[])), false)
                     else false end""";
    }

    /**
     * Returns an SQL condition over {@code audit a} for entries that could tell the account the first decision on an item
     * that it may decide a second time, and adds its parameters to {@code values}: what others did with the item since it
     * was queued, and their bulk decisions on it.
     */
    String withheld(Map<String, Object> values) {
        if (!mayDecide) {
            return "false";
        }
        values.put("reader", account);
        values.put("system", Audit.SYSTEM);
        String blind = "cardinality(i.reviewed_by) = 1 and not (i.reviewed_by @> array[cast(:reader as text)])"
                + " and a.at >= i.queued_at";
        return """
                a.actor not in (:reader, :system)
                and (exists (select from item i where i.id = %s and %s)
                     or exists (select from bulk_item b join item i on i.id = b.item_id where b.bulk_id = %s and %s))
                """.formatted(ITEM, blind, BULK, blind);
    }
}
