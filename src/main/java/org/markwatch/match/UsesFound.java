package org.markwatch.match;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.markwatch.extract.Passage;
import org.markwatch.match.Match.Kind;

/** The brand uses that were found on a page so far, by brand, for those who judge the next ones; hands each on. */
final class UsesFound {
    /** Brands that the page may say it accepts. */
    final BitSet claimed = new BitSet();
    /** Brands that the page says it accepts where visitors see it. */
    final BitSet seenToBeAccepted = new BitSet();
    /** Brands with a logo that is believed. */
    final BitSet drawn = new BitSet();
    /** Brands that are drawn as firms among others. */
    final BitSet firms = new BitSet();

    private final Sink sink;

    /** Takes a brand use with its place in a passage. */
    interface Sink {
        void add(Passage passage, int start, int end, int brand, Kind kind, String rule, List<String> signs);
    }

    UsesFound(Sink sink) {
        this.sink = sink;
    }

    private final List<AcceptanceClaim> claims = new ArrayList<>();

    /** Takes a claim of acceptance, to be weighed when all are known. */
    void claim(AcceptanceClaim claim) {
        claimed.set(claim.brand());
        claims.add(claim);
    }

    List<AcceptanceClaim> claims() {
        return claims;
    }

    /**
     * Takes a claim that holds.
     *
     * @param seen     whether visitors see that the brand is taken
     * @param features what counted for and against it
     */
    void accept(AcceptanceClaim claim, boolean seen, List<String> features) {
        if (seen) {
            seenToBeAccepted.set(claim.brand());
        }
        sink.add(claim.passage(), claim.start(), claim.end(), claim.brand(), Kind.ACCEPTANCE, claim.rule(), features);
    }

    void add(Passage passage, int start, int end, int brand, Kind kind, String rule) {
        sink.add(passage, start, end, brand, kind, rule, List.of());
    }

    /** @param features what counted for and against it */
    void addImpersonation(Passage passage, int start, int end, int brand, String rule, List<String> features) {
        sink.add(passage, start, end, brand, Kind.IMPERSONATION, rule, features);
    }
}
