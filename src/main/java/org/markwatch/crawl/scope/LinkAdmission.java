package org.markwatch.crawl.scope;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.markwatch.crawl.CrawlCounters;
import org.markwatch.url.HttpUrl;

/** Links that their sites have admitted; those that turn out not to be new are withdrawn after the commit. */
public record LinkAdmission(List<DiscoveredUrl> admitted) {
    /**
     * Admits links, and counts those that a limit excludes.
     *
     * @param asked visits in the same transaction that count for the page budget, by site
     */
    public static LinkAdmission of(
            Collection<DiscoveredUrl> found, Map<Site, Integer> asked, Map<CrawlCounters.CounterKey, Long> counts) {
        List<DiscoveredUrl> admitted = new ArrayList<>(found.size());
        for (DiscoveredUrl link : found) {
            Site site = link.site();
            if (site.isBudgetUsedUpWith(asked.getOrDefault(site, 0))) {
                counts.merge(new CrawlCounters.CounterKey("skipped", "beyond-budget"), 1L, Long::sum);
            } else if (!site.admit(link.priority())) {
                counts.merge(new CrawlCounters.CounterKey("skipped", "too-many-known"), 1L, Long::sum);
            } else {
                admitted.add(link.withPriority(site.rank(link.url(), link.priority())));
            }
        }
        return new LinkAdmission(admitted);
    }

    /** Withdraws the admitted links that are not among the added ones. */
    public void withdrawAllBut(Collection<HttpUrl> added) {
        Set<HttpUrl> fresh = Set.copyOf(added);
        admitted.stream()
                .filter(link -> !fresh.contains(link.url()))
                .forEach(link -> link.site().withdraw(link.url()));
    }
}
