package org.markwatch.watchlist;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code policies.yaml}. */
final class PolicyFile {
    private static final List<String> KEYS = List.of("groups", "brand_use", "review_from", "bands", "lanes");
    private static final List<String> GROUP = List.of("label", "cap");
    private static final List<String> BAND = List.of("severity", "from", "min_groups");
    private static final List<String> LANE = List.of("name", "brand_use", "groups");
    private static final List<String> KINDS =
            List.of("acceptance", "logo", "impersonation", "lookalike-host", "asset", "mention");

    /** The group of all brand uses. */
    static final String BRAND_USE_GROUP = "marks";

    /** The group of impersonation and lookalike hosts; without it they are capped with the marks. */
    static final String IDENTITY_GROUP = "identity";

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
                brandUse(root.section("brand_use", KINDS)),
                reviewFrom,
                bands(groups, reviewFrom),
                lanes(groups));
    }

    private Map<String, Policy.Group> groups(Section section) {
        Map<String, Policy.Group> groups = new LinkedHashMap<>();
        for (String key : section.keys()) {
            Section group = section.section(key, GROUP);
            try {
                Syntax.id().parse(key);
            } catch (MalformedValueException malformed) {
                section.fault(key, "the name of a group " + malformed.allowed());
            }
            groups.put(
                    key,
                    new Policy.Group(group.required("label", Syntax.text(100), ""), group.required("cap", POINTS, 1)));
        }
        if (!groups.containsKey(BRAND_USE_GROUP)) {
            root.fault("groups", "must have the group " + BRAND_USE_GROUP + ", which caps the points of brand use");
        }
        return groups;
    }

    private static Map<String, Integer> brandUse(Section section) {
        Map<String, Integer> points = new LinkedHashMap<>();
        for (String kind : KINDS) {
            points.put(kind, section.required(kind, Syntax.integer(0, 100), 0));
        }
        return points;
    }

    private List<Policy.Band> bands(Map<String, Policy.Group> groups, int reviewFrom) {
        List<Policy.Band> bands = new ArrayList<>();
        int above = reviewFrom;
        for (Section section : root.sections("bands", BAND)) {
            Policy.Band band = new Policy.Band(
                    section.required("severity", Syntax.id(), ""),
                    section.required("from", POINTS, above),
                    section.required("min_groups", Syntax.integer(1, Math.max(1, groups.size())), 1));
            if (bands.isEmpty() && band.from() != reviewFrom) {
                section.fault("from", "must be review_from, " + reviewFrom + ", in the first band");
            } else if (!bands.isEmpty() && band.from() < above) {
                section.fault("from", "must be at least " + above + "; bands are in order, lowest first");
            }
            if (bands.stream().anyMatch(other -> other.severity().equals(band.severity()))) {
                section.fault("severity", "stands twice; keep one band of a name");
            }
            bands.add(band);
            above = Math.max(above, band.from()) + 1;
        }
        if (bands.isEmpty()) {
            root.fault("bands", "must have at least one band");
        }
        return bands;
    }

    private List<Policy.Lane> lanes(Map<String, Policy.Group> groups) {
        List<Policy.Lane> lanes = new ArrayList<>();
        List<Section> sections = root.sections("lanes", LANE);
        for (Section section : sections) {
            Set<String> uses = section.list("brand_use", Syntax.choice(KINDS));
            Set<String> of = section.list("groups", Syntax.choice(List.copyOf(groups.keySet())));
            Policy.Lane lane =
                    new Policy.Lane(section.required("name", Syntax.id(), ""), List.copyOf(uses), List.copyOf(of));
            boolean isLast = section == sections.getLast();
            boolean fitsAll = !section.has("brand_use") && !section.has("groups");
            if (isLast != fitsAll) {
                section.fault(
                        "name",
                        isLast
                                ? "is the last lane and must take what no other takes: remove its brand_use and groups"
                                : "takes everything, so the lanes after it get nothing: give it brand_use or groups, or put it last");
            }
            if (lanes.stream().anyMatch(other -> other.name().equals(lane.name()))) {
                section.fault("name", "stands twice; keep one lane of a name");
            }
            lanes.add(lane);
        }
        if (lanes.isEmpty()) {
            root.fault("lanes", "must have at least one lane");
        }
        return lanes;
    }
}
