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
 * @param evidence      points of the features of acceptance and impersonation, with the changes of the folder
 * @param rulesetSha256 SHA-256 in lower-case hex of everything that can change a result: brands, indicators, policy,
 *                      lexicon, evidence and the version of the code that applies them. It does not depend on file names, order or comments.
 *                      Every result records it.
 * @param hashKey       key of indicators of type keyed-hash, or null for none
 * @param locations     file and line of each indicator by id, for messages; none for restricted indicators
 * @param repeats       entries of lists that were read as one with an earlier one, for messages
 */
public record Watchlist(
        Settings settings,
        List<Seed> seeds,
        List<Brand> brands,
        List<Indicator> indicators,
        Policy policy,
        Lexicon lexicon,
        EvidenceTables evidence,
        String rulesetSha256,
        @Nullable Secret hashKey,
        Map<String, IndicatorLocation> locations,
        List<RepeatedEntry> repeats) {
    public Watchlist {
        repeats = List.copyOf(repeats);
        locations = Map.copyOf(locations);
        seeds = List.copyOf(seeds);
        brands = List.copyOf(brands);
        indicators = List.copyOf(indicators);
    }

    /**
     * Where an indicator is written.
     *
     * @param file path as the user would type it
     * @param line line number from 1
     */
    public record IndicatorLocation(String file, int line) {}

    /** Returns a copy without the {@linkplain Indicator#isMasked masked} indicators, with the hash of this ruleset. */
    public Watchlist withoutMasked() {
        return new Watchlist(
                settings,
                seeds,
                brands,
                indicators.stream().filter(indicator -> !indicator.isMasked()).toList(),
                policy,
                lexicon,
                evidence,
                rulesetSha256,
                hashKey,
                locations,
                repeats);
    }

    /**
     * Returns a fault of an example of an indicator, with the file and the line of the indicator.
     *
     * @param key     key of the example, like {@code match[0]}
     * @param value   the example, or empty
     * @param allowed how to correct it
     */
    public Fault exampleFault(Indicator indicator, String key, String value, String allowed) {
        IndicatorLocation location = locations.get(indicator.id());
        return location == null
                ? new Fault("indicators", indicator.id() + "." + key, value, allowed)
                : new Fault(
                        location.file(), "line " + location.line() + ", " + indicator.id() + "." + key, value, allowed);
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
                EvidenceTables.builtIn(),
                rulesetSha256,
                null);
    }

    /** Creates a watchlist whose indicators are in no file. */
    public Watchlist(
            Settings settings,
            List<Seed> seeds,
            List<Brand> brands,
            List<Indicator> indicators,
            Policy policy,
            Lexicon lexicon,
            EvidenceTables evidence,
            String rulesetSha256,
            @Nullable Secret hashKey) {
        this(
                settings,
                seeds,
                brands,
                indicators,
                policy,
                lexicon,
                evidence,
                rulesetSha256,
                hashKey,
                Map.of(),
                List.of());
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
                        settings.matching(),
                        settings.oidc(),
                        settings.management(),
                        settings.notices()),
                seeds,
                brands,
                indicators,
                policy,
                lexicon,
                evidence,
                rulesetSha256,
                hashKey,
                locations,
                repeats);
    }
}
