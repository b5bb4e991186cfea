package org.markwatch.watchlist;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;

/**
 * The validated configuration of a job-config folder: settings, seeds and rules. Immutable.
 *
 * @param settings      settings of {@code markwatch.yaml}
 * @param seeds         sites to crawl, at least one
 * @param brands        brand packs with unique ids, at least one
 * @param indicators    indicators with unique ids
 * @param policy        scoring policy
 * @param lexicon       built-in words with the changes of the folder
 * @param acceptance    points of the features of acceptance claims, with the changes of the folder
 * @param rulesetSha256 SHA-256 in lower-case hex of everything that can change a result: brands, indicators, policy,
 *                      lexicon, evidence and the code that applies them. It does not depend on file names, order or comments.
 *                      Every result records it.
 * @param hashKey       key of indicators of type keyed-hash, or null for none
 */
public record Watchlist(
        Settings settings,
        List<Seed> seeds,
        List<Brand> brands,
        List<Indicator> indicators,
        Policy policy,
        Lexicon lexicon,
        EvidenceTable acceptance,
        String rulesetSha256,
        @Nullable Secret hashKey) {
    public Watchlist {
        seeds = List.copyOf(seeds);
        brands = List.copyOf(brands);
        indicators = List.copyOf(indicators);
    }

    /**
     * Returns the first day of the period up to {@code day} in which the same rules apply: the latest day on which the
     * validity of an indicator or the authorisation of a merchant started or ended.
     *
     * @param day a day in UTC
     * @return {@code day} or earlier; {@link LocalDate#EPOCH} if nothing started or ended
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

    /** Creates a watchlist with the built-in lexicon and evidence, and without a hash key. */
    public Watchlist(
            Settings settings,
            List<Seed> seeds,
            List<Brand> brands,
            List<Indicator> indicators,
            Policy policy,
            String rulesetSha256) {
        this(
                settings,
                seeds,
                brands,
                indicators,
                policy,
                Lexicon.builtIn(),
                EvidenceTable.builtInAcceptance(),
                rulesetSha256,
                null);
    }

    /**
     * Returns the proxy for a URL: that of the seed whose host equals the URL's host or is its closest parent domain;
     * null for none.
     */
    public @Nullable Proxy proxyFor(HttpUrl url) {
        String host = url.host();
        return seeds.stream()
                .filter(seed -> host.equals(seed.url().host())
                        || host.endsWith("." + seed.url().host()))
                .max(Comparator.comparingInt(seed -> seed.url().host().length()))
                .map(Seed::proxy)
                .orElse(null);
    }

    /** Returns a copy with additional entries of {@link Settings.CrawlSettings#resolve}. */
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
                acceptance,
                rulesetSha256,
                hashKey);
    }
}
