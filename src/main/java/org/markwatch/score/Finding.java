package org.markwatch.score;

import java.net.URI;
import java.util.List;
import org.markwatch.match.Match;

/**
 * What the rules make of one page.
 *
 * @param url            final URL of the page
 * @param title          title of the page, or empty
 * @param language       language of the page, or empty
 * @param score          points, 0 or more
 * @param severity       band of the policy, or {@code none} below the review threshold
 * @param lane           lane of the policy, or {@code none}
 * @param flagged        whether it is to be queued
 * @param suppressed     why it is not queued although it has marks (official host, authorised merchant), or empty
 * @param brandUses      brands with the kinds of their use, strongest first
 * @param reasons        where the points come from, most points first
 * @param matches        every match, background ones too
 * @param rulesetSha256  the watchlist that judged
 * @param evidenceSha256 hex SHA-256 over what the reasons saw; equal evidence stays quiet
 * @param traits         what joins it to other pages of the same maker, as kind, colon and value; empty unless flagged
 * @param dropped        matches that were found and are not among {@code matches}, since there were too many
 */
public record Finding(
        URI url,
        String title,
        String language,
        int score,
        String severity,
        String lane,
        boolean flagged,
        String suppressed,
        List<BrandUse> brandUses,
        List<Reason> reasons,
        List<Match> matches,
        String rulesetSha256,
        String evidenceSha256,
        List<String> traits,
        int dropped) {
    public Finding {
        brandUses = List.copyOf(brandUses);
        reasons = List.copyOf(reasons);
        matches = List.copyOf(matches);
        traits = List.copyOf(traits);
    }

    /** Without traits, and with every match that was found. */
    public Finding(
            URI url,
            String title,
            String language,
            int score,
            String severity,
            String lane,
            boolean flagged,
            String suppressed,
            List<BrandUse> brandUses,
            List<Reason> reasons,
            List<Match> matches,
            String rulesetSha256,
            String evidenceSha256) {
        this(
                url,
                title,
                language,
                score,
                severity,
                lane,
                flagged,
                suppressed,
                brandUses,
                reasons,
                matches,
                rulesetSha256,
                evidenceSha256,
                List.of(),
                0);
    }

    /** The same with what the matches do not tell. */
    public Finding with(List<String> newTraits, int newDropped) {
        return new Finding(
                url,
                title,
                language,
                score,
                severity,
                lane,
                flagged,
                suppressed,
                brandUses,
                reasons,
                matches,
                rulesetSha256,
                evidenceSha256,
                newTraits,
                newDropped);
    }

    /** A brand and one way in which the page uses it. */
    public record BrandUse(String brand, Match.Kind kind) {}
}
