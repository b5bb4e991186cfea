package org.markwatch.queue;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page with evidence, for people to decide on. Its text comes from the crawled page: escape it wherever it is shown.
 *
 * @param id             number of the item
 * @param url            final URL of the page
 * @param host           its host name
 * @param title          title of the page, or empty
 * @param language       language of the page, or empty
 * @param score          points, 0 or more
 * @param severity       band of the policy
 * @param lane           lane of the policy
 * @param state          where it is
 * @param brandUses      brands with the kinds of their use, strongest first
 * @param reasons        where the points come from, most points first
 * @param rulesetSha256  the watchlist that judged
 * @param evidenceSha256 hex SHA-256 over what the reasons saw
 * @param firstRun       run that queued it first
 * @param lastRun        run that saw it last
 * @param firstSeenAt    when it was queued first
 * @param lastSeenAt     when a run saw it last
 * @param queuedAt       when it last began to wait; its age counts from here
 * @param claim          who works on it, null if nobody does (a lapsed claim is none)
 * @param decision       the latest decision, null if there is none; when re-opened, the earlier one
 */
public record Item(
        long id,
        URI url,
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
        @Nullable Decision decision) {
    public Item {
        brandUses = List.copyOf(brandUses);
        reasons = List.copyOf(reasons);
    }

    /**
     * A brand and one way in which the page uses it.
     *
     * @param brand brand id
     * @param kind  {@code acceptance}, {@code logo}, {@code impersonation}, {@code lookalike-host}, {@code asset} or
     *              {@code mention}
     */
    public record ItemBrandUse(String brand, String kind) {}

    /**
     * Why the page has points.
     *
     * @param rule         rule@version
     * @param group        policy group, or {@code marks}
     * @param field        part of the page, for example {@code text}, {@code json-ld}
     * @param start        offset in the field's text, in characters
     * @param end          offset after the last character
     * @param weight       points of the rule before caps
     * @param points       points it gave after caps; negative for a context that speaks against
     * @param capped       whether a cap took points from it
     * @param without      the page's score if this rule had not fired
     * @param snippet      the place with some words around it, as on the page
     * @param snippetStart offset of the matched text in {@code snippet}
     * @param snippetEnd   offset after the matched text in {@code snippet}
     * @param count        how often the rule fired on the page, 1 or more
     * @param signs        what told that the page passes itself off as the brand, with points; empty for other rules
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
            int without,
            String snippet,
            int snippetStart,
            int snippetEnd,
            int count,
            List<String> signs) {

        public ItemReason {
            // items of earlier releases were stored without
            signs = signs == null ? List.of() : List.copyOf(signs);
        }
    }
}
