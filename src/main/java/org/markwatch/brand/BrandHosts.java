package org.markwatch.brand;

import java.time.LocalDate;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.Brand;

/** Which hosts are a brand's own, and which may show its mark. Immutable. */
public final class BrandHosts {
    private static final BitSet NONE = new BitSet();

    private final HostSuffixes<Brand> official = new HostSuffixes<>();
    private final HostSuffixes<Grant> grants = new HostSuffixes<>();
    /** By part of a host's name, the brands with such a name or official host. */
    private final Map<String, BitSet> parts = new HashMap<>();

    /**
     * A merchant's right to show a mark.
     *
     * @param brand the mark
     * @param owner who granted it
     * @param until last day, or null if it does not lapse
     */
    public record Grant(Brand brand, String owner, @Nullable LocalDate until) {}

    /** @param today grants that ended before this day do not count */
    public BrandHosts(List<Brand> brands, LocalDate today) {
        for (int b = 0; b < brands.size(); b++) {
            Brand brand = brands.get(b);
            addPart(brand.name(), b);
            for (String alias : brand.aliases()) {
                addPart(alias, b);
            }
            for (String host : brand.officialHosts()) {
                official.add(host, brand);
                addPart(host.split("\\.", 2)[0], b);
            }
            for (Brand.AuthorisedMerchant merchant : brand.merchants()) {
                if (merchant.until() == null || !merchant.until().isBefore(today)) {
                    grants.add(merchant.host(), new Grant(brand, merchant.owner(), merchant.until()));
                }
            }
        }
    }

    private void addPart(String name, int brand) {
        String part = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        if (part.length() > 1) {
            parts.computeIfAbsent(part, brands -> new BitSet()).set(brand);
        }
    }

    /** Returns the brands whose name or alias, however short, is a part of a host's name: {@code citi-th.example}. */
    BitSet named(String host) {
        BitSet named = new BitSet();
        String[] labels = host.split("\\.");
        for (int label = 0; label < labels.length - 1; label++) {
            for (String part : labels[label].split("-")) {
                named.or(parts.getOrDefault(part, NONE));
            }
        }
        return named;
    }

    /** Brands whose own host this is, or a subdomain of it. */
    public List<Brand> official(String host) {
        return official.of(host);
    }

    /** Marks that this host, or one above it, may show today. */
    public List<Grant> grants(String host) {
        return grants.of(host);
    }
}
