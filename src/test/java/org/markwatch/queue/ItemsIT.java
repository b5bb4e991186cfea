package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.markwatch.queue.ItemFilter.Show;

class ItemsIT {
    private final QueueFixture fixture = new QueueFixture();

    @Test
    void pagesThroughTheQueueAndReturnsEveryItemOnce() {
        List<String> severities = List.of("low", "medium", "high");
        for (int i = 0; i < 23; i++) {
            fixture.queue.admit(
                    i, List.of(SampleFindings.flagged("https://a.example/" + i, severities.get(i % 3), "brand", 50)));
            fixture.clock.advance(Duration.ofSeconds(i % 2));
        }

        List<Item> seen = new ArrayList<>();
        Items.Cursor after = null;
        for (int page = 0; page < 10; page++) {
            Items.ItemPage result = fixture.items.page(ItemFilter.open("ana", LaneAccess.ALL), after, 5);
            seen.addAll(result.items());
            if (result.next() == null) {
                break;
            }
            after = Items.Cursor.parse(result.next().toString()).orElseThrow();
        }

        assertThat(seen).containsExactlyElementsOf(fixture.all()).hasSize(23);
        assertThat(seen).extracting(Item::severity).startsWith("high").endsWith("low");
    }

    @Test
    void filtersByStateClaimLaneSeverityBrandAndText() {
        fixture.queue.admit(
                1,
                List.of(
                        SampleFindings.flagged("https://a.example/5_off", "high", "brand", 80),
                        SampleFindings.flagged("https://b.example/", "low", "payment", 20)));
        long held = fixture.next("payment", "ana").orElseThrow();

        assertThat(hosts(new ItemFilter(Show.MINE, "ana", LaneAccess.ALL))).containsExactly("b.example");
        assertThat(hosts(new ItemFilter(Show.MINE, "ben", LaneAccess.ALL))).isEmpty();
        assertThat(hosts(new ItemFilter(Show.FREE, "ben", LaneAccess.ALL))).containsExactly("a.example");
        assertThat(hosts(new ItemFilter(Show.OPEN, "ben", LaneAccess.ALL).with(ItemTerm.LANE, "brand")))
                .containsExactly("a.example");
        assertThat(hosts(new ItemFilter(Show.ALL, "ben", LaneAccess.ALL).with(ItemTerm.SEVERITY, "low")))
                .containsExactly("b.example");
        assertThat(hosts(new ItemFilter(Show.ALL, "ben", LaneAccess.ALL).with(ItemTerm.BRAND, "visa")))
                .hasSize(2);
        assertThat(hosts(new ItemFilter(Show.ALL, "ben", LaneAccess.ALL).with(ItemTerm.BRAND, "jcb")))
                .isEmpty();
        assertThat(hosts(new ItemFilter(Show.ALL, "ben", LaneAccess.ALL).with(ItemTerm.TEXT, "5 OFF")))
                .containsExactly("a.example");
        assertThat(hosts(new ItemFilter(Show.ALL, "ben", LaneAccess.ALL).with(ItemTerm.TEXT, "absent_example")))
                .isEmpty();
        assertThat(hosts(new ItemFilter(Show.ALL, "ben", LaneAccess.ALL)
                        .with(ItemTerm.LANE, "x' or true --")
                        .with(ItemTerm.TEXT, "\\")))
                .isEmpty();
        assertThat(fixture.items.count(new ItemFilter(Show.CLAIMED, "ben", LaneAccess.ALL)))
                .isEqualTo(1);
        assertThat(held).isPositive();
    }

    @Test
    void countsItemsByLane() {
        fixture.queue.admit(
                1,
                IntStream.range(0, 3)
                        .mapToObj(i -> SampleFindings.flagged("https://a.example/" + i, "high", "brand", 80))
                        .toList());
        long id = fixture.all().getFirst().id();
        fixture.decide(id, DecisionKind.UNDETERMINED);
        fixture.next("brand", "ben");

        assertThat(fixture.items.lanes()).singleElement().satisfies(lane -> {
            assertThat(lane.name()).isEqualTo("brand");
            assertThat(lane.waiting()).isEqualTo(2);
            assertThat(lane.claimed()).isEqualTo(1);
            assertThat(lane.oldest()).isEqualTo(fixture.clock.instant());
        });
    }

    @Test
    void listsOneItemForEachHostWithCounts() {
        fixture.queue.admit(
                1,
                IntStream.range(0, 20)
                        .mapToObj(i -> SampleFindings.flagged(
                                "https://" + (i < 15 ? "many" : "other" + i) + ".example/" + i,
                                i < 15 ? "high" : "low",
                                "brand",
                                80))
                        .toList());

        ItemFilter open = ItemFilter.open("ana", LaneAccess.ALL);
        ItemGroups.GroupPage first = fixture.groups.page(open, ItemGroups.Grouping.HOST, null, 4, 10);
        ItemGroups.GroupPage second = fixture.groups.page(open, ItemGroups.Grouping.HOST, first.next(), 4, 10);

        assertThat(first.groups())
                .extracting(ItemGroup::key, ItemGroup::items)
                .containsExactly(
                        tuple("many.example", 10L),
                        tuple("other15.example", 1L),
                        tuple("other16.example", 1L),
                        tuple("other17.example", 1L));
        assertThat(second.groups()).extracting(ItemGroup::key).containsExactly("other18.example", "other19.example");
        assertThat(second.next()).isNull();
        ItemFilter low = open.with(ItemTerm.SEVERITY, "low");
        assertThat(fixture.groups
                        .page(low, ItemGroups.Grouping.HOST, null, 10, 10)
                        .groups())
                .hasSize(5);
        assertThat(fixture.items.count(low, 3)).isEqualTo(new Items.ItemCount(3, true));
    }

    @Test
    void saysThatAHostMayHaveMoreItemsWithAWordThanTheFrontOnesThatItLooksAt() {
        fixture.queue.admit(
                1,
                Stream.of("lantern", "b", "c", "d")
                        .map(path -> SampleFindings.flagged("https://a.example/" + path, "high", "brand", 80))
                        .toList());
        ItemFilter lantern = ItemFilter.open("ana", LaneAccess.ALL).with(ItemTerm.TEXT, "lantern");
        ItemGroups ofThree = new ItemGroups(fixture.database, fixture.clock, 3);

        assertThat(ofThree.page(lantern, ItemGroups.Grouping.HOST, null, 10, 10).groups())
                .extracting(ItemGroup::count)
                .containsExactly(new Items.ItemCount(1, true));
        assertThat(fixture.groups
                        .page(lantern, ItemGroups.Grouping.HOST, null, 10, 10)
                        .groups())
                .extracting(ItemGroup::count)
                .containsExactly(new Items.ItemCount(1, false));
    }

    @Test
    void listsOneItemOfEachTemplateAcrossHosts() {
        fixture.queue.admit(
                1,
                IntStream.range(0, 6)
                        .mapToObj(i -> SampleFindings.flagged("https://shop" + i + ".example/", "high", "brand", 80)
                                .with(List.of("dom:" + (i < 4 ? "00000000000000f" + i : "aaaaaaaaaaaaaaaa")), 0))
                        .toList());

        assertThat(fixture.groups
                        .page(ItemFilter.open("ana", LaneAccess.ALL), ItemGroups.Grouping.TEMPLATE, null, 10, 10)
                        .groups())
                .extracting(each -> each.first().host(), ItemGroup::items)
                .containsExactly(tuple("shop0.example", 4L), tuple("shop4.example", 2L));
    }

    @Test
    void listsPurgedItemsAsGroupsOfTheirOwn() {
        List<Long> ids =
                List.of(fixture.admitted("https://a.example/", "x"), fixture.admitted("https://b.example/", "x"));
        ids.forEach(id -> fixture.decide(id, DecisionKind.FALSE_POSITIVE));
        fixture.clock.advance(Duration.ofDays(40));
        new ItemRetention(fixture.database, fixture.clock)
                .purge(fixture.clock.instant().minus(Duration.ofDays(35)));

        for (ItemGroups.Grouping by : ItemGroups.Grouping.values()) {
            assertThat(fixture.groups
                            .page(new ItemFilter(Show.DECIDED, "ana", LaneAccess.ALL), by, null, 10, 10)
                            .groups())
                    .as(by.label())
                    .extracting(each -> each.first().id(), ItemGroup::items)
                    .containsExactlyInAnyOrder(tuple(ids.getFirst(), 1L), tuple(ids.getLast(), 1L));
        }
    }

    @Test
    void countsTheOtherPagesOfAHostByStateAndDecision() {
        long shown = fixture.admitted("https://a.example/shown", "x");
        long decided = fixture.admitted("https://a.example/decided", "x");
        long reopened = fixture.admitted("https://a.example/reopened", "x");
        fixture.admitted("https://a.example/1", "x");
        fixture.admitted("https://a.example/2", "x");
        fixture.admitted("https://b.example/", "x");
        fixture.queue.admit(1, List.of(SampleFindings.flagged("https://a.example/3", "high", "quiet", 80)));
        fixture.decide(decided, DecisionKind.FALSE_POSITIVE);
        fixture.decide(reopened, DecisionKind.UNDETERMINED);
        fixture.decisions.reopen(reopened, "lea", "the page changed");

        assertThat(fixture.items.ofHost(fixture.item(shown), new LaneAccess(Set.of("quiet")), 10))
                .containsExactlyInAnyOrder(
                        new Items.StateCount(ItemState.NEW, null, 2),
                        new Items.StateCount(ItemState.REOPENED, DecisionKind.UNDETERMINED, 1),
                        new Items.StateCount(ItemState.DECIDED, DecisionKind.FALSE_POSITIVE, 1));
        assertThat(fixture.items.ofHost(fixture.item(shown), LaneAccess.ALL, 2))
                .extracting(Items.StateCount::items)
                .satisfies(counts -> assertThat(
                                counts.stream().mapToLong(each -> each).sum())
                        .isEqualTo(2));
    }

    @Test
    void countsNoOtherPagesForAnItemWithoutAHost() {
        long purged = fixture.admitted("https://a.example/", "x");
        fixture.decide(purged, DecisionKind.FALSE_POSITIVE);
        fixture.clock.advance(Duration.ofDays(40));
        new ItemRetention(fixture.database, fixture.clock)
                .purge(fixture.clock.instant().minus(Duration.ofDays(35)));
        fixture.admitted("https://b.example/", "x");

        assertThat(fixture.items.ofHost(fixture.item(purged), LaneAccess.ALL, 10))
                .isEmpty();
    }

    @Test
    void findsBeginningsOfWordsInUrlTitleAndEvidence() {
        fixture.queue.admit(
                1,
                List.of(
                        SampleFindings.flagged("https://find.example/Path-Name?q=caf%C3%A9", "x"),
                        SampleFindings.flagged("https://rest.example/", "x")));

        for (String words : List.of("path name", "PATH", "find members vouch", "find.example/path", "lifetime find")) {
            assertThat(hosts(new ItemFilter(Show.OPEN, "ana", LaneAccess.ALL).with(ItemTerm.TEXT, words)))
                    .as(words)
                    .containsExactly("find.example");
        }
        assertThat(hosts(new ItemFilter(Show.OPEN, "ana", LaneAccess.ALL).with(ItemTerm.TEXT, "find absent")))
                .isEmpty();
        assertThat(hosts(new ItemFilter(Show.OPEN, "ana", LaneAccess.ALL).with(ItemTerm.TEXT, "\u0000' | !x & ():*")))
                .isEmpty();
        assertThat(hosts(new ItemFilter(Show.OPEN, "ana", LaneAccess.ALL).with(ItemTerm.GROUP, "membership")))
                .hasSize(2);
        assertThat(hosts(new ItemFilter(Show.OPEN, "ana", LaneAccess.ALL).with(ItemTerm.GROUP, "context")))
                .isEmpty();
        String rule = fixture.items
                .page(ItemFilter.open("ana", LaneAccess.ALL), null, 1)
                .items()
                .getFirst()
                .reasons()
                .getFirst()
                .rule();
        assertThat(hosts(new ItemFilter(Show.OPEN, "ana", LaneAccess.ALL).with(ItemTerm.RULE, rule)))
                .hasSize(2);
        assertThat(hosts(new ItemFilter(Show.OPEN, "ana", LaneAccess.ALL).with(ItemTerm.RULE, "no-such-rule@1")))
                .isEmpty();
        assertThat(hosts(new ItemFilter(Show.OPEN, "ana", LaneAccess.ALL)
                        .with(ItemTerm.HOST, "rest.example")
                        .with(ItemTerm.LANGUAGE, "en")))
                .containsExactly("rest.example");
    }

    @Test
    void findsFrequentAndRareWordsAndGroupsAmongManyItems() {
        int near = QueueScan.MOST_NEAR;
        fixture.queue.admit(
                1,
                IntStream.range(0, near + 2)
                        .mapToObj(i -> i < near
                                ? SampleFindings.flagged("https://shop" + i + ".example/common", "high", "brand", 80)
                                : SampleFindings.flagged(
                                        "https://far.example/rare" + i + "/common", "low", "impersonation", 20))
                        .toList());
        ItemFilter frequent = new ItemFilter(Show.OPEN, "ana", LaneAccess.ALL).with(ItemTerm.TEXT, "common");
        ItemFilter rare = new ItemFilter(Show.OPEN, "ana", LaneAccess.ALL).with(ItemTerm.TEXT, "rare");

        assertThat(hosts(rare)).containsExactly("far.example", "far.example");
        assertThat(fixture.items.count(rare, 10)).isEqualTo(new Items.ItemCount(2, false));
        assertThat(hosts(new ItemFilter(Show.OPEN, "ana", LaneAccess.ALL).with(ItemTerm.GROUP, "identity")))
                .containsExactly("far.example", "far.example");
        assertThat(hosts(new ItemFilter(Show.OPEN, "ana", LaneAccess.ALL).with(ItemTerm.GROUP, "membership")))
                .hasSize(10);
        assertThat(fixture.items.count(frequent, 10)).isEqualTo(new Items.ItemCount(near, true));
        List<String> keys = new ArrayList<>();
        Items.@Nullable Cursor after = null;
        do {
            ItemGroups.GroupPage page = fixture.groups.page(frequent, ItemGroups.Grouping.HOST, after, 700, 10);
            page.groups().forEach(group -> keys.add(group.key() + " " + group.items()));
            after = page.next();
        } while (after != null);
        assertThat(keys).hasSize(near + 1).doesNotHaveDuplicates().endsWith("far.example 2");
    }

    private List<String> hosts(ItemFilter filter) {
        return fixture.items.page(filter, null, 10).items().stream()
                .map(Item::host)
                .toList();
    }
}
