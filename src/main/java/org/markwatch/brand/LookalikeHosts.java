package org.markwatch.brand;

import java.net.IDN;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.markwatch.text.Folding;
import org.markwatch.text.Typos;
import org.markwatch.url.RegistrableDomain;
import org.markwatch.watchlist.Brand;

/**
 * Tells host names that look like a brand's. For any number of threads.
 *
 * <p>Public-suffix aware: only the label that somebody registered can be a typo or carry the wrong suffix. Names shorter than
 * {@value #TYPO_LENGTH} letters and names that are common words are not compared by distance: too many words are near them.
 */
final class LookalikeHosts {
    /** Names from here on are looked for beside a word such as {@code login}: {@code anz-login}. */
    private static final int SHORTEST_LENGTH = 3;
    /** Names from here on are looked for as parts of a host whatever is beside them. */
    private static final int SAFE_LENGTH = 4;

    private static final int TYPO_LENGTH = 5;
    private static final int EMBEDDED_LENGTH = 6;
    /** Names from here on are compared by distance with parts of a host too, whatever is beside them: words are rarely near them by chance. */
    private static final int LONG_LENGTH = 8;
    /** A crawl is at some hundred hosts at a time. */
    private static final int MOST_REMEMBERED = 1 << 10;

    private final BrandHosts brandHosts;
    private final Set<String> hostBait;
    /** Brand names and the labels of its own domains, squeezed to letters and digits. */
    private final Map<String, List<Name>> names = new HashMap<>();

    private final Typos<Name> typos;
    private final List<Name> embeddable = new ArrayList<>();
    private final Map<String, List<Lookalike>> judged = new ConcurrentHashMap<>();

    /** Hosts of brands as they stand before the labels of another, with a full stop. */
    private final List<Official> officials = new ArrayList<>();

    private record Official(String host, int brand) {}

    private record Name(String key, int brand, boolean ambiguous) {}

    /**
     * @param brand index of the brand
     * @param way   {@code confusable}, {@code suffix}, {@code typo}, {@code embedded}
     * @param start offset in the host name
     * @param end   offset after the last character
     */
    record Lookalike(int brand, String way, int start, int end) {}

    /** @param hostBait words that hosts are often called by, and that stand in one beside a name that is a common word too */
    LookalikeHosts(List<Brand> brands, BrandHosts brandHosts, Set<String> hostBait, Set<String> nearNames) {
        typos = new Typos<>(nearNames);
        this.hostBait = hostBait;
        this.brandHosts = brandHosts;
        for (int b = 0; b < brands.size(); b++) {
            Brand brand = brands.get(b);
            List<String> ambiguous =
                    brand.ambiguous().stream().map(LookalikeHosts::squeeze).toList();
            List<String> keys = new ArrayList<>();
            keys.add(squeeze(brand.name()));
            brand.aliases().forEach(alias -> keys.add(squeeze(alias)));
            // a host of a brand that is not called after it, as jcbusa.com, has neighbours by chance
            Set<String> spoken = Set.copyOf(keys);
            for (String host : brand.officialHosts()) {
                officials.add(new Official(host + ".", b));
                String label = squeeze(label(host));
                // pay.google.com is the brand's, and google.com is more than the brand
                if (host.equals(domain(host)) && !ambiguous.contains(label)) {
                    keys.add(label);
                }
            }
            for (String key : keys.stream().distinct().toList()) {
                if (key.length() < SHORTEST_LENGTH || !key.chars().allMatch(c -> c < 0x80)) {
                    continue;
                }
                Name name = new Name(key, b, key.length() < SAFE_LENGTH || ambiguous.contains(key));
                names.computeIfAbsent(key, k -> new ArrayList<>()).add(name);
                if (!name.ambiguous && key.length() >= TYPO_LENGTH && spoken.contains(key)) {
                    typos.add(key, name);
                }
                if (!name.ambiguous && key.length() >= EMBEDDED_LENGTH) {
                    embeddable.add(name);
                }
            }
        }
    }

    /** Brands that a host looks like, at most one way each. Remembered, since a host has many pages. */
    List<Lookalike> of(String host) {
        List<Lookalike> known = judged.get(host);
        if (known == null) {
            known = List.copyOf(judge(host));
            if (judged.size() >= MOST_REMEMBERED) {
                judged.clear();
            }
            judged.put(host, known);
        }
        return known;
    }

    private List<Lookalike> judge(String host) {
        List<Lookalike> found = new ArrayList<>();
        if (host.indexOf('.') < 0 || !brandHosts.official(host).isEmpty()) {
            return found;
        }
        String domain = domain(host);
        int domainStart = host.length() - domain.length();
        String label = domain.substring(0, domain.indexOf('.') < 0 ? domain.length() : domain.indexOf('.'));
        int labelEnd = domainStart + label.length();
        inLabel(label, domainStart, labelEnd, found);
        inParts(host, labelEnd, found);
        officialInside(host, found);
        return found;
    }

    /** The registered label as a whole. */
    private void inLabel(String label, int start, int end, List<Lookalike> found) {
        String plain = squeeze(label);
        String shown = squeeze(toUnicode(label));
        for (Name name : names.getOrDefault(plain, List.of())) {
            if (!name.ambiguous && name.key.length() >= TYPO_LENGTH) {
                add(found, name.brand, "suffix", start, end);
            }
        }
        for (String other : readings(shown)) {
            if (!other.equals(plain)) {
                for (Name name : names.getOrDefault(other, List.of())) {
                    add(found, name.brand, "confusable", start, end);
                }
            }
        }
        // a word that hosts are often called by is near a name by chance: 'secure' and J/Secure
        if (!names.containsKey(plain) && !hostBait.contains(plain)) {
            for (Name name : typos.near(shown)) {
                add(found, name.brand, "typo", start, end);
            }
        }
        for (Name name : embeddable) {
            int at = label.indexOf(name.key);
            if (at >= 0 && !plain.equals(name.key)) {
                add(found, name.brand, "embedded", start + at, start + at + name.key.length());
            }
        }
    }

    /** Parts between dots and hyphens, down to the registered label. */
    private void inParts(String host, int labelEnd, List<Lookalike> found) {
        boolean bait = false;
        List<int[]> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= labelEnd; i++) {
            if (i == labelEnd || host.charAt(i) == '.' || host.charAt(i) == '-') {
                parts.add(new int[] {start, i});
                bait |= hostBait.contains(host.substring(start, i));
                start = i + 1;
            }
        }
        if (parts.size() < 2) {
            return;
        }
        for (int i = 0; i < parts.size(); i++) {
            StringBuilder joined = new StringBuilder();
            for (int j = i; j < Math.min(parts.size(), i + 3); j++) {
                joined.append(host, parts.get(j)[0], parts.get(j)[1]);
                String part = squeeze(toUnicode(joined.toString()));
                for (String spelled : readings(part)) {
                    for (Name name : names.getOrDefault(spelled, List.of())) {
                        // nobody writes a common word with a digit by chance
                        boolean withDigit = name.key.length() >= SAFE_LENGTH && !spelled.equals(part);
                        if (!name.ambiguous || bait || withDigit) {
                            add(found, name.brand, "embedded", parts.get(i)[0], parts.get(j)[1]);
                        }
                    }
                }
                for (Name name : typos.near(part)) {
                    if (bait && !hostBait.contains(part) || name.key.length() >= LONG_LENGTH) {
                        add(found, name.brand, "typo", parts.get(i)[0], parts.get(j)[1]);
                    }
                }
            }
        }
    }

    /** {@code visa.com.shop.example}. */
    private void officialInside(String host, List<Lookalike> found) {
        for (Official official : officials) {
            int at = host.indexOf(official.host);
            if (at == 0 || at > 0 && host.charAt(at - 1) == '.') {
                add(found, official.brand, "embedded", at, at + official.host.length() - 1);
            }
        }
    }

    private static void add(List<Lookalike> found, int brand, String way, int start, int end) {
        if (found.stream().noneMatch(other -> other.brand == brand)) {
            found.add(new Lookalike(brand, way, start, end));
        }
    }

    private static String label(String host) {
        String domain = domain(host);
        int dot = domain.indexOf('.');
        return dot < 0 ? domain : domain.substring(0, dot);
    }

    private static String domain(String host) {
        @Nullable String domain = RegistrableDomain.ofRegistry(host);
        return domain == null ? host : domain;
    }

    private static String toUnicode(String label) {
        return label.contains("xn--") ? IDN.toUnicode(label, IDN.ALLOW_UNASSIGNED) : label;
    }

    private static String squeeze(String name) {
        return Folding.fold(name).replaceAll("[^\\p{L}\\p{Nd}]", "").toLowerCase(Locale.ROOT);
    }

    /** A name as written, and with digits and letter pairs as an eye in a hurry reads them. */
    private static Set<String> readings(String name) {
        String read = name.replace("rn", "m")
                .replace("vv", "w")
                .replace('0', 'o')
                .replace('3', 'e')
                .replace('4', 'a')
                .replace('5', 's')
                .replace('7', 't');
        Set<String> readings = new LinkedHashSet<>();
        readings.add(name);
        readings.add(read.replace('1', 'l'));
        readings.add(read.replace('1', 'i'));
        return readings;
    }
}
