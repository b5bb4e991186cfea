package org.markwatch.watchlist;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The scoring policy, {@code policies.yaml}.
 *
 * @param groups         groups by key; the group of every indicator is among them
 * @param brandUsePoints points by kind of brand use: acceptance, logo, impersonation, lookalike-host, asset, mention; 0
 *                       to 100
 * @param reviewFrom     score in points from which a page is queued, at least 1
 * @param bands          severity bands, lowest first; the first starts at {@code reviewFrom}
 * @param lanes          lanes of the review queue; a page goes to the first that accepts it, and the last accepts every
 *                       page
 * @param sampleOneIn    one held-back page in so many is queued to measure what the rules miss; 0 for none. It changes no
 *                       finding
 * @param paymentMethods methods by which trends count new items, in their order. They change no finding
 */
public record Policy(
        Map<String, Group> groups,
        Map<String, Integer> brandUsePoints,
        int reviewFrom,
        List<Band> bands,
        List<Lane> lanes,
        int sampleOneIn,
        List<PaymentMethod> paymentMethods) {
    /** {@code sampleOneIn} of a policy that does not set it. */
    static final int DEFAULT_SAMPLE_ONE_IN = 100;

    public Policy {
        groups = Map.copyOf(groups);
        brandUsePoints = Map.copyOf(brandUsePoints);
        bands = List.copyOf(bands);
        lanes = List.copyOf(lanes);
        paymentMethods = List.copyOf(paymentMethods);
    }

    /** Creates a policy without payment methods. */
    public Policy(
            Map<String, Group> groups,
            Map<String, Integer> brandUsePoints,
            int reviewFrom,
            List<Band> bands,
            List<Lane> lanes,
            int sampleOneIn) {
        this(groups, brandUsePoints, reviewFrom, bands, lanes, sampleOneIn, List.of());
    }

    /**
     * A payment method of trends. An item counts for it if it has points in one of the groups, or uses one of the brands.
     *
     * @param key    key, for example cards
     * @param label  text for people
     * @param groups keys of groups
     * @param brands ids of brands
     */
    public record PaymentMethod(String key, String label, Set<String> groups, Set<String> brands) {
        public PaymentMethod {
            groups = Set.copyOf(groups);
            brands = Set.copyOf(brands);
        }
    }

    /**
     * A group of indicators for one kind of evidence.
     *
     * @param label  text on screens; exports show the key
     * @param cap    limit of the points that the group adds, or subtracts for negative weights; 1 or more
     * @param effect what a match of a live indicator of the group says of the page, besides its points
     */
    public record Group(String label, int cap, Effect effect) {
        /** Creates a group with the effect {@link Effect#OFFER}. */
        public Group(String label, int cap) {
            this(label, cap, Effect.OFFER);
        }
    }

    /** What a match of a live indicator says of the page, besides its points. */
    public enum Effect {
        /** The page sells something, if the weight is positive. */
        OFFER,
        /** The wording accepts a brand that is named beside it. */
        ACCEPTANCE_WORDING,
        /** The page writes about payment marks, so that a mark on it is less likely a claim. */
        DESCRIBES_MARKS,
        /** A brand's name that is also a common word has its other meaning on the page. */
        OTHER_MEANING,
        /** Nothing but less severity. */
        CONTEXT;

        /** Returns whether indicators of the group only subtract points. */
        public boolean isContext() {
            return this == DESCRIBES_MARKS || this == OTHER_MEANING || this == CONTEXT;
        }
    }

    /** Returns the effect of a group; {@link Effect#OFFER} for a group that the policy does not have. */
    public Effect effect(String group) {
        Group known = groups.get(group);
        return known == null ? Effect.OFFER : known.effect();
    }

    /**
     * A severity band.
     *
     * @param severity  name, for example low, medium, high
     * @param from      score in points from which the band applies
     * @param minGroups number of groups with points that the band requires, 1 or more
     */
    public record Band(String severity, int from, int minGroups) {}

    /**
     * A lane of the review queue.
     *
     * <p>It accepts a page that has one of the kinds of brand use, or points in one of the groups. With both empty it
     * accepts none, and gets its items from people only; the last lane takes the pages that no other accepts.
     *
     * @param name       name, for example brand, payment
     * @param brandUse   kinds of brand use
     * @param groups     keys of groups
     * @param restricted whether only accounts with a permission of their own see its items
     */
    public record Lane(String name, List<String> brandUse, List<String> groups, boolean restricted) {
        public Lane {
            brandUse = List.copyOf(brandUse);
            groups = List.copyOf(groups);
        }

        /** Creates a lane that is not restricted. */
        public Lane(String name, List<String> brandUse, List<String> groups) {
            this(name, brandUse, groups, false);
        }
    }

    /** Returns the names of all lanes, in their order. */
    public List<String> laneNames() {
        return lanes.stream().map(Lane::name).toList();
    }

    /** Returns the names of the restricted lanes, in their order. */
    public List<String> restrictedLanes() {
        return lanes.stream().filter(Lane::restricted).map(Lane::name).toList();
    }
}
