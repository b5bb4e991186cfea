package org.markwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.markwatch.job.RescanJob;
import org.markwatch.job.RescanJob.FlagChange;
import org.markwatch.score.Shift;
import org.markwatch.url.HttpUrl;

/** Output of {@code rescan --dry-run}. */
class RescanVerbTest {
    @Test
    void printsRulesWhosePointsDiffer() {
        List<FlagChange> changes = List.of(
                new FlagChange(
                        HttpUrl.of("https://shop.example/pay"),
                        true,
                        5,
                        40,
                        "",
                        List.of(new Shift("voucher-only@2", 0, 35))),
                new FlagChange(
                        HttpUrl.of("https://old.example/"), false, 30, 0, "", List.of(new Shift("gift-card@1", 30, 0))),
                new FlagChange(HttpUrl.of("https://own.example/"), false, 30, 30, "official host of Visa", List.of()),
                new FlagChange(HttpUrl.of("https://edge.example/"), false, 20, 20, "", List.of()));

        assertThat(RescanVerb.table(changes).toString().lines())
                .containsExactly(
                        "WOULD BE  SCORE     PAGE",
                        "flagged   5 to 40   hxxps://shop[.]example/pay",
                        "    why: +35 voucher-only@2",
                        "dropped   30 to 0   hxxps://old[.]example/",
                        "    why: gift-card@1 no more (was +30)",
                        "dropped   30 to 30  hxxps://own[.]example/",
                        "    why: official host of Visa",
                        "dropped   20 to 20  hxxps://edge[.]example/",
                        "    why: same rules and points; the policy or the authorised hosts have changed");
    }

    @Test
    void writesSameResultAsJson() {
        List<FlagChange> changes = List.of(new FlagChange(
                HttpUrl.of("https://shop.example/pay"), true, 5, 40, "", List.of(new Shift("voucher-only@2", 0, 35))));

        assertThat(RescanVerb.toJson(new RescanJob.Preview(12, 1, 0, 3, 2), changes))
                .isEqualTo("""
                {"pages":12,"flagged":1,"dropped":0,"raised":3,"lowered":2,"changes":[{"page":"https://shop.example/pay","flagged":true,"before":5,"now":40,\
                "suppressed":"","why":[{"rule":"voucher-only@2","before":0,"now":35}]}]}""");
    }
}
