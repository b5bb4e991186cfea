package org.markwatch.score;

import java.util.List;
import org.markwatch.match.Match;
import org.markwatch.url.HttpUrl;

/**
 * The result of scoring one page.
 *
 * @param url            final URL of the page
 * @param title          title of the page, or empty
 * @param language       language of the page, or empty
 * @param score          points, 0 or more
 * @param severity       band of the policy, or {@code none} below the review threshold
 * @param lane           lane of the policy, or {@code none}
 * @param flagged        whether the page is to be queued
 * @param suppressed     why the page is not queued despite its brand uses (official host, authorised merchant), or
 *                       empty
 * @param brandUses      brands with the kinds of their use, strongest first
 * @param reasons        reasons for the points, most points first
 * @param matches        every match, including those of background indicators
 * @param rulesetSha256  hash of the ruleset that scored the page
 * @param evidenceSha256 hex SHA-256 over the evidence; a decided item is not re-opened while it is the same
 * @param traits         traits shared with other pages of the same operator, as {@code kind:value}; empty unless
 *                       flagged
 * @param dropped        number of matches above the limit for one page, which are not in {@code matches}
 */
public record Finding(
        HttpUrl url,
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
    /** Severity and lane of a finding that is not flagged. */
    public static final String NONE = "none";

    public Finding {
        brandUses = List.copyOf(brandUses);
        reasons = List.copyOf(reasons);
        matches = List.copyOf(matches);
        traits = List.copyOf(traits);
    }

    /** Creates a finding without traits and without dropped matches. */
    public Finding(
            HttpUrl url,
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

    /** Returns a copy with other traits and another number of dropped matches. */
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

    /** A brand and one kind of use on the page. */
    public record BrandUse(String brand, Match.Kind kind) {}
}
