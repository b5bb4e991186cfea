package org.markwatch.crawl.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.markwatch.url.HttpUrl;

class TrapsTest {
    private final Traps traps = new Traps();

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/calendar/2026/11/25, /calendar///",
        "/shoes/red-12.html, /shoes/",
        "/list?b=2&a=1, /list?a&b",
        "/2/list.php?page=7, //list.php?page",
    })
    void computesTrapPatternOfUrl(String path, String pattern) {
        assertThat(Traps.trapPattern(url(path))).isEqualTo(pattern);
    }

    @Test
    void blocksPatternAfterDuplicatesInARow() {
        IntStream.rangeClosed(0, Traps.MAX_DUPLICATES_IN_A_ROW).forEach(day -> {
            assertThat(skip("/calendar/" + day, "/calendar/1000")).isNull();
            traps.record(url("/calendar/" + day), 7);
        });

        assertThat(skip("/calendar/7", "/calendar/1000")).isEqualTo("duplicates");
        assertThat(skip("/calendar/7", "/offers/1000")).isNull();
        assertThat(skip("/offers/7", "/calendar/1000")).isNull();
    }

    @Test
    void blocksNoPatternWithNewContentInBetween() {
        IntStream.range(0, 50 * Traps.MAX_DUPLICATES_IN_A_ROW)
                .forEach(page ->
                        traps.record(url("/shoes/" + page), page % Traps.MAX_DUPLICATES_IN_A_ROW == 0 ? page : 7));

        assertThat(skip("/shoes/1", "/shoes/1000")).isNull();
    }

    @Test
    void blocksPatternWhenContentRepeatsInCycle() {
        IntStream.range(0, 12 + Traps.MAX_DUPLICATES_IN_A_ROW)
                .forEach(month -> traps.record(url("/calendar/" + month), month % 12));

        assertThat(skip("/calendar/7", "/calendar/1000")).isEqualTo("duplicates");
    }

    @Test
    void limitsParameterCombinationsButNotTheirValues() {
        long followed = IntStream.range(1, 1024)
                .filter(set -> skip("/", "/list?" + filters(set)) == null)
                .count();

        assertThat(followed).isEqualTo(Traps.MAX_COMBINATIONS);
        assertThat(IntStream.range(0, 1000)).allMatch(page -> skip("/", "/list?f0=" + page) == null);
        assertThat(skip("/", "/list?f1=1&f0=1")).isEqualTo("query-explosion");
        assertThat(skip("/", "/other?f0=1&f7=1&f9=1")).isNull();
    }

    private static String filters(int set) {
        StringBuilder query = new StringBuilder();
        for (int bit = 0; bit < 10; bit++) {
            if ((set >> bit & 1) == 1) {
                query.append(query.isEmpty() ? "" : "&").append('f').append(bit).append("=1");
            }
        }
        return query.toString();
    }

    private @Nullable String skip(String page, String target) {
        return traps.skipReason(url(page), url(target));
    }

    private static HttpUrl url(String path) {
        return HttpUrl.of("https://shop.example" + path);
    }
}
