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
 * Computes the SHA-256 of everything that can change a result: brands, indicators, policy, lexicon, evidence,
 * and the versions of extraction, matching and scoring.
 *
 * <p>Collections without an order are sorted, and the length of each text precedes it, so that two rulesets never have
 * the same canonical form. Labels, sources and examples are left out.
 */
final class RulesetHash {
    private final MessageDigest digest = sha256();

    private RulesetHash() {}

    /**
     * Returns the hash of a ruleset in lower-case hex.
     *
     * <p>Instead of restricted patterns it includes the hash of the sealed lexicon. From a hash of the patterns
     * themselves, an attacker could confirm a guess.
     *
     * @param sealedLexiconSha256 hash of the sealed lexicon, empty for none
     * @param hashKey             key of indicators of type keyed-hash, null for none
     */
    static String of(
            List<Brand> brands,
            List<Indicator> indicators,
            Policy policy,
            Lexicon lexicon,
            EvidenceTables evidence,
            Diacritics diacritics,
            String sealedLexiconSha256,
            @Nullable Secret hashKey) {
        RulesetHash hash = new RulesetHash();
        hash.text("markwatch ruleset 5");
        hash.number(DetectionVersion.EXTRACTOR);
        hash.number(DetectionVersion.RULES);
        if (!sealedLexiconSha256.isEmpty()) {
            hash.text(sealedLexiconSha256);
        }
        if (hashKey != null) {
            hash.digest.update(hashKey.mac().doFinal("markwatch ruleset".getBytes(StandardCharsets.US_ASCII)));
        }
        hash.number(brands.size());
        brands.stream().sorted(Comparator.comparing(Brand::id)).forEach(hash::brand);
        hash.number(indicators.size());
        indicators.stream().sorted(Comparator.comparing(Indicator::id)).forEach(hash::indicator);
        hash.policy(policy);
        for (LexiconCategory category : LexiconCategory.values()) {
            hash.text(Syntax.configName(category));
            hash.sorted(lexicon.languagesOf(category).entrySet().stream()
                    .map(entry -> entry.getKey() + '\t' + String.join(",", entry.getValue()))
                    .toList());
        }
        hash.evidence(evidence.acceptance());
        hash.evidence(evidence.logo());
        hash.evidence(evidence.impersonation());
        hash.text(Syntax.configName(diacritics));
        return HexFormat.of().formatHex(hash.digest.digest());
    }

    /** Returns the SHA-256 of a file in lower-case hex. */
    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
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
        number(brand.bank() ? 1 : 0);
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
            text(Syntax.configName(group.effect()));
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

    private void evidence(EvidenceTable table) {
        number(table.limits().size());
        new TreeMap<>(table.limits()).forEach((id, points) -> {
            text(id);
            number(points);
        });
        number(table.features().size());
        new TreeMap<>(table.features()).forEach((id, feature) -> {
            text(id);
            number(feature.points());
        });
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
