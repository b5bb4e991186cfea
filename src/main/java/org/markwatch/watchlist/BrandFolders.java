package org.markwatch.watchlist;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the brand packs of a job-config and the merchants of their table. */
final class BrandFolders {
    private final ConfigFiles configFiles;
    private final Faults faults;

    BrandFolders(ConfigFiles configFiles, Faults faults) {
        this.configFiles = configFiles;
        this.faults = faults;
    }

    /** Returns the brands of the folders; ids and names must be unique over all of them. */
    List<Brand> read(List<Path> brandFolders) {
        List<Brand> brands = new ArrayList<>();
        Map<String, SourceLocation> ids = new HashMap<>();
        Map<String, String> owners = new HashMap<>();
        for (Path file : brandFolders.stream()
                .flatMap(brandFolder -> configFiles.files(brandFolder, List.of(".yaml")).stream())
                .toList()) {
            ConfigNode document = configFiles.document(file);
            if (document != null) {
                Section pack = BrandFile.section(document, faults);
                Brand brand = BrandFile.read(pack);
                pack.requireUniqueId(brand.id(), ids);
                for (String name : names(brand)) {
                    String owner = owners.putIfAbsent(name, brand.id());
                    if (owner != null && !owner.equals(brand.id())) {
                        pack.fault("aliases", "'" + name + "' is already a name of " + owner + "; keep it in one pack");
                    }
                }
                brands.add(brand);
            }
        }
        return withMerchants(brandFolders, brands);
    }

    private List<Brand> withMerchants(List<Path> brandFolders, List<Brand> brands) {
        List<Brand> all = brands;
        for (Path brandFolder : brandFolders) {
            Path table = brandFolder.resolve(MerchantsFile.NAME);
            String text = configFiles.exists(table) ? configFiles.text(table) : null;
            all = text == null ? all : MerchantsFile.apply(configFiles.name(table), text, all, faults);
        }
        return all;
    }

    private static List<String> names(Brand brand) {
        return Stream.concat(Stream.of(brand.name()), brand.aliases().stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
