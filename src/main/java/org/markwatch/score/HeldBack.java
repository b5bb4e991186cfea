package org.markwatch.score;

import java.util.Locale;
import java.util.Optional;
import org.markwatch.match.Match;
import org.markwatch.match.Match.Kind;

/** Why a page with evidence is not queued for review. */
public enum HeldBack {
    /** Its rules give points, but too few for review. */
    POINTS,
    /** It names a brand, without enough evidence that it uses the brand. */
    MENTION,
    /** Its host is an official host of the brand or of an authorised merchant. */
    SUPPRESSED;

    /** Returns the name in tables and exports, for example {@code points}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the points of the rules of a finding before contexts, 0 or more. */
    public static int points(Finding finding) {
        return finding.reasons().stream()
                .mapToInt(Reason::points)
                .filter(points -> points > 0)
                .sum();
    }

    /**
     * Returns why a finding is held back; empty if it is flagged, or has neither points nor a use of a brand. Matches
     * of the finding are not read, so it may come from the store.
     */
    public static Optional<HeldBack> of(Finding finding) {
        boolean points = finding.reasons().stream().anyMatch(reason -> reason.points() > 0);
        if (finding.flagged() || !points && finding.brandUses().isEmpty()) {
            return Optional.empty();
        }
        if (!finding.suppressed().isEmpty()) {
            return Optional.of(SUPPRESSED);
        }
        boolean onlyNames = finding.brandUses().stream().allMatch(use -> use.kind() == Kind.MENTION)
                && finding.reasons().stream()
                        .filter(reason -> reason.points() > 0)
                        .allMatch(reason -> reason.group().equals(Match.MARKS));
        return Optional.of(onlyNames ? MENTION : POINTS);
    }
}
