package org.markwatch.queue;

import java.util.List;
import java.util.stream.Stream;
import org.markwatch.match.Match;
import org.markwatch.score.Finding;
import org.markwatch.score.Reason;
import org.markwatch.score.Reason.ScoredFeature;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Field;

/** Findings about fictitious shops, as the scorer makes them. */
public final class SampleFindings {
    private SampleFindings() {}

    /** Returns a flagged finding; findings with different {@code evidence} differ in their hash of the evidence. */
    public static Finding flagged(String url, String evidence) {
        return finding(url, 42, "medium", "payment", true, "", evidence);
    }

    /** Returns a flagged finding with the given severity, lane and score. */
    public static Finding flagged(String url, String severity, String lane, int score) {
        return finding(url, score, severity, lane, true, "", "a");
    }

    /** Returns the suppressed finding of an authorised merchant. */
    public static Finding suppressed(String url) {
        return finding(url, 42, "medium", "payment", false, "authorised merchant", "a");
    }

    /** Returns a finding below the review threshold. */
    public static Finding quiet(String url) {
        return finding(url, 3, "none", "none", false, "", "a");
    }

    /** Returns a finding below the review threshold with the given score. */
    public static Finding quiet(String url, int score) {
        return finding(url, score, "none", "none", false, "", "a");
    }

    /** Returns the finding with a match; the store leaves out findings without one. */
    public static Finding withMatch(Finding finding) {
        Match match =
                new Match("checkout@1", Match.Kind.INDICATOR, null, "checkout", 5, Field.TEXT, 0, 3, "buy", "buy", 0);
        return new Finding(
                finding.url(),
                finding.title(),
                finding.language(),
                finding.score(),
                finding.severity(),
                finding.lane(),
                finding.flagged(),
                finding.suppressed(),
                finding.brandUses(),
                finding.reasons(),
                List.of(match),
                finding.rulesetSha256(),
                finding.evidenceSha256());
    }

    private static Finding finding(
            String url, int score, String severity, String lane, boolean flagged, String suppressed, String evidence) {
        return new Finding(
                HttpUrl.of(url),
                "Members area & offers",
                "en",
                score,
                severity,
                lane,
                flagged,
                suppressed,
                List.of(
                        new Finding.BrandUse("visa", Match.Kind.ACCEPTANCE),
                        new Finding.BrandUse("visa", Match.Kind.LOGO),
                        new Finding.BrandUse("mastercard", Match.Kind.LOGO)),
                reasons(score, lane),
                List.of(),
                "5f".repeat(32),
                Sha256.of(evidence));
    }

    private static List<Reason> reasons(int score, String lane) {
        String snippet = "Members pay monthly. We accept Visa and vouchers at checkout, no name needed.";
        String voucher = "Lifetime access \u202Efor 30 days\u202C <b>from 49</b> by gift card voucher only";
        List<Reason> reasons = List.of(
                reason(
                        "brand:visa@acceptance",
                        "marks",
                        Field.TEXT,
                        score - 18,
                        score - 18,
                        18,
                        snippet,
                        "accept Visa"),
                reason("voucher-only@2", "alternative-payment", Field.TEXT, 18, 12, score - 12, voucher, "voucher"),
                reason(
                        "thirty-day-membership@1",
                        "membership",
                        Field.JSON_LD,
                        10,
                        10,
                        score - 10,
                        "Offer.name: 30-day membership, price 49.00",
                        "30-day membership"),
                reason("help-page@1", "context", Field.HEADING, -4, -4, score + 4, "Help and contact", "Help"));
        if (!lane.equals("impersonation")) {
            return reasons;
        }
        Reason copy = new Reason(
                "brand:visa@impersonation",
                "identity",
                Field.TITLE,
                0,
                4,
                40,
                40,
                false,
                score - 40,
                "Visa: confirm your card",
                0,
                4,
                1,
                List.of(
                        new ScoredFeature(
                                "title-is-name", 33, "the title is its name, with no more than words of signing in"),
                        new ScoredFeature("asks-for-password", 17, "a form asks for a password"),
                        new ScoredFeature("no-other-brand", 15, "no other brand is named or drawn"),
                        new ScoredFeature("about-brands", -4, "the page is about brands")));
        return Stream.concat(Stream.of(copy), reasons.stream()).toList();
    }

    private static Reason reason(
            String rule, String group, Field field, int weight, int points, int without, String snippet, String match) {
        int start = snippet.indexOf(match);
        return new Reason(
                rule,
                group,
                field,
                120,
                120 + match.length(),
                weight,
                points,
                weight != points,
                without,
                snippet,
                start,
                start + match.length(),
                1,
                List.of());
    }
}
