package org.markwatch.brand;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.Brand;

/** Which hosts are a brand's own, and which may show its mark. Immutable. */
public final class BrandHosts {
    private final HostSuffixes<Brand> official = new HostSuffixes<>();
    private final HostSuffixes<Grant> grants = new HostSuffixes<>();

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
        for (Brand brand : brands) {
            for (String host : brand.officialHosts()) {
                official.add(host, brand);
            }
            for (Brand.AuthorisedMerchant merchant : brand.merchants()) {
                if (merchant.until() == null || !merchant.until().isBefore(today)) {
                    grants.add(merchant.host(), new Grant(brand, merchant.owner(), merchant.until()));
                }
            }
        }
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
