package org.markwatch.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.markwatch.match.Match;
import org.markwatch.match.Match.Kind;
import org.markwatch.match.NearMiss;
import org.markwatch.match.Watchlists;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;

class ScorerTest {
    private static final Indicator PRICE =
            Watchlists.indicator("price", Indicator.Type.REGEX, "[0-9]+ usd", "voucher", 10);
    private final Scorer scorer = new Scorer(Watchlists.of(Watchlists.BRANDS, List.of(PRICE)), Watchlists.TODAY);

    private Finding score(String url, Match... matches) {
        return scorer.score(HttpUrl.of(url), "Title", "en", List.of(matches));
    }

    private Finding score(Match... matches) {
        return score("https://store.example/", matches);
    }

    private static Match indicator(String rule, String group, int weight) {
        return match(rule, Kind.INDICATOR, null, group, weight, 5, rule);
    }

    private static Match brand(String brand, Kind kind, int weight) {
        return match("brand:" + brand + "@" + kind.label(), kind, brand, Match.MARKS, weight, 0, brand);
    }

    private static Match match(
            String rule, Kind kind, @Nullable String brand, String group, int weight, int start, String text) {
        return new Match(
                rule,
                kind,
                brand,
                group,
                weight,
                Field.TEXT,
                start,
                start + text.length(),
                text,
                "see " + text + " here",
                4);
    }

    @Test
    void reportsDistanceFromTheThresholdAndCapThatWasReached() {
        Finding finding = score(
                indicator("a@1", "acceptance", 12), indicator("b@1", "acceptance", 9), brand("visa", Kind.MENTION, 2));

        assertThat(finding.score()).isEqualTo(17);
        assertThat(scorer.nearly(finding))
                .extracting(miss -> miss.rule() + ": " + miss.why())
                .containsExactly("review_from: 8 points below 25", "groups.acceptance: cap 15 held back 6 points");
    }

    @Test
    void reportsNegativeContextThatLowersTheSeverity() {
        Finding lower = score(
                indicator("a@1", "crypto", 35), brand("visa", Kind.ACCEPTANCE, 15), indicator("n@1", "news", -15));
        Finding same =
                score(indicator("a@1", "crypto", 35), brand("visa", Kind.ACCEPTANCE, 15), indicator("n@1", "news", -3));

        assertThat(lower.severity()).isEqualTo("low");
        assertThat(scorer.nearly(lower))
                .extracting(miss -> miss.rule() + ": " + miss.why())
                .contains("groups.news: took 15 points; without it the severity is higher");
        assertThat(same.severity()).isEqualTo("medium");
        assertThat(scorer.nearly(same)).extracting(NearMiss::rule).doesNotContain("groups.news");
    }

    @Test
    void reportsWhatTheNextBandRequires() {
        Finding few = score(indicator("a@1", "crypto", 35), brand("visa", Kind.MENTION, 2));
        Finding oneGroup = score(indicator("a@1", "other", 70));

        assertThat(scorer.nearly(few)).extracting(NearMiss::rule).contains("bands.medium");
        assertThat(scorer.nearly(oneGroup))
                .extracting(miss -> miss.rule() + ": " + miss.why())
                .containsExactly("bands.high: enough points, but from 1 of 2 groups");
    }

    @Test
    void reportsMarksOfAnAuthorisedMerchant() {
        Finding partly = score(
                "https://shop.example/", brand("visa", Kind.ACCEPTANCE, 15), brand("paypal", Kind.ACCEPTANCE, 15));
        Finding all = score("https://shop.example/", brand("visa", Kind.ACCEPTANCE, 15));

        assertThat(scorer.nearly(partly))
                .extracting(miss -> miss.rule() + ": " + miss.why())
                .contains(
                        "brand:visa@acceptance: not counted: authorised merchant of Visa (granted by brand desk, until 2026-12-31)");
        assertThat(scorer.nearly(all)).extracting(NearMiss::rule).contains("suppressed");
    }

    @Test
    void reportsNoNearMissFarFromAnyThreshold() {
        assertThat(scorer.nearly(score(indicator("a@1", "acceptance", 5)))).isEmpty();
    }

    @Test
    void countsRuleOnceAndReportsItsMatches() {
        Match first = match("gift@1", Kind.INDICATOR, null, "voucher", 12, 0, "gift card");
        Match again = match("gift@1", Kind.INDICATOR, null, "voucher", 12, 40, "gift card");

        Finding finding = score(first, again);

        assertThat(finding.score()).isEqualTo(12);
        assertThat(finding.reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.count()).isEqualTo(2);
            assertThat(reason.start()).isZero();
            assertThat(reason.snippet().substring(reason.snippetStart(), reason.snippetEnd()))
                    .isEqualTo("gift card");
        });
    }

    @Test
    void fillsCapWithLargestWeightsFirst() {
        Finding finding =
                score(indicator("a@1", "voucher", 12), indicator("b@1", "voucher", 20), indicator("c@1", "voucher", 9));

        assertThat(finding.score()).isEqualTo(30);
        assertThat(finding.reasons()).extracting(Reason::rule).containsExactly("b@1", "a@1", "c@1");
        assertThat(finding.reasons()).extracting(Reason::points).containsExactly(20, 10, 0);
        assertThat(finding.reasons()).extracting(Reason::capped).containsExactly(false, true, true);
    }

    /** Compares {@link Reason#without} with the score of the same matches without the rule. */
    @Test
    void reportsTheScoreWithoutEachRule() {
        Random random = new Random(3);
        String[] groups = {"voucher", "crypto", "acceptance", "news"};
        for (int round = 0; round < 300; round++) {
            List<Match> matches = new ArrayList<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                String group = groups[random.nextInt(groups.length)];
                int weight = 1 + random.nextInt(25);
                matches.add(indicator("r" + i + "@1", group, group.equals("news") ? -weight : weight));
            }
            Finding finding = scorer.score(HttpUrl.of("https://store.example/"), "", "", matches);
            for (Reason reason : finding.reasons()) {
                List<Match> others = matches.stream()
                        .filter(match -> !match.rule().equals(reason.rule()))
                        .toList();
                int without = scorer.score(HttpUrl.of("https://store.example/"), "", "", others)
                        .score();
                assertThat(reason.without())
                        .as("%s of %s", reason.rule(), finding)
                        .isEqualTo(without);
            }
            int points = finding.reasons().stream().mapToInt(Reason::points).sum();
            assertThat(finding.score()).isEqualTo(Math.max(0, points));
        }
    }

    @Test
    void subtractsNegativeContextUpToItsCap() {
        Finding finding = score(
                indicator("gift@1", "voucher", 30),
                indicator("byline@1", "news", -15),
                indicator("agency@1", "news", -15));

        assertThat(finding.score()).isEqualTo(10);
        assertThat(finding.reasons()).extracting(Reason::points).containsExactly(30, -15, -5);
    }

    /** What an owner adds to a page must not take it out of the queue. */
    @Test
    void keepsAPageInTheQueueWhateverContextsSubtract() {
        Finding commerce = score(indicator("gift@1", "voucher", 30), indicator("byline@1", "news", -20));
        Finding claim = score(brand("visa", Kind.ACCEPTANCE, 15), indicator("byline@1", "news", -20));
        Finding asset = score(brand("visa", Kind.ASSET, 15));
        Finding copy = score(
                brand("visa", Kind.IMPERSONATION, 40),
                indicator("byline@1", "news", -20),
                indicator("case@1", "legal", -30));

        assertThat(commerce.score()).isEqualTo(10);
        assertThat(claim.score()).isZero();
        assertThat(asset.score()).isEqualTo(15);
        assertThat(copy.score()).isZero();
        assertThat(List.of(commerce, claim, asset, copy)).allSatisfy(finding -> {
            assertThat(finding.flagged()).isTrue();
            assertThat(finding.severity()).isEqualTo("low");
            assertThat(finding.lane()).isNotEqualTo("none");
        });
        assertThat(copy.lane()).isEqualTo("brand");
    }

    @Test
    void lowersTheSeverityByContexts() {
        assertThat(score(brand("visa", Kind.IMPERSONATION, 40)).severity()).isEqualTo("medium");
        assertThat(score(brand("visa", Kind.IMPERSONATION, 40), indicator("byline@1", "news", -10))
                        .severity())
                .isEqualTo("low");
    }

    @Test
    void leavesLogosAndMentionsBelowTheThresholdOutOfTheQueue() {
        assertThat(score(brand("visa", Kind.LOGO, 12)).flagged()).isFalse();
        assertThat(score(brand("visa", Kind.LOGO, 12)).severity()).isEqualTo("none");
        assertThat(score(brand("visa", Kind.LOGO, 12), indicator("a@1", "voucher", 12))
                        .flagged())
                .as("24 of 25 points")
                .isFalse();
        assertThat(score(brand("visa", Kind.LOGO, 12), indicator("a@1", "voucher", 13))
                        .flagged())
                .isTrue();
    }

    @Test
    void queuesNoUseThatThePolicyGivesNoPoints() {
        assertThat(score(brand("visa", Kind.ACCEPTANCE, 0)).flagged()).isFalse();
    }

    @Test
    void countsLogosOfSeveralBrandsOnce() {
        Finding finding =
                score(brand("visa", Kind.LOGO, 12), brand("mastercard", Kind.LOGO, 12), brand("paypal", Kind.LOGO, 12));

        assertThat(finding.score()).isEqualTo(12);
        assertThat(finding.flagged()).isFalse();
        assertThat(finding.brandUses()).hasSize(3);
    }

    @Test
    void countsLogosBesideAClaimOfAnotherBrand() {
        Finding finding = score(
                brand("visa", Kind.LOGO, 12), brand("mastercard", Kind.LOGO, 12), brand("paypal", Kind.ACCEPTANCE, 15));

        assertThat(finding.score()).isEqualTo(27);
        assertThat(finding.flagged()).isTrue();
    }

    @Test
    void requiresTwoIndependentGroupsForTheTopBand() {
        Finding marksOnly = score(
                brand("visa", Kind.IMPERSONATION, 40),
                brand("mastercard", Kind.IMPERSONATION, 40),
                brand("paypal", Kind.LOOKALIKE_HOST, 35));
        Finding withMentions = score(
                indicator("coin@1", "crypto", 35), brand("visa", Kind.MENTION, 2), indicator("coin2@1", "crypto", 35));
        Finding both = score(brand("visa", Kind.IMPERSONATION, 40), indicator("coin@1", "crypto", 35));

        assertThat(marksOnly.score()).isEqualTo(40);
        assertThat(marksOnly.severity()).isEqualTo("medium");
        assertThat(withMentions.severity()).isEqualTo("low");
        assertThat(both.score()).isEqualTo(75);
        assertThat(both.severity()).isEqualTo("high");
    }

    @Test
    void neverFlagsForMentionsAlone() {
        List<Match> mentions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            mentions.add(brand("b" + i, Kind.MENTION, 2));
        }
        Finding finding = scorer.score(HttpUrl.of("https://news.example/"), "", "", mentions);

        assertThat(finding.score()).isEqualTo(40);
        assertThat(finding.flagged()).isFalse();
        assertThat(finding.lane()).isEqualTo("none");
    }

    @Test
    void keepsBackgroundMatchesWithoutPoints() {
        Finding finding = score(indicator("trial@1", "crypto", 0));

        assertThat(finding.score()).isZero();
        assertThat(finding.reasons()).isEmpty();
        assertThat(finding.matches()).hasSize(1);
    }

    @Test
    void choosesFirstMatchingLane() {
        assertThat(score(brand("visa", Kind.IMPERSONATION, 40), indicator("coin@1", "crypto", 35))
                        .lane())
                .isEqualTo("brand");
        assertThat(score(brand("visa", Kind.LOGO, 12), indicator("coin@1", "crypto", 35))
                        .lane())
                .isEqualTo("payment");
        assertThat(score(brand("visa", Kind.LOGO, 12), brand("paypal", Kind.ACCEPTANCE, 15))
                        .lane())
                .isEqualTo("general");
    }

    @Test
    void suppressesOfficialHostAndKeepsItsReasons() {
        Finding finding =
                score("https://www.visa.com/", brand("visa", Kind.ACCEPTANCE, 15), brand("paypal", Kind.LOGO, 12));

        assertThat(finding.suppressed()).isEqualTo("official host of Visa");
        assertThat(finding.score()).isEqualTo(27);
        assertThat(finding.reasons()).hasSize(2);
        assertThat(finding.flagged()).isFalse();
    }

    /** A grant permits the brand's marks. Wallets, vouchers and other brands are judged as anywhere else. */
    @Test
    void suppressesAuthorisedMerchantOnlyForGrantedBrand() {
        Match visa = brand("visa", Kind.ACCEPTANCE, 15);
        Finding granted = score("https://pay.shop.example/", visa, indicator("gift@1", "voucher", 20));
        Finding commerce = score(
                "https://shop.example/", visa, indicator("gift@1", "voucher", 20), indicator("coin@1", "crypto", 20));
        Finding otherBrand = score(
                "https://shop.example/",
                visa,
                brand("paypal", Kind.ACCEPTANCE, 15),
                indicator("gift@1", "voucher", 20));

        assertThat(granted.flagged()).isFalse();
        assertThat(granted.suppressed())
                .isEqualTo("authorised merchant of Visa (granted by brand desk, until 2026-12-31)");
        assertThat(commerce.flagged()).isTrue();
        assertThat(commerce.suppressed()).isEmpty();
        assertThat(commerce.score()).as("without the granted mark").isEqualTo(40);
        assertThat(commerce.brandUses()).isEmpty();
        assertThat(otherBrand.flagged()).isTrue();
        assertThat(otherBrand.score()).isEqualTo(35);
        assertThat(otherBrand.brandUses()).containsExactly(new Finding.BrandUse("paypal", Kind.ACCEPTANCE));
    }

    @Test
    void suppressesNoPageWithTheMarkOfAnotherBrand() {
        Finding logo =
                score("https://shop.example/", brand("visa", Kind.ACCEPTANCE, 15), brand("paypal", Kind.LOGO, 12));
        Finding mention =
                score("https://shop.example/", brand("visa", Kind.ACCEPTANCE, 15), brand("paypal", Kind.MENTION, 2));

        assertThat(logo.suppressed()).isEmpty();
        assertThat(logo.flagged()).isFalse();
        assertThat(mention.suppressed()).startsWith("authorised merchant of Visa");
    }

    @Test
    void flagsMerchantAfterItsGrantEnded() {
        Scorer later = new Scorer(Watchlists.of(Watchlists.BRANDS, List.of()), Watchlists.TODAY.plusYears(1));

        Finding finding = later.score(
                HttpUrl.of("https://shop.example/"),
                "",
                "",
                List.of(brand("visa", Kind.ACCEPTANCE, 15), indicator("gift@1", "voucher", 20)));

        assertThat(finding.flagged()).isTrue();
    }

    @Test
    void neverGrantsImpersonation() {
        assertThat(score("https://shop.example/", brand("visa", Kind.IMPERSONATION, 40))
                        .flagged())
                .isTrue();
    }

    @Test
    void givesTheSameFindingForAnyOrderOfMatches() {
        List<Match> matches = new ArrayList<>(List.of(
                brand("visa", Kind.LOGO, 12),
                brand("paypal", Kind.ACCEPTANCE, 15),
                indicator("a@1", "voucher", 12),
                indicator("b@1", "voucher", 12),
                indicator("n@1", "news", -3)));
        Finding expected = scorer.score(HttpUrl.of("https://store.example/"), "", "", matches);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(matches, new Random(i));
            assertThat(scorer.score(HttpUrl.of("https://store.example/"), "", "", matches))
                    .isEqualTo(expected);
        }
    }

    @Test
    void keepsEvidenceHashWhenOnlyOffsetCountVersionOrPriceChanges() {
        Finding before = score(
                match("price@1", Kind.INDICATOR, null, "voucher", 10, 0, "10 USD"),
                match("gift@1", Kind.INDICATOR, null, "voucher", 10, 9, "Gift card"));
        Finding after = score(
                match("price@1", Kind.INDICATOR, null, "voucher", 10, 70, "12 usd"),
                match("gift@2", Kind.INDICATOR, null, "voucher", 10, 90, "gift card"),
                match("gift@2", Kind.INDICATOR, null, "voucher", 10, 190, "gift card"),
                indicator("byline@1", "news", -5));

        assertThat(after.evidenceSha256()).isEqualTo(before.evidenceSha256());
    }

    @Test
    void changesEvidenceHashForAnotherWalletOrAnotherRule() {
        Match wallet = match("wallet@1", Kind.INDICATOR, null, "crypto", 20, 0, "0x1111");
        Match other = match("wallet@1", Kind.INDICATOR, null, "crypto", 20, 0, "0x2222");

        assertThat(score(other).evidenceSha256()).isNotEqualTo(score(wallet).evidenceSha256());
        assertThat(score(wallet, brand("visa", Kind.LOGO, 12)).evidenceSha256())
                .isNotEqualTo(score(wallet).evidenceSha256());
    }
}
