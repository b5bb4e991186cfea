package org.markwatch.watchlist;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code policies.yaml}. */
final class PolicyFile {
    private static final List<String> KEYS =
            List.of("groups", "brand_use", "review_from", "sample_one_in", "bands", "lanes", "payment_methods");
    private static final List<String> GROUP_KEYS = List.of("label", "cap", "effect");
    private static final List<String> BAND_KEYS = List.of("severity", "from", "min_groups");
    private static final List<String> LANE_KEYS = List.of("name", "brand_use", "groups", "restricted");
    private static final List<String> METHOD_KEYS = List.of("label", "groups", "brands");
    private static final List<String> BRAND_USES =
            List.of("acceptance", "logo", "impersonation", "lookalike-host", "asset", "mention");

    /** Key of the group that caps the points of brand use. */
    static final String BRAND_USE_GROUP = "marks";

    /**
     * Key of the group that caps impersonation and lookalike hosts. Without it {@link #BRAND_USE_GROUP} caps them too.
     */
    static final String IDENTITY_GROUP = "identity";

    /** Lane of sampled pages, which the queue adds; the key is that of {@code QueuePolicy} in the package {@code queue}. */
    private static final String SAMPLE_LANE = "sample";

    private static final Syntax<Integer> POINTS = Syntax.integer(1, 1_000);

    private final Section root;

    private PolicyFile(Section root) {
        this.root = root;
    }

    static Policy read(ConfigNode document, Faults faults) {
        return new PolicyFile(Section.of(document, faults, KEYS)).policy();
    }

    private Policy policy() {
        Map<String, Policy.Group> groups = groups(root.sectionWithAnyKeys("groups"));
        int reviewFrom = root.required("review_from", POINTS, 1);
        return new Policy(
                groups,
                brandUse(root.section("brand_use", BRAND_USES)),
                reviewFrom,
                bands(groups, reviewFrom),
                lanes(groups),
                root.optional("sample_one_in", Syntax.integer(0, 1_000_000), Policy.DEFAULT_SAMPLE_ONE_IN),
                paymentMethods(root.sectionWithAnyKeys("payment_methods"), groups));
    }

    private Map<String, Policy.Group> groups(Section section) {
        Map<String, Policy.Group> groups = new LinkedHashMap<>();
        for (String key : section.keys()) {
            Section group = section.section(key, GROUP_KEYS);
            try {
                Syntax.id().parse(key);
            } catch (MalformedValueException malformed) {
                section.fault(key, "the key of a group " + malformed.allowed());
            }
            groups.put(
                    key,
                    new Policy.Group(
                            group.required("label", Syntax.text(100), ""),
                            group.required("cap", POINTS, 1),
                            group.optional("effect", Syntax.choice(Policy.Effect.class), Policy.Effect.OFFER)));
        }
        if (!groups.containsKey(BRAND_USE_GROUP)) {
            root.fault("groups", "must have the group " + BRAND_USE_GROUP + ", which caps the points of brand use");
        }
        return groups;
    }

    private static List<Policy.PaymentMethod> paymentMethods(Section section, Map<String, Policy.Group> groups) {
        List<Policy.PaymentMethod> methods = new ArrayList<>();
        for (String key : section.keys()) {
            Section method = section.section(key, METHOD_KEYS);
            try {
                Syntax.id().parse(key);
            } catch (MalformedValueException malformed) {
                section.fault(key, "the key of a payment method " + malformed.allowed());
            }
            methods.add(new Policy.PaymentMethod(
                    key,
                    method.required("label", Syntax.text(100), ""),
                    method.list("groups", Syntax.choice(List.copyOf(groups.keySet()))),
                    method.list("brands", Syntax.id())));
        }
        return methods;
    }

    private static Map<String, Integer> brandUse(Section section) {
        Map<String, Integer> points = new LinkedHashMap<>();
        for (String kind : BRAND_USES) {
            points.put(kind, section.required(kind, Syntax.integer(0, 100), 0));
        }
        return points;
    }

    private List<Policy.Band> bands(Map<String, Policy.Group> groups, int reviewFrom) {
        List<Policy.Band> bands = new ArrayList<>();
        int lowest = reviewFrom;
        for (Section section : root.sections("bands", BAND_KEYS)) {
            Policy.Band band = new Policy.Band(
                    section.required("severity", Syntax.id(), ""),
                    section.required("from", POINTS, lowest),
                    section.required("min_groups", Syntax.integer(1, Math.max(1, groups.size())), 1));
            if (bands.isEmpty() && band.from() != reviewFrom) {
                section.fault("from", "must be review_from, " + reviewFrom + ", in the first band");
            } else if (!bands.isEmpty() && band.from() < lowest) {
                section.fault("from", "must be at least " + lowest + "; bands are in order, lowest first");
            }
            if (bands.stream().anyMatch(other -> other.severity().equals(band.severity()))) {
                section.fault("severity", "occurs twice; keep one band of that name");
            }
            bands.add(band);
            lowest = Math.max(lowest, band.from()) + 1;
        }
        if (bands.isEmpty()) {
            root.fault("bands", "must have at least one band");
        }
        return bands;
    }

    private List<Policy.Lane> lanes(Map<String, Policy.Group> groups) {
        List<Policy.Lane> lanes = new ArrayList<>();
        List<Section> sections = root.sections("lanes", LANE_KEYS);
        for (Section section : sections) {
            Set<String> uses = section.list("brand_use", Syntax.choice(BRAND_USES));
            Set<String> groupKeys = section.list("groups", Syntax.choice(List.copyOf(groups.keySet())));
            Policy.Lane lane = new Policy.Lane(
                    section.required("name", Syntax.id(), ""),
                    List.copyOf(uses),
                    List.copyOf(groupKeys),
                    section.optional("restricted", Syntax.bool(), false));
            boolean isLast = section == sections.getLast();
            boolean acceptsAll = !section.has("brand_use") && !section.has("groups") && !lane.restricted();
            if (isLast != acceptsAll) {
                section.fault(
                        "name",
                        isLast
                                ? "is the last lane and must accept every page; remove its brand_use, groups and restricted"
                                : "does not say which pages it accepts; add brand_use or groups, groups: [] if only people"
                                        + " move items there, or put it last");
            }
            if (lane.name().equals(SAMPLE_LANE)) {
                section.fault("name", "is the lane of sampled pages, which the queue adds; choose another name");
            }
            if (lanes.stream().anyMatch(other -> other.name().equals(lane.name()))) {
                section.fault("name", "occurs twice; keep one lane of that name");
            }
            lanes.add(lane);
        }
        if (lanes.isEmpty()) {
            root.fault("lanes", "must have at least one lane");
        }
        return lanes;
    }
}
