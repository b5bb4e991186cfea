package org.markwatch.watchlist;

import java.util.List;
import java.util.Map;

/**
 * A whole job-config folder, validated.
 *
 * @param settings      {@code markwatch.yaml}
 * @param seeds         sites to crawl, at least one
 * @param brands        by id
 * @param indicators    by id
 * @param policy        {@code policies.yaml}
 * @param rulesetSha256 hex SHA-256 over everything that can change a verdict (brands, indicators, policy), independent of
 *                      file names, order and comments; every result carries it
 */
public record Watchlist(
        Settings settings,
        List<Seed> seeds,
        List<Brand> brands,
        List<Indicator> indicators,
        Policy policy,
        String rulesetSha256) {
    public Watchlist {
        seeds = List.copyOf(seeds);
        brands = List.copyOf(brands);
        indicators = List.copyOf(indicators);
    }

    /** The same watchlist, whose crawl finds these hosts (as in {@link Settings.Crawl#resolve}) at these addresses too. */
    public Watchlist resolving(Map<String, String> addresses) {
        return new Watchlist(
                new Settings(settings.schedule(), settings.crawl().resolving(addresses), settings.review()),
                seeds,
                brands,
                indicators,
                policy,
                rulesetSha256);
    }
}
