package org.markwatch.brand;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.markwatch.brand.Evidence.CountedFeature;
import org.markwatch.extract.Passage;

/** The brand uses that were found on a page so far, for those that decide the next ones; hands each on. */
final class UsesFound {
    /** Brands that the page says it accepts where visitors see it. */
    final BitSet seenToBeAccepted = new BitSet();
    /** Brands with a logo. */
    final BitSet drawn = new BitSet();

    private final UseSink sink;
    /** By passage, the starts of claims that hold. */
    private final Map<Passage, BitSet> accepted = new HashMap<>();

    UsesFound(UseSink sink) {
        this.sink = sink;
    }

    /**
     * Takes a claim of acceptance that holds.
     *
     * @param seen     whether visitors see that the brand is taken
     * @param features what counted for and against it
     */
    void accept(UseCandidate claim, boolean seen, List<CountedFeature> features) {
        if (seen) {
            seenToBeAccepted.set(claim.brand());
        }
        accepted.computeIfAbsent(claim.passage(), passage -> new BitSet()).set(claim.start());
        sink.add(
                claim.passage(), claim.start(), claim.end(), claim.brand(), UseKind.ACCEPTANCE, claim.rule(), features);
    }

    /** Whether a claim that holds starts at a place. */
    boolean isAccepted(Passage passage, int start) {
        BitSet starts = accepted.get(passage);
        return starts != null && starts.get(start);
    }

    void add(Passage passage, int start, int end, int brand, UseKind kind, String rule) {
        sink.add(passage, start, end, brand, kind, rule, List.of());
    }

    /** @param features what counted for and against it */
    void addLogo(UseCandidate logo, List<CountedFeature> features) {
        sink.add(logo.passage(), logo.start(), logo.end(), logo.brand(), UseKind.LOGO, "logo", features);
    }

    /** @param features what counted for and against it */
    void addImpersonation(Passage passage, int start, int end, int brand, String rule, List<CountedFeature> features) {
        sink.add(passage, start, end, brand, UseKind.IMPERSONATION, rule, features);
    }
}
