package org.markwatch.watchlist;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over what can change a verdict: brands, indicators, policy and wording, and what the program itself judges by. Everything is
 * sorted that has no order of its own, and every value goes in behind its length, so that no two rulesets share a canonical
 * form. Labels, sources and examples are left out.
 */
final class RulesetHash {
    /** Of what reads, matches and scores a page. */
    private static final byte[] PROGRAM = ProgramCode.sha256("extract", "match", "score");

    private final MessageDigest digest = sha256();

    private RulesetHash() {}

    /**
     * Hex, lower case. Restricted patterns go in as the hash of the sealed file: a guess at one could be tried against a hash of
     * the pattern.
     *
     * @param lexiconSha256 of the sealed lexicon, empty for none
     * @param hashKey       of keyed hashes, null for none; another key finds other addresses
     */
    static String of(
            List<Brand> brands,
            List<Indicator> indicators,
            Policy policy,
            Lexicon wording,
            Diacritics diacritics,
            String lexiconSha256,
            @Nullable Secret hashKey) {
        RulesetHash hash = new RulesetHash();
        hash.text("markwatch ruleset 3");
        hash.digest.update(PROGRAM);
        if (!lexiconSha256.isEmpty()) {
            hash.text(lexiconSha256);
        }
        if (hashKey != null) {
            hash.digest.update(hashKey.mac().doFinal("markwatch ruleset".getBytes(StandardCharsets.US_ASCII)));
        }
        hash.number(brands.size());
        brands.stream().sorted(Comparator.comparing(Brand::id)).forEach(hash::brand);
        hash.number(indicators.size());
        indicators.stream().sorted(Comparator.comparing(Indicator::id)).forEach(hash::indicator);
        hash.policy(policy);
        for (LexiconCategory meaning : LexiconCategory.values()) {
            hash.text(Syntax.configName(meaning));
            hash.sorted(wording.entriesOf(meaning));
        }
        hash.text(Syntax.configName(diacritics));
        return HexFormat.of().formatHex(hash.digest.digest());
    }

    /** Hex, lower case, of a file. */
    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private void brand(Brand brand) {
        text(brand.id());
        text(brand.name());
        sorted(brand.aliases());
        sorted(brand.ambiguous());
        sorted(brand.logoNames());
        sorted(brand.logoClasses());
        sorted(brand.officialHosts());
        sorted(brand.merchants().stream()
                .map(merchant -> merchant.host() + " " + Objects.toString(merchant.until(), ""))
                .toList());
    }

    private void indicator(Indicator indicator) {
        text(indicator.id());
        number(indicator.version());
        text(Syntax.configName(indicator.type()));
        text(indicator.restricted() ? "" : indicator.pattern());
        text(indicator.group());
        number(indicator.weight());
        sorted(indicator.scope().stream().map(Syntax::configName).toList());
        text(indicator.language());
        text(Syntax.configName(indicator.state()));
        text(Objects.toString(indicator.validFrom(), ""));
        text(Objects.toString(indicator.validUntil(), ""));
    }

    private void policy(Policy policy) {
        number(policy.groups().size());
        new TreeMap<>(policy.groups()).forEach((key, group) -> {
            text(key);
            number(group.cap());
        });
        number(policy.brandUsePoints().size());
        new TreeMap<>(policy.brandUsePoints()).forEach((kind, points) -> {
            text(kind);
            number(points);
        });
        number(policy.reviewFrom());
        number(policy.bands().size());
        for (Policy.Band band : policy.bands()) {
            text(band.severity());
            number(band.from());
            number(band.minGroups());
        }
        number(policy.lanes().size());
        for (Policy.Lane lane : policy.lanes()) {
            text(lane.name());
            sorted(lane.brandUse());
            sorted(lane.groups());
        }
    }

    private void sorted(Collection<String> texts) {
        number(texts.size());
        texts.stream().sorted().forEach(this::text);
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        digest.update(bytes);
    }

    private void number(int number) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).flip());
    }
}
