package org.markwatch.review.team;

import java.util.List;
import java.util.Optional;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Watchlist;

/**
 * Applies rules to a page for people who write rules. Stores nothing and sends no request. The application provides this
 * bean. Implementations are thread-safe.
 */
public interface RuleTrial {
    /**
     * Returns what the rules see in a page of this HTML.
     *
     * @param masked whether masked indicators count too; their names would tell what the text that was entered holds
     */
    TriedPage html(Watchlist watchlist, HttpUrl url, String html, boolean masked);

    /**
     * Returns what the rules see in the text of a page that an earlier run has kept; empty if none is kept.
     *
     * @param masked as for {@link #html}
     */
    Optional<TriedPage> kept(Watchlist watchlist, HttpUrl url, boolean masked);

    /**
     * Compares two watchlists on the kept text of the pages that became known last.
     *
     * @param most largest number of pages to read
     */
    TriedChange compare(Watchlist before, Watchlist after, int most);

    /**
     * What the rules see in a page.
     *
     * @param read       whether the page was read; if not, {@code why} says why and the rest is empty
     * @param why        why the page was not read, or why it is not queued although it uses a brand; or empty
     * @param score      points, 0 or more
     * @param severity   band of the policy, or {@code none}
     * @param lane       lane, or {@code none}
     * @param flagged    whether a run would queue the page
     * @param uses       brands with the kinds of their use
     * @param reasons    rules that gave points, most points first
     * @param matches    all matches, those without points too
     * @param evidence   what counts for and against the use of each brand
     * @param nearMisses rules that nearly counted
     */
    record TriedPage(
            boolean read,
            String why,
            int score,
            String severity,
            String lane,
            boolean flagged,
            List<UsedBrand> uses,
            List<TriedReason> reasons,
            List<TriedMatch> matches,
            List<TriedUse> evidence,
            List<TriedMiss> nearMisses) {
        /** Returns a page that was not read. */
        public static TriedPage unread(String why) {
            return new TriedPage(
                    false, why, 0, "none", "none", false, List.of(), List.of(), List.of(), List.of(), List.of());
        }
    }

    /** @param kind kind of the use, for example {@code acceptance} */
    record UsedBrand(String brand, String kind) {}

    /**
     * A rule that gave points.
     *
     * @param without score of the page without the rule
     * @param snippet the match with the words around it, as on the page
     * @param start   offset of the match in {@code snippet}
     * @param end     offset after the match
     */
    record TriedReason(
            String rule,
            String group,
            String field,
            int points,
            int count,
            boolean capped,
            int without,
            String snippet,
            int start,
            int end) {}

    /** A match: rule, field and the matched text of the page. */
    record TriedMatch(String rule, String field, String text) {}

    /**
     * The evidence for one use of a brand.
     *
     * @param needed   points from which the use is found
     * @param features features with their points, in words for people
     */
    record TriedUse(String brand, String kind, int sum, int needed, boolean found, List<String> features) {}

    /** A rule that nearly counted, and what was missing; may quote the page. */
    record TriedMiss(String rule, String why) {}

    /**
     * What a change of the rules would change.
     *
     * @param pages   number of pages read
     * @param changes pages whose points or flag differ
     */
    record TriedChange(int pages, List<ChangedPage> changes) {}

    /**
     * A page whose points or flag differ.
     *
     * @param lanes lanes of the page by both rulesets, {@code none} if it is not flagged
     * @param why   rules whose points differ
     */
    record ChangedPage(
            HttpUrl page,
            int before,
            int after,
            boolean wasFlagged,
            boolean isFlagged,
            List<String> lanes,
            List<String> why) {}
}
