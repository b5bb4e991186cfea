package org.markwatch.review;

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.markwatch.queue.CurrentLanes;
import org.markwatch.queue.LanePolicy;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.Policy;
import org.markwatch.watchlist.Watchlist;

/**
 * What the console needs of the watchlist: the words of the rules, the labels of groups, the brands and the lanes. Whoever
 * reads the job-config anew replaces it. Thread-safe.
 */
public final class CurrentWatchlist {
    private final CurrentLanes lanes;
    private volatile Contents contents;

    /** @param lanes lanes of the queue, which are replaced with the watchlist */
    public CurrentWatchlist(Watchlist watchlist, CurrentLanes lanes) {
        this.lanes = lanes;
        contents = new Contents(watchlist, RuleLiterals.of(watchlist), Set.of());
    }

    /** Replaces the watchlist. */
    public synchronized void replace(Watchlist watchlist) {
        contents = new Contents(watchlist, RuleLiterals.of(watchlist), restrictedLanes());
        lanes.replace(new LanePolicy(
                watchlist.policy().laneNames(), watchlist.policy().restrictedLanes()));
    }

    /** Returns the watchlist that is in force. */
    public Watchlist watchlist() {
        return contents.watchlist();
    }

    /**
     * Returns the names of the lanes that the policy restricts, and of those that it restricted since the start, in which
     * items still are.
     */
    Set<String> restrictedLanes() {
        return contents.restricted();
    }

    /** Returns the words of a rule that may be shown; see {@link RuleLiterals#wordsOf}. */
    public LiteralWords wordsOf(String rule) {
        return contents.literals().wordsOf(rule);
    }

    /** Returns the label of a policy group; the key with spaces for a group without a label. */
    public String groupLabel(String key) {
        Policy.Group group = contents.watchlist().policy().groups().get(key);
        return group == null || group.label().isBlank() ? key.replace('-', ' ') : group.label();
    }

    /** Returns the severity by points alone, without the groups that a band may require; empty for fewer points than are queued. */
    String severityBy(int points) {
        String severity = "";
        for (Policy.Band band : contents.watchlist().policy().bands()) {
            if (points >= band.from()) {
                severity = band.severity();
            }
        }
        return severity;
    }

    /** Returns the names of all brands by id, sorted by name. */
    Map<String, String> brands() {
        Map<String, String> names = new LinkedHashMap<>();
        contents.watchlist().brands().stream()
                .sorted(Comparator.comparing(Brand::name, String.CASE_INSENSITIVE_ORDER))
                .forEach(brand -> names.put(brand.id(), brand.name()));
        return names;
    }

    /** Returns the labels of all policy groups by key, sorted by label. */
    Map<String, String> groups() {
        Map<String, String> labels = new LinkedHashMap<>();
        contents.watchlist().policy().groups().keySet().stream()
                .sorted(Comparator.comparing(this::groupLabel))
                .forEach(key -> labels.put(key, groupLabel(key)));
        return labels;
    }

    /** Returns the name of a brand as its owner writes it; the id for a brand that the watchlist does not have. */
    public String brandName(String id) {
        return contents.watchlist().brands().stream()
                .filter(brand -> brand.id().equals(id))
                .map(Brand::name)
                .findFirst()
                .orElse(id);
    }

    /** Returns the labels of the payment methods of trends by key, in their order. */
    public SequencedMap<String, String> paymentMethods() {
        SequencedMap<String, String> labels = new LinkedHashMap<>();
        contents.watchlist().policy().paymentMethods().forEach(method -> labels.put(method.key(), method.label()));
        return labels;
    }

    private record Contents(Watchlist watchlist, RuleLiterals literals, Set<String> restricted) {
        /** @param restricted lanes that stay restricted, whatever the policy says */
        Contents {
            Set<String> all = new HashSet<>(restricted);
            all.addAll(watchlist.policy().restrictedLanes());
            restricted = Set.copyOf(all);
        }
    }
}
