package org.markwatch.queue;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;

/**
 * A page with evidence, for people to decide on. Its text comes from the crawled page: escape it wherever it is
 * displayed.
 *
 * @param id             number of the item
 * @param url            final URL of the page
 * @param host           its host name
 * @param title          title of the page, or empty
 * @param language       language of the page, or empty
 * @param score          points, 0 or more
 * @param severity       band of the policy
 * @param lane           lane of the policy
 * @param state          state
 * @param brandUses      brands with the kinds of their use, strongest first
 * @param reasons        reasons for the points, most points first
 * @param rulesetSha256  hash of the ruleset that scored the page
 * @param evidenceSha256 hex SHA-256 over the evidence behind the reasons
 * @param firstRun       run that first queued it
 * @param lastRun        run that last found it
 * @param firstSeenAt    when it was first queued
 * @param lastSeenAt     when a run last found it
 * @param queuedAt       when it was last queued or re-opened; its age is counted from here
 * @param claim          claim that has not expired, null if there is none
 * @param reviewedBy     accounts whose decisions wait for a further review, in the order of their decisions; they must not
 *                       be shown to a person who may make the second decision
 * @param dealtTo        the only reviewer who may see the item, if it is a copy of a calibration item; otherwise null
 * @param benignAt       when a run first read a page that no rule flags in place of the flagged one; null if the latest text
 *                       of the page is flagged or unknown
 * @param decision       the latest final decision, null if there is none; a re-opened or closed item keeps the earlier one
 */
public record Item(
        long id,
        HttpUrl url,
        String host,
        String title,
        String language,
        int score,
        String severity,
        String lane,
        ItemState state,
        List<ItemBrandUse> brandUses,
        List<ItemReason> reasons,
        String rulesetSha256,
        String evidenceSha256,
        long firstRun,
        long lastRun,
        Instant firstSeenAt,
        Instant lastSeenAt,
        Instant queuedAt,
        @Nullable Claim claim,
        List<String> reviewedBy,
        @Nullable String dealtTo,
        @Nullable Instant benignAt,
        @Nullable Decision decision) {
    public Item {
        brandUses = List.copyOf(brandUses);
        reasons = List.copyOf(reasons);
        reviewedBy = List.copyOf(reviewedBy);
    }

    /** Returns how far the review of the item is. */
    public ReviewStage stage() {
        return ReviewStage.of(reviewedBy);
    }

    /** Returns whether a reviewer may see the item: copies of calibration items belong to one reviewer. */
    public boolean isFor(String account) {
        return dealtTo == null || dealtTo.equals(account);
    }

    /** Returns whether the item waits for a second review by this account, which must not learn of the first. */
    public boolean isBlindFor(String account) {
        return stage() == ReviewStage.SECOND_REVIEW && !reviewedBy.contains(account);
    }

    /**
     * A feature of the page that counted for or against a use of a brand.
     *
     * @param feature  id, for example {@code row-of-names}; empty for items of earlier releases
     * @param points   points that it gave; below 0 if it spoke against
     * @param sentence what it is, in words for people
     */
    public record ItemFeature(String feature, int points, String sentence) {
        @Override
        public String toString() {
            return (points > 0 ? "+" : "") + points + " " + sentence;
        }
    }

    /**
     * A brand and one kind of use on the page.
     *
     * @param brand brand id
     * @param kind  {@code acceptance}, {@code logo}, {@code impersonation}, {@code lookalike-host}, {@code asset} or
     *              {@code mention}
     */
    public record ItemBrandUse(String brand, String kind) {}

    /**
     * A rule that matched on the page, and its points. Stored as JSON; the key of {@code scoreWithout} is {@code
     * without}.
     *
     * @param rule         rule@version
     * @param group        policy group, or {@code marks}
     * @param field        part of the page, for example {@code text}, {@code json-ld}
     * @param start        offset in the field's text, in characters
     * @param end          offset after the last character
     * @param weight       points of the rule before caps
     * @param points       points after caps; negative for negative context
     * @param capped       whether a cap reduced its points
     * @param scoreWithout      the score of the page if this rule had not matched
     * @param snippet      the match with the words around it, as on the page
     * @param snippetStart offset of the matched text in {@code snippet}
     * @param snippetEnd   offset after the matched text in {@code snippet}
     * @param count        number of matches on the page, 1 or more
     * @param signs        features that counted for and against an acceptance, logo or impersonation; empty for other
     *                     rules
     */
    public record ItemReason(
            String rule,
            String group,
            String field,
            int start,
            int end,
            int weight,
            int points,
            boolean capped,
            @JsonProperty("without") int scoreWithout,
            String snippet,
            int snippetStart,
            int snippetEnd,
            int count,
            List<ItemFeature> signs) {

        public ItemReason {
            // rows of earlier releases lack this key
            signs = signs == null ? List.of() : List.copyOf(signs);
        }
    }
}
