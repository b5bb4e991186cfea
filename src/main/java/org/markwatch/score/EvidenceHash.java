package org.markwatch.score;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.markwatch.match.Match;
import org.markwatch.match.Match.Kind;
import org.markwatch.watchlist.Indicator;

/** Hashes the evidence of decisions. Immutable. */
final class EvidenceHash {
    /** Types whose matches contain numbers that change while the claim stays the same. */
    private static final Set<Indicator.Type> NEUTRAL_DIGITS =
            EnumSet.of(Indicator.Type.REGEX, Indicator.Type.PRICE, Indicator.Type.SELECTOR);

    private final Map<String, Indicator.Type> types;

    EvidenceHash(List<Indicator> indicators) {
        types = indicators.stream()
                .collect(Collectors.toUnmodifiableMap(Indicator::rule, Indicator::type, (a, b) -> a));
    }

    /**
     * Returns the hash of the evidence of a decision: the set of rules with positive weight, each with the field and
     * the text of its matches.
     *
     * <p>The hash leaves out what may change while the claim stays the same, so that a decided item is not re-opened:
     * offsets and counts (a block was moved or repeated), the version of an indicator, letter case and white space, the
     * digits in matches of regular expressions, prices and selectors, and negative context (for example a news teaser).
     * The digits of account numbers stay in: another wallet is other evidence.
     */
    String of(List<Match> matches) {
        Set<String> evidence = new TreeSet<>();
        for (Match match : matches) {
            if (match.weight() > 0) {
                String rule = match.kind() == Kind.INDICATOR
                        ? match.rule().substring(0, match.rule().lastIndexOf('@'))
                        : match.rule();
                String text = match.text().toLowerCase(Locale.ROOT).strip().replaceAll("\\s+", " ");
                if (NEUTRAL_DIGITS.contains(types.getOrDefault(Match.plainRule(match.rule()), Indicator.Type.PHRASE))) {
                    text = text.replaceAll("\\p{Nd}+", "0");
                }
                evidence.add(rule + '\u001f' + match.field() + '\u001f' + text);
            }
        }
        MessageDigest digest = sha256();
        for (String line : evidence) {
            digest.update(line.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\u001e');
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256 (MessageDigest, required algorithms)", e);
        }
    }
}
