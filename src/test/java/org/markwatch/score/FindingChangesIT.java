package org.markwatch.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.markwatch.database.TestDatabase;
import org.markwatch.queue.SampleFindings;
import org.markwatch.score.FindingChanges.DroppedPage;
import org.markwatch.url.HttpUrl;
import org.springframework.jdbc.core.simple.JdbcClient;

class FindingChangesIT {
    private static final String URL = "https://a.example/";

    private final DataSource database = TestDatabase.fresh();
    private final FindingStore store = new FindingStore(database);
    private final FindingChanges changes = new FindingChanges(database);

    @Test
    void readsFindingsMadeSinceARun() {
        store.save(1, List.of(flagged("https://a.example/")));
        store.save(2, List.of(flagged("https://b.example/")));
        List<Finding> read = new ArrayList<>();

        changes.forEachNewFinding(3, 1, read::add);

        assertThat(read).extracting(Finding::url).containsExactly(HttpUrl.of("https://b.example/"));
    }

    @Test
    void tellsPagesThatOtherRulesDropFromTheSameText() {
        store.save(1, List.of(flagged(URL), flagged("https://b.example/"), flagged("https://c.example/")));
        store.saveJudgedAgain(
                2, List.of(SampleFindings.quiet(URL), held("https://b.example/"), flagged("https://c.example/")));

        assertThat(dropped(2, 1))
                .containsExactlyInAnyOrder(
                        new DroppedPage(HttpUrl.of(URL), ""), new DroppedPage(HttpUrl.of("https://b.example/"), ""));
        assertThat(dropped(3, 2)).as("nothing changed since").isEmpty();
    }

    @Test
    void tellsWhyADroppedPageIsSuppressed() {
        store.save(1, List.of(flagged(URL)));
        store.saveJudgedAgain(2, List.of(SampleFindings.withMatch(SampleFindings.suppressed(URL))));

        assertThat(dropped(2, 1)).containsExactly(new DroppedPage(HttpUrl.of(URL), "authorised merchant"));
    }

    @Test
    void doesNotTakeAPageForDroppedThatChangesOrIsGone() {
        store.save(1, List.of(flagged(URL), flagged("https://gone.example/")));
        store.save(2, List.of(SampleFindings.quiet(URL)));
        store.end(2, List.of(HttpUrl.of("https://gone.example/")));

        assertThat(dropped(2, 1)).isEmpty();
    }

    @Test
    void doesNotTakeAPageForDroppedThatALaterRunFlags() {
        store.save(1, List.of(flagged(URL)));
        store.saveJudgedAgain(2, List.of(held(URL)));
        store.saveJudgedAgain(3, List.of(flagged(URL)));

        assertThat(dropped(3, 1)).isEmpty();
        assertThat(dropped(2, 1)).hasSize(1);
    }

    @Test
    void countsHeldBackPagesByTheirChange() {
        store.save(1, List.of(held(URL), held("https://b.example/"), flagged("https://c.example/")));
        assertThat(changes.heldBack(1, 0)).isEqualTo(Map.of(HeldBack.POINTS, 2L));

        store.save(2, List.of(SampleFindings.withMatch(SampleFindings.suppressed(URL)), held("https://d.example/")));
        store.end(3, List.of(HttpUrl.of("https://b.example/")));

        assertThat(changes.heldBack(3, 1)).isEqualTo(Map.of(HeldBack.POINTS, -1L, HeldBack.SUPPRESSED, 1L));
        assertThat(changes.heldBack(3, 0)).isEqualTo(Map.of(HeldBack.POINTS, 1L, HeldBack.SUPPRESSED, 1L));
        assertThat(changes.heldBack(4, 3)).isEmpty();
    }

    @Test
    void listsPagesThatAreHeldBackNowByTheirPoints() {
        store.save(1, List.of(held("https://few.example/"), held("https://ended.example/")));
        store.save(
                1, List.of(SampleFindings.withMatch(SampleFindings.quiet("https://many.example/", 30)), flagged(URL)));
        store.save(1, List.of(SampleFindings.withMatch(SampleFindings.suppressed("https://own.example/"))));
        store.end(2, List.of(HttpUrl.of("https://ended.example/")));

        assertThat(store.mostHeldBack(JdbcClient.create(database), 10))
                .extracting(finding -> finding.url().toString())
                .containsExactly("https://many.example/", "https://few.example/");
        assertThat(store.mostHeldBack(JdbcClient.create(database), 1)).hasSize(1);
        List<String> urls = new ArrayList<>();
        store.forEachHeldBackUrl(1, page -> urls.add(page.toString()));
        assertThat(urls)
                .containsExactlyInAnyOrder("https://many.example/", "https://few.example/", "https://ended.example/");
    }

    private List<DroppedPage> dropped(long run, long since) {
        List<DroppedPage> pages = new ArrayList<>();
        changes.forEachDropped(run, since, pages::add);
        return pages;
    }

    private static Finding flagged(String url) {
        return SampleFindings.withMatch(SampleFindings.flagged(url, "x"));
    }

    private static Finding held(String url) {
        return SampleFindings.withMatch(SampleFindings.quiet(url));
    }
}
