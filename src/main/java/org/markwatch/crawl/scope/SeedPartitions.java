package org.markwatch.crawl.scope;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.partition.Partitions;
import org.markwatch.url.HttpUrl;
import org.markwatch.url.RegistrableDomain;
import org.markwatch.watchlist.Scope;
import org.markwatch.watchlist.Seed;

/**
 * Divides seeds into partitions, so that two seeds that may lead to the same host are in the same one: seeds of one
 * registrable domain. The pages, budget, traps and redirects of a seed stay in its partition.
 *
 * <p>A host without registrable domain, such as an address or {@code localhost}, is a domain by itself, and each of its ports
 * is one unless a seed of scope {@code domain} covers them all.
 */
public final class SeedPartitions {
    private final Set<String> allPorts;

    /** @param seeds all seeds of the run */
    public SeedPartitions(Collection<Seed> seeds) {
        allPorts = seeds.stream()
                .filter(seed -> seed.scope() == Scope.DOMAIN)
                .map(seed -> Site.host(seed.url()))
                .collect(Collectors.toSet());
    }

    /** Returns the number of the partition of a seed; it is the same in each run with such seeds. */
    public int of(Seed seed) {
        int hash = key(seed.url()).hashCode() * 0x9E3779B9; // spreads names that differ in their last letters
        return Math.floorMod(hash >>> 16, Partitions.MAX_PARTITIONS);
    }

    private String key(HttpUrl url) {
        String host = Site.host(url);
        @Nullable String domain = RegistrableDomain.of(host);
        if (domain != null) {
            return domain;
        }
        return allPorts.contains(host) ? host : host + ":" + Site.port(url);
    }
}
