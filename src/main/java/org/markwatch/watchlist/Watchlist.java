package org.markwatch.watchlist;

import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A whole job-config folder, validated.
 *
 * @param settings      {@code markwatch.yaml}
 * @param seeds         sites to crawl, at least one
 * @param brands        by id
 * @param indicators    by id
 * @param policy        {@code policies.yaml}
 * @param lexicon       what pages are judged by beside these
 * @param rulesetSha256 hex SHA-256 over everything that can change a verdict (brands, indicators, policy, wording), independent of
 *                      file names, order and comments; every result carries it
 * @param hashKey       key of indicators of type keyed-hash, null if there is none
 */
public record Watchlist(
        Settings settings,
        List<Seed> seeds,
        List<Brand> brands,
        List<Indicator> indicators,
        Policy policy,
        Lexicon lexicon,
        String rulesetSha256,
        @Nullable Secret hashKey) {
    public Watchlist {
        seeds = List.copyOf(seeds);
        brands = List.copyOf(brands);
        indicators = List.copyOf(indicators);
    }

    /**
     * The last day on which validities of indicators or grants of merchants began or ended: from then on to {@code day}, the same
     * of it has been in force.
     *
     * @return {@code day} or earlier; {@link LocalDate#EPOCH} if nothing ever began or ended
     */
    public LocalDate inForceSince(LocalDate day) {
        List<LocalDate> changes = new ArrayList<>();
        for (Indicator indicator : indicators) {
            if (indicator.validFrom() != null) {
                changes.add(indicator.validFrom());
            }
            if (indicator.validUntil() != null) {
                changes.add(indicator.validUntil().plusDays(1));
            }
        }
        for (Brand brand : brands) {
            for (Brand.AuthorisedMerchant merchant : brand.merchants()) {
                if (merchant.until() != null) {
                    changes.add(merchant.until().plusDays(1));
                }
            }
        }
        return changes.stream()
                .filter(change -> !change.isAfter(day))
                .max(Comparator.naturalOrder())
                .orElse(LocalDate.EPOCH);
    }

    /** With the program's own wording, and without a key. */
    public Watchlist(
            Settings settings,
            List<Seed> seeds,
            List<Brand> brands,
            List<Indicator> indicators,
            Policy policy,
            String rulesetSha256) {
        this(settings, seeds, brands, indicators, policy, Lexicon.builtIn(), rulesetSha256, null);
    }

    /** What a URL is reached through: the proxy of the seed of its host, or of a domain above it; null for none. */
    public @Nullable Proxy proxyFor(URI url) {
        String host = url.getHost();
        return seeds.stream()
                .filter(seed -> host.equals(seed.url().getHost())
                        || host.endsWith("." + seed.url().getHost()))
                .max(Comparator.comparingInt(seed -> seed.url().getHost().length()))
                .map(Seed::proxy)
                .orElse(null);
    }

    /** The same watchlist, whose crawl finds these hosts (as in {@link Settings.CrawlSettings#resolve}) at these addresses too. */
    public Watchlist withAddresses(Map<String, String> addresses) {
        return new Watchlist(
                new Settings(
                        settings.schedule(),
                        settings.crawl().withAddresses(addresses),
                        settings.review(),
                        settings.retention(),
                        settings.matching()),
                seeds,
                brands,
                indicators,
                policy,
                lexicon,
                rulesetSha256,
                hashKey);
    }
}
