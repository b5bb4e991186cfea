package org.markwatch.queue;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A filter for the items of the queue.
 *
 * @param show     restriction by state and claim
 * @param reviewer whose claims {@link Show#MINE} means
 * @param access   lanes that the filter never selects
 * @param terms    further restrictions, all of which apply; no value is empty
 * @param late     for each rank of a severity the time up to which its items must have been queued; empty for no restriction
 */
public record ItemFilter(
        Show show, String reviewer, LaneAccess access, Map<ItemTerm, String> terms, Map<Integer, Instant> late) {
    private static final Set<ItemTerm> ROWS = EnumSet.of(ItemTerm.TEXT, ItemTerm.BRAND, ItemTerm.GROUP, ItemTerm.RULE);

    public ItemFilter {
        terms = Map.copyOf(terms);
        late = Map.copyOf(late);
    }

    /** Items by state and claim. */
    public enum Show {
        /** New or re-opened, without those that the reviewer has decided and that wait for somebody else. */
        OPEN("i.state in ('new', 'reopened') and not (i.reviewed_by @> array[cast(:reviewer as text)])"),
        /** Open and not claimed. */
        FREE(OPEN.condition + " and (i.claimed_until is null or i.claimed_until <= :now)"),
        /** Claimed by the reviewer of the filter. */
        MINE("i.claimed_by = :reviewer and i.claimed_until > :now"),
        /** Claimed by any reviewer; of copies of calibration items only those of the reviewer. */
        CLAIMED("(i.state in ('new', 'reopened') or i.dealt_to = :reviewer) and i.claimed_by is not null and"
                + " i.claimed_until > :now"),
        /** Open again after a decision. */
        REOPENED("i.state = 'reopened' and not (i.reviewed_by @> array[cast(:reviewer as text)])"),
        /** Decided by the reviewer of the filter, and waiting for another person to decide too. */
        WAITING("i.reviewed_by <> '{}' and i.reviewed_by @> array[cast(:reviewer as text)]"),
        /** Decided differently by two persons, and waiting for a third one. */
        ADJUDICATION("i.reviewed_by <> '{}' and cardinality(i.reviewed_by) = 2"),
        DECIDED("i.state = 'decided'"),
        /** Flagged, and then benign on direct fetch. */
        BENIGN("i.benign_at is not null and i.state <> 'calibration'"),
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

    /** Creates a filter by state and claim only. */
    public ItemFilter(Show show, String reviewer, LaneAccess access) {
        this(show, reviewer, access, Map.of(), Map.of());
    }

    /** Returns the filter for all open items. */
    public static ItemFilter open(String reviewer, LaneAccess access) {
        return new ItemFilter(Show.OPEN, reviewer, access);
    }

    /** Returns a copy with another access. */
    public ItemFilter within(LaneAccess other) {
        return new ItemFilter(show, reviewer, other, terms, late);
    }

    /** Returns a copy with another restriction by state and claim. */
    ItemFilter with(Show other) {
        return new ItemFilter(other, reviewer, access, terms, late);
    }

    /** Returns a copy with a further restriction; without one by this term if the value is empty. */
    public ItemFilter with(ItemTerm term, String value) {
        Map<ItemTerm, String> all = new EnumMap<>(ItemTerm.class);
        all.putAll(terms);
        all.remove(term);
        if (!value.isEmpty()) {
            all.put(term, value);
        }
        return new ItemFilter(show, reviewer, access, all, late);
    }

    /** Returns a copy that selects only items that are late; see {@link QueuePolicy#lateBefore}. */
    public ItemFilter late(Map<Integer, Instant> lateBefore) {
        return new ItemFilter(show, reviewer, access, terms, lateBefore);
    }

    /** Returns the value of a term; empty if the filter has no restriction by it. */
    public String term(ItemTerm term) {
        return terms.getOrDefault(term, "");
    }

    /** Returns whether the filter compares what only the rows of items have, and no index in the order of the queue. */
    public boolean readsItems() {
        return terms.keySet().stream().anyMatch(ROWS::contains);
    }

    /** Returns whether the filter is by more than state and claim, so that the audit records its use. */
    public boolean isSearch() {
        return !terms.isEmpty() || !late.isEmpty();
    }

    /** Returns whether the filter selects all open items. */
    public boolean isUnrestricted() {
        return equals(open(reviewer, access));
    }

    /** Returns the restrictions as text for people, for example {@code open, lane brand, severity high}. */
    public String description() {
        return Stream.concat(
                        late.isEmpty() ? Stream.of(show.label()) : Stream.of(show.label(), "late"),
                        inOrder().map(term -> term.getKey().description(term.getValue())))
                .collect(Collectors.joining(", "));
    }

    /**
     * Returns the details of an audit entry about the filter. The lane stands by itself, so that the audit shows the entry
     * only to those who may see the lane; the lanes that the filter never selects too, so that the audit shows its text only
     * to those who may see all others.
     */
    public Map<String, Object> auditDetails() {
        return Map.of("filter", description(), "hidden", new TreeSet<>(access.hidden()), "lane", term(ItemTerm.LANE));
    }

    private Stream<Map.Entry<ItemTerm, String>> inOrder() {
        return terms.entrySet().stream().sorted(Map.Entry.comparingByKey());
    }

    private String lateCondition(Map<String, Object> values) {
        if (late.isEmpty()) {
            return "true";
        }
        late.forEach((rank, before) -> values.put("lateBefore" + rank, Times.utc(before)));
        return late.keySet().stream()
                .sorted()
                .map(rank -> "i.precedence = " + rank + " and i.queued_at <= :lateBefore" + rank)
                .collect(Collectors.joining(" or ", "(", ")"));
    }

    /** Returns a copy that compares nothing that only the rows of items have; see {@link #readsItems}. */
    ItemFilter withoutRows() {
        ItemFilter filter = this;
        for (ItemTerm term : ROWS) {
            filter = filter.with(term, "");
        }
        return filter;
    }

    /** Returns the part of the condition that {@link #withoutRows} leaves out, and adds its parameters to {@code values}. */
    String rowCondition(Map<String, Object> values) {
        return inOrder()
                .filter(term -> ROWS.contains(term.getKey()))
                .map(term -> term.getKey().condition(term.getValue(), values))
                .reduce("true", (all, each) -> all + " and " + each);
    }

    /**
     * Returns a condition over {@code item i} and adds its parameters, except {@code :now}, to {@code values}.
     */
    String condition(Map<String, Object> values) {
        values.put("reviewer", reviewer);
        return Stream.concat(
                        Stream.of(show.condition, access.condition(values), lateCondition(values)),
                        inOrder().map(term -> term.getKey().condition(term.getValue(), values)))
                .collect(Collectors.joining(" and "));
    }
}
