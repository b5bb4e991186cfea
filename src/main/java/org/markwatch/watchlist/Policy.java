package org.markwatch.watchlist;

import java.util.List;
import java.util.Map;

/**
 * What points mean.
 *
 * @param groups     caps by group key; every indicator's group is among them
 * @param brandUsePoints   points by kind of brand use: acceptance, logo, impersonation, lookalike-host, asset, mention
 * @param reviewFrom points from which a page is queued, at least 1
 * @param bands      severities, lowest first, the first from {@code reviewFrom}
 * @param lanes      review lanes by what a finding shows; the first that fits, the last fits all
 */
public record Policy(
        Map<String, Group> groups,
        Map<String, Integer> brandUsePoints,
        int reviewFrom,
        List<Band> bands,
        List<Lane> lanes) {
    public Policy {
        groups = Map.copyOf(groups);
        brandUsePoints = Map.copyOf(brandUsePoints);
        bands = List.copyOf(bands);
        lanes = List.copyOf(lanes);
    }

    /**
     * Indicators that say the same kind of thing.
     *
     * @param label what reviewers read
     * @param cap   the most points the group can give (or take, for negative weights), 1 or more
     */
    public record Group(String label, int cap) {}

    /**
     * A severity.
     *
     * @param severity  name, for example low, medium, high
     * @param from      points from which it holds
     * @param minGroups independent groups with points that it takes, 1 or more
     */
    public record Band(String severity, int from, int minGroups) {}

    /**
     * A lane of the review queue.
     *
     * @param name     name, for example brand, payment
     * @param brandUse kinds of brand use that lead here; empty with {@code groups} empty: any finding
     * @param groups   groups with points that lead here
     */
    public record Lane(String name, List<String> brandUse, List<String> groups) {
        public Lane {
            brandUse = List.copyOf(brandUse);
            groups = List.copyOf(groups);
        }
    }
}
