package org.markwatch.watchlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The reader returns a watchlist or throws a {@link WatchlistException} with printable faults, whatever the files
 * contain.
 */
class WatchlistFuzzTest {
    private static final List<String> FILES = List.of(
            "markwatch.yaml",
            "seeds.csv",
            "seeds.yaml",
            "brands/acme.yaml",
            "indicators/checkout.yaml",
            "indicators/more.csv",
            "policies.yaml");
    private static final String[] FRAGMENTS = {
        "a",
        ":",
        " ",
        ": ",
        "- ",
        "\n",
        "\n  ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "\"",
        "'",
        "|",
        ">",
        "#",
        "&a",
        "*a",
        "!!str",
        "%",
        "@",
        "?",
        "~",
        "null",
        "1",
        "1s",
        "-1",
        "\t",
        "\r\n",
        ";",
        "---\n",
        "...",
        "<<",
        "\u0000",
        "\u202E",
        "\uFEFF",
        "\uD83D\uDE00",
        "crawl",
        "contact",
        "url",
        "https://",
        "seeds",
        "indicators",
        "id",
        "type",
        "regex",
        "pattern",
        "(",
        "groups",
        "bands"
    };

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void reportsRandomBytes(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            check(FILES.get(random.nextInt(FILES.size())), bytes, seed, i);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void reportsRandomYamlAndCsv(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(60); n > 0; n--) {
                text.append(FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
            }
            check(FILES.get(random.nextInt(FILES.size())), text.toString().getBytes(StandardCharsets.UTF_8), seed, i);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8, 9})
    void reportsMutatedFiles(long seed) {
        Random random = new Random(seed);
        List<String> good = List.of(
                JobConfigFolder.SETTINGS,
                JobConfigFolder.SEEDS,
                "seeds:\n  - {url: 'https://b.example/', delay: 1s}\n",
                JobConfigFolder.BRAND,
                JobConfigFolder.INDICATOR,
                "id,type,pattern,group,weight,scope,source\nx,regex,a+,checkout,1,text|title,own\n",
                JobConfigFolder.POLICIES);
        for (int i = 0; i < 300; i++) {
            int file = random.nextInt(FILES.size());
            StringBuilder text = new StringBuilder(good.get(file));
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                int at = random.nextInt(text.length());
                text.replace(
                        at,
                        Math.min(text.length(), at + random.nextInt(4)),
                        FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
            }
            check(FILES.get(file), text.toString().getBytes(StandardCharsets.UTF_8), seed, i);
        }
    }

    @Test
    void reportsDeepNesting() {
        for (String deep :
                List.of("[".repeat(200_000), "{a: ".repeat(100_000), "- ".repeat(100_000), "? ".repeat(100_000))) {
            check("policies.yaml", deep.getBytes(StandardCharsets.UTF_8), 0, 0);
        }
    }

    private void check(String file, byte[] bytes, long seed, int round) {
        JobConfigFolder config = new JobConfigFolder(folder.resolve("f")).with(file, bytes);
        try {
            config.read();
        } catch (WatchlistException e) {
            assertThat(e.faults())
                    .isNotEmpty()
                    .allSatisfy(fault -> assertThat(fault.toString()).doesNotContainPattern("[\\p{Cc}\\p{Cf}]"));
        } catch (RuntimeException | StackOverflowError e) {
            fail("seed %d, round %d, %s: %s", seed, round, file, new String(bytes, StandardCharsets.UTF_8), e);
        } finally {
            for (String extra : List.of("seeds.yaml", "indicators/more.csv")) {
                if (file.equals(extra)) {
                    config.without(extra);
                }
            }
        }
    }
}
