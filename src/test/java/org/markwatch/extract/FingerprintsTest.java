package org.markwatch.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests that fingerprints of copies are at a small Hamming distance and those of other pages at a large one. */
class FingerprintsTest {
    private static final String[] VOCABULARY =
            ("market lantern harbour ledger basket window paper copper wooden quiet river stone"
                            + " delivery morning counter garden winter simple letter number member order account parcel")
                    .split(" ");

    private static PageText page(String html) {
        return new PageExtractor().extract(TestCaptures.html(html)).text();
    }

    private static String prose(long seed, int words) {
        Random random = new Random(seed);
        return IntStream.range(0, words)
                .mapToObj(i -> VOCABULARY[random.nextInt(VOCABULARY.length)])
                .collect(Collectors.joining(" "));
    }

    private static String shop(int goods, String words) {
        return "<header><nav><ul><li><a>Home</a><li><a>Shop</a></ul></nav></header><main><h1>" + words + "</h1>"
                + ("<article><h2>" + words + "</h2><p>" + words
                                + "<b>5</b></p><form><input><button>Buy</button></form></article>")
                        .repeat(goods)
                + "</main><footer><p>" + words + "</p></footer>";
    }

    private static String blog() {
        return "<div><div><div><h3>Notes</h3></div></div></div>"
                + "<div><section><blockquote><p>a <i>b</i></p></blockquote><pre><code>x</code></pre></section></div>"
                        .repeat(8)
                + "<table><tr><td>1<td>2<tr><td>3<td>4</table>";
    }

    private static int distance(long one, long other) {
        assertThat(one).isNotZero();
        assertThat(other).isNotZero();
        return SimHash.distance(one, other);
    }

    @Test
    void structureOfTheSameKitIsCloseForDifferentText() {
        long structure = page(shop(20, "Lamp")).structure();

        assertThat(distance(structure, page(shop(20, "Basket of paper")).structure()))
                .isZero();
        assertThat(distance(structure, page(shop(31, "Lamp")).structure())).isLessThanOrEqualTo(4);
        assertThat(distance(structure, page(blog()).structure())).isGreaterThan(10);
    }

    @Test
    void textOfCopiesIsCloseForDifferentMarkup() {
        String text = prose(1, 400);
        long original = TextFingerprint.of(page("<p>" + text + "</p>"));
        String changed = text.replaceFirst("lantern", "beacon").replaceFirst("copper", "brass");

        assertThat(distance(
                        original,
                        TextFingerprint.of(
                                page("<div><h1>" + text.toUpperCase(java.util.Locale.ROOT) + "!</h1></div>"))))
                .isZero();
        assertThat(distance(original, TextFingerprint.of(page("<p>" + changed + "</p>"))))
                .isLessThanOrEqualTo(6);
        for (int seed = 2; seed < 30; seed++) {
            assertThat(distance(original, TextFingerprint.of(page("<p>" + prose(seed, 400) + "</p>"))))
                    .as("text %d of the same words", seed)
                    .isGreaterThan(10);
        }
    }

    @Test
    void fingerprintsTextWrittenWithoutSpaces() {
        String text = "これは市場の案内です。".repeat(5) + "本日の品物は木の籠と紙の灯りです。".repeat(3);

        assertThat(TextFingerprint.of(page("<p>" + text + "</p>"))).isNotZero();
    }

    @Test
    void smallPagesHaveNoFingerprint() {
        PageText page = page("<p>Hello</p>");

        assertThat(page.structure()).isZero();
        assertThat(TextFingerprint.of(page)).isZero();
        assertThat(PageTraits.of(page)).isEmpty();
    }

    @Test
    void ignoresHiddenText() {
        String text = prose(1, 200);

        assertThat(TextFingerprint.of(page("<p>" + text + "</p><p hidden>" + prose(9, 200) + "</p>")))
                .isEqualTo(TextFingerprint.of(page("<p>" + text + "</p>")));
    }

    @Test
    void fingerprintsPageWithManyElementNames() {
        String names = IntStream.range(0, 20_000)
                .mapToObj(i -> "<x" + i + ">a</x" + i + ">")
                .collect(Collectors.joining());

        assertThat(page(names).structure()).isNotZero();
    }

    @Test
    void traitsContainFingerprintsAndAnalyticsIds() {
        PageText page = page(shop(20, prose(1, 20)) + "<script>gtag('config','G-1A2B3C4D5E')</script>"
                + "<script src='https://www.googletagmanager.com/gtag/js?id=G-1A2B3C4D5E'></script>");

        assertThat(PageTraits.of(page))
                .hasSize(3)
                .anyMatch(trait -> trait.matches("dom:[0-9a-f]{16}"))
                .anyMatch(trait -> trait.matches("text:[0-9a-f]{16}"))
                .contains("ga4:G-1A2B3C4D5E");
    }

    /** Compares with a direct implementation of Charikar (2002), section 3, one bit at a time. */
    @Test
    void equalsDirectImplementation() {
        Random random = new Random(7);
        SimHash hash = new SimHash();
        int[] votes = new int[64];
        for (int i = 0; i < 3_000; i++) {
            long feature = random.nextLong();
            int weight = 1 + random.nextInt(255);
            hash.add(feature, weight);
            SimHash alone = new SimHash();
            alone.add(feature, 1);
            for (int bit = 0; bit < 64; bit++) {
                votes[bit] += (alone.bits() >>> bit & 1) == 1 ? weight : -weight;
            }
        }
        long expected = 0;
        for (int bit = 0; bit < 64; bit++) {
            expected |= (votes[bit] > 0 ? 1L : 0L) << bit;
        }

        assertThat(hash.bits()).isEqualTo(expected);
    }

    @Test
    void parsesHashFormattedAsHex() {
        assertThat(SimHash.ofHex(SimHash.toHex(0x8000_0000_0000_00ffL))).isEqualTo(0x8000_0000_0000_00ffL);
        assertThat(SimHash.toHex(5)).isEqualTo("0000000000000005");
    }
}
