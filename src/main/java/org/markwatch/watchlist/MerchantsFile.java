package org.markwatch.watchlist;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads {@code brands/merchants.csv}: hosts that are authorised to show a brand, a row each. */
final class MerchantsFile {
    static final String NAME = "merchants.csv";
    static final List<String> MERCHANT_KEYS = List.of("host", "owner", "until");
    private static final List<String> COLUMNS = List.of("brand", "host", "owner", "until");

    private MerchantsFile() {}

    /** Returns the brands with the merchants of the table added. A row of an unknown brand is a fault. */
    static List<Brand> apply(String file, String text, List<Brand> brands, Faults faults) {
        List<String> ids = brands.stream().map(Brand::id).toList();
        Map<String, List<Brand.AuthorisedMerchant>> added = new HashMap<>();
        List<Section> rows = CsvReader.read(file, text, COLUMNS, faults).stream()
                .map(row -> Section.of(row, faults, COLUMNS))
                .toList();
        for (Section row : Section.merged(
                rows,
                List.of("brand", "host"),
                each -> each.peek("host", NetworkSyntax::host).map(host -> List.of(each.text("brand"), host)))) {
            String brand = row.required("brand", Syntax.id(), "");
            if (!brand.isEmpty() && !ids.contains(brand)) {
                row.fault("brand", "must be the id of a brand pack; " + SpellingSuggestion.suggest(brand, ids));
            }
            added.computeIfAbsent(brand, id -> new ArrayList<>()).add(merchant(row));
        }
        return brands.stream()
                .map(brand -> added.containsKey(brand.id()) ? with(brand, added.get(brand.id())) : brand)
                .toList();
    }

    static Brand.AuthorisedMerchant merchant(Section row) {
        return new Brand.AuthorisedMerchant(
                row.required("host", NetworkSyntax::host, ""),
                row.required("owner", Syntax.text(200), ""),
                row.optional("until", Syntax.date()));
    }

    private static Brand with(Brand brand, List<Brand.AuthorisedMerchant> merchants) {
        return new Brand(
                brand.id(),
                brand.name(),
                brand.aliases(),
                brand.ambiguous(),
                brand.logoNames(),
                brand.logoClasses(),
                brand.officialHosts(),
                Stream.concat(brand.merchants().stream(), merchants.stream()).toList(),
                brand.bank());
    }
}
