package org.markwatch.watchlist;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads a brand pack, {@code brands/*.yaml}. */
final class BrandFile {
    private static final List<String> KEYS = List.of(
            "id", "name", "bank", "aliases", "ambiguous", "logo_names", "logo_classes", "official_hosts", "merchants");

    private static final Syntax<String> NAME = Syntax.text(100);
    private static final Syntax<String> LOGO_NAME = Syntax.matching(
            "[\\p{Ll}\\p{Lo}\\p{M}\\p{N}]+(-[\\p{Ll}\\p{Lo}\\p{M}\\p{N}]+)*",
            "must be lower-case words joined by '-', without a file extension");
    private static final Syntax<String> LOGO_CLASS = Syntax.matching(
            "[^\\s.\"'<>]{1,100}", "must be one CSS class or symbol name, without dot, quotes or spaces");

    private BrandFile() {}

    static Section section(ConfigNode document, Faults faults) {
        return Section.of(document, faults, KEYS);
    }

    static Brand read(Section pack) {
        String name = pack.required("name", NAME, "");
        Set<String> aliases = pack.list("aliases", NAME);
        Set<String> logoNames = pack.list("logo_names", LOGO_NAME);
        Set<String> allNames = new HashSet<>();
        allNames.add(fold(name));
        aliases.forEach(alias -> allNames.add(fold(alias)));
        logoNames.forEach(logo -> allNames.add(fold(logo)));
        Set<String> hosts = pack.requiredList("official_hosts", NetworkSyntax::host);
        hosts.forEach(host -> allNames.addAll(List.of(host.split("\\."))));
        Syntax<String> ambiguous = value -> {
            if (!allNames.contains(fold(value))) {
                throw new MalformedValueException(
                        "must also be the name, an alias, a logo name or a part of an official host of the brand");
            }
            return value;
        };
        return new Brand(
                pack.required("id", Syntax.id(), ""),
                name,
                List.copyOf(aliases),
                List.copyOf(pack.list("ambiguous", ambiguous)),
                List.copyOf(logoNames),
                List.copyOf(pack.list("logo_classes", LOGO_CLASS)),
                List.copyOf(hosts),
                Section.merged(
                                pack.sections("merchants", MerchantsFile.MERCHANT_KEYS),
                                List.of("host"),
                                each -> each.peek("host", NetworkSyntax::host))
                        .stream()
                        .map(MerchantsFile::merchant)
                        .toList(),
                pack.optional("bank", Syntax.bool(), false));
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
