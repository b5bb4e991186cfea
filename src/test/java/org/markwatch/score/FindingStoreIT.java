package org.markwatch.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.markwatch.brand.Evidence.CountedFeature;
import org.markwatch.database.TestDatabase;
import org.markwatch.match.Match;
import org.markwatch.match.Match.Kind;
import org.markwatch.match.Watchlists;
import org.markwatch.score.FindingStore.StoredMatch;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Field;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class FindingStoreIT {
    private final DataSource database = TestDatabase.fresh();
    private final FindingStore store = new FindingStore(database);
    private final TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
    private final Scorer scorer = new Scorer(Watchlists.of(Watchlists.BRANDS, List.of()), Watchlists.TODAY);

    private Finding finding(String url, String... texts) {
        List<Match> matches = new ArrayList<>();
        for (String text : texts) {
            int start = 10 * matches.size();
            matches.add(new Match(
                    "gift@1",
                    Kind.INDICATOR,
                    null,
                    "voucher",
                    30,
                    Field.TEXT,
                    start,
                    start + text.length(),
                    text,
                    text,
                    0));
        }
        return scorer.score(HttpUrl.of(url), "Tïtle", "en", matches);
    }

    private List<Finding> findings(long run, boolean flaggedOnly) {
        List<Finding> read = new ArrayList<>();
        store.forEachFinding(run, flaggedOnly, read::add);
        return read;
    }

    private List<StoredMatch> matches(long run) {
        List<StoredMatch> read = new ArrayList<>();
        store.forEachMatch(run, read::add);
        return read;
    }

    @Test
    void keepsFindingUntilAnotherReplacesIt() {
        Finding kept =
                finding("https://store.example/a", "gift one", "gift two").with(List.of("ga4:G-1A2B3C4D5E"), 3);
        Finding before = finding("https://store.example/b", "gift one", "gift two");
        Finding anew = finding("https://store.example/b", "gift three");
        store.save(1, List.of(kept, before));
        store.save(3, List.of(anew));

        assertThat(findings(2, false)).hasSize(2).isEqualTo(findings(1, false));
        assertThat(matches(2))
                .extracting(StoredMatch::matched)
                .contains("gift two")
                .doesNotContain("gift three");
        assertThat(matches(3))
                .extracting(StoredMatch::matched)
                .containsExactlyInAnyOrder("gift one", "gift two", "gift three");
        assertThat(store.totals(1).matches()).isEqualTo(4);
        assertThat(store.totals(3).matches()).isEqualTo(3);
        assertThat(new JdbcTemplate(database).queryForObject("select count(*) from finding", Integer.class))
                .isEqualTo(3);
    }

    @Test
    void endsFindingOfPageWithoutMatchesOrWithoutText() {
        store.save(1, List.of(finding("https://store.example/a", "gift"), finding("https://store.example/b", "gift")));
        store.save(2, List.of(finding("https://store.example/a")));
        store.end(3, List.of(HttpUrl.of("https://store.example/b")));

        assertThat(findings(1, false)).hasSize(2);
        assertThat(findings(2, false)).extracting(Finding::url).containsExactly(HttpUrl.of("https://store.example/b"));
        assertThat(findings(3, false)).isEmpty();
    }

    @Test
    void storesFeaturesOfAnImpersonationAndReadsRowsWithoutThem() {
        Match copy = new Match(
                "brand:paypal@impersonation",
                Kind.IMPERSONATION,
                "paypal",
                "identity",
                40,
                Field.TITLE,
                0,
                6,
                "PayPal",
                "PayPal",
                0,
                List.of(new CountedFeature("title-is-name", 33, "the title is its name")));
        store.save(1, List.of(scorer.score(HttpUrl.of("https://store.example/a"), "", "", List.of(copy))));

        assertThat(findings(1, false).getFirst().reasons())
                .extracting(Reason::signs)
                .containsExactly(List.of(new Reason.ScoredFeature("title-is-name", 33, "the title is its name")));
        new JdbcTemplate(database)
                .update(
                        "update finding set reasons = (select jsonb_agg(r - 'signs') from jsonb_array_elements(reasons) r)");
        assertThat(findings(1, false).getFirst().reasons())
                .extracting(Reason::signs)
                .containsExactly(List.of());
    }

    @Test
    void returnsMatchedRulesAndTheRunThatScored() {
        Finding kept =
                finding("https://store.example/a", "gift one", "gift two").with(List.of(), 3);
        store.save(1, List.of(kept));
        assertThat(store.fired(1, kept.url()).orElseThrow().judgedRun()).isEqualTo(1);
        assertThat(store.fired(3, kept.url())).get().satisfies(fired -> {
            assertThat(fired.judgedRun()).as("the first of three runs").isEqualTo(1);
            assertThat(fired.dropped()).isEqualTo(3);
            assertThat(fired.rules())
                    .containsExactly(new FindingStore.FiredRule("gift@1", "indicator", "", 30, List.of("TEXT"), 2));
        });
        assertThat(store.fired(0, kept.url())).isEmpty();
    }

    @Test
    void storesTraitsAndNumberOfDroppedMatches() {
        Finding one = finding("https://store.example/a", "Gift card")
                .with(List.of("dom:0123456789abcdef", "ga4:G-1A2B3C4D5E"), 7);
        Finding sister = finding("https://sister.example/", "Gift card").with(List.of("ga4:G-1A2B3C4D5E"), 0);

        store.save(1, List.of(one, sister));
        store.save(1, List.of(one)); // replaces the finding of the same page

        assertThat(new JdbcTemplate(database)
                        .queryForList(
                                "select f.url from page_trait t join finding f on f.id = t.finding_id"
                                        + " where t.trait = 'ga4:G-1A2B3C4D5E' order by f.url",
                                String.class))
                .containsExactly("https://sister.example/", "https://store.example/a");
        assertThat(findings(1, true)).extracting(Finding::dropped).containsExactlyInAnyOrder(7, 0);
    }

    @Test
    void readsSavedFindings() {
        Finding finding = finding("https://store.example/a?q=1", "Gift card", "gift 'card' \\ \"x\" \ud83c\udf89");

        store.save(1, List.of(finding));

        assertThat(findings(1, true))
                .singleElement()
                .satisfies(read -> assertThat(read)
                        .usingRecursiveComparison()
                        .ignoringFields("matches")
                        .isEqualTo(finding));
        assertThat(matches(1))
                .containsExactly(
                        new StoredMatch(
                                "https://store.example/a?q=1", "gift@1", "indicator", "TEXT", 0, 9, "Gift card"),
                        new StoredMatch(
                                "https://store.example/a?q=1",
                                "gift@1",
                                "indicator",
                                "TEXT",
                                10,
                                30,
                                "gift 'card' \\ \"x\" \ud83c\udf89"));
        assertThat(store.totals(1).matches()).isEqualTo(2);
        assertThat(findings(0, false)).isEmpty();
    }

    @Test
    void storesOneFindingForPagesWithTheSameFinalUrl() {
        store.save(
                1,
                List.of(finding("https://store.example/", "one"), finding("https://store.example/", "two", "three")));
        store.save(1, List.of(finding("https://store.example/", "four")));

        assertThat(findings(1, false)).hasSize(1);
        assertThat(matches(1)).extracting(StoredMatch::matched).containsExactly("four");
    }

    @Test
    void storesUrlsLongerThanAnIndexEntryAndTextWithNul() {
        store.save(1, List.of(finding("https://store.example/" + "a".repeat(8_000), "gift\0card")));

        assertThat(matches(1)).singleElement().satisfies(match -> {
            assertThat(match.matched()).isEqualTo("gift\ufffdcard");
            assertThat(match.url()).hasSize(8_022);
        });
    }

    @Test
    void storesNoFindingWithoutMatches() {
        store.save(1, List.of(finding("https://store.example/")));

        assertThat(findings(1, false)).isEmpty();
    }

    @Test
    void joinsTheTransactionOfTheCaller() {
        transaction.executeWithoutResult(status -> {
            store.save(1, List.of(finding("https://store.example/", "gift")));
            status.setRollbackOnly();
        });

        assertThat(findings(1, false)).isEmpty();
    }

    @Test
    void readsManyFindingsWhileTheCallerWrites() {
        List<Finding> many = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            many.add(finding("https://store.example/" + i, "gift"));
        }
        store.save(1, many);
        List<String> seen = new ArrayList<>();

        store.forEachFinding(1, false, read -> {
            seen.add(read.url().toString());
            if (seen.size() % 500 == 0) {
                transaction.executeWithoutResult(
                        status -> store.save(2, List.of(finding(read.url().toString(), "gift"))));
            }
        });

        assertThat(seen).hasSize(1_500).doesNotHaveDuplicates();
        assertThat(findings(2, false)).hasSize(1_500);
    }
}
