package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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
            Items.ItemPage result = fixture.items.page(ItemFilter.open("ana"), after, 5);
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
        long held = fixture.claims.next("payment", "ana").orElseThrow();

        assertThat(hosts(new ItemFilter(Show.MINE, "ana", "", "", "", ""))).containsExactly("b.example");
        assertThat(hosts(new ItemFilter(Show.MINE, "ben", "", "", "", ""))).isEmpty();
        assertThat(hosts(new ItemFilter(Show.FREE, "ben", "", "", "", ""))).containsExactly("a.example");
        assertThat(hosts(new ItemFilter(Show.OPEN, "ben", "brand", "", "", ""))).containsExactly("a.example");
        assertThat(hosts(new ItemFilter(Show.ALL, "ben", "", "low", "", ""))).containsExactly("b.example");
        assertThat(hosts(new ItemFilter(Show.ALL, "ben", "", "", "visa", ""))).hasSize(2);
        assertThat(hosts(new ItemFilter(Show.ALL, "ben", "", "", "jcb", ""))).isEmpty();
        assertThat(hosts(new ItemFilter(Show.ALL, "ben", "", "", "", "5_OFF"))).containsExactly("a.example");
        assertThat(hosts(new ItemFilter(Show.ALL, "ben", "", "", "", "a_example")))
                .isEmpty();
        assertThat(hosts(new ItemFilter(Show.ALL, "ben", "x' or true --", "", "", "\\")))
                .isEmpty();
        assertThat(fixture.items.count(new ItemFilter(Show.CLAIMED, "ben", "", "", "", "")))
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
        fixture.claims.next("brand", "ben");

        assertThat(fixture.items.lanes()).singleElement().satisfies(lane -> {
            assertThat(lane.name()).isEqualTo("brand");
            assertThat(lane.waiting()).isEqualTo(2);
            assertThat(lane.claimed()).isEqualTo(1);
            assertThat(lane.oldest()).isEqualTo(fixture.clock.instant());
        });
        assertThat(fixture.items.brands()).containsExactly("mastercard", "visa");
    }

    private List<String> hosts(ItemFilter filter) {
        return fixture.items.page(filter, null, 10).items().stream()
                .map(Item::host)
                .toList();
    }
}
