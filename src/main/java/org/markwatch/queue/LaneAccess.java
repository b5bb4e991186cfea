package org.markwatch.queue;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The lanes that an account may not see. Every query of items that answers an account takes one: an item of a hidden lane
 * does not exist for that account, neither in lists and searches nor in counts. Methods that take the number of an item,
 * and no {@code LaneAccess}, rely on the caller having found the item with {@link Items#find}. Immutable.
 *
 * @param hidden names of the lanes
 */
public record LaneAccess(Set<String> hidden) {
    /** Hides no lane. */
    public static final LaneAccess ALL = new LaneAccess(Set.of());

    public LaneAccess {
        hidden = Set.copyOf(hidden);
    }

    /** Returns a copy that hides further lanes, for example those that a reviewer does not want to work on. */
    public LaneAccess without(Set<String> lanes) {
        Set<String> all = new TreeSet<>(hidden);
        all.addAll(lanes);
        return new LaneAccess(all);
    }

    /** Returns whether items of a lane may be seen. */
    public boolean allows(String lane) {
        return !hidden.contains(lane);
    }

    /**
     * Returns an SQL condition over {@code item i}, for use behind {@code and}, and adds its parameter {@code
     * :hiddenLanes} to {@code values}. An access that hides nothing costs nothing.
     */
    public String condition(Map<String, Object> values) {
        if (hidden.isEmpty()) {
            return "true";
        }
        values.put("hiddenLanes", hidden.toArray(String[]::new));
        return "i.lane <> all(cast(:hiddenLanes as text[]))";
    }
}
