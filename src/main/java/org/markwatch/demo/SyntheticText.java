package org.markwatch.demo;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Pieces of markup with made-up words, some frequent and most rare, as in real text. */
final class SyntheticText {
    private static final List<String> FREQUENT = List.of(
            "the", "of", "and", "to", "in", "a", "is", "that", "for", "it", "as", "was", "with", "be", "by", "on",
            "not", "he", "this", "are", "or", "his", "from", "at", "which", "but", "have", "an", "had", "they", "you",
            "were", "their", "one", "all", "we", "can", "her", "has", "there", "been", "if", "more", "when", "will",
            "would", "who", "so", "no");
    private static final String[] SYLLABLES = {
        "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "wel", "xan",
        "yor", "zin", "bra", "cle", "dri", "flo", "gru", "ster", "tion", "ment", "ling", "ard"
    };

    private SyntheticText() {}

    /** Blocks of flow content, a few hundred bytes each. */
    static List<byte[]> blocks(SplittableRandom random, int count) {
        return Stream.generate(() -> block(random).getBytes(StandardCharsets.UTF_8))
                .limit(count)
                .toList();
    }

    private static String block(SplittableRandom random) {
        return switch (random.nextInt(10)) {
            case 0 -> "<h2>%s</h2>\n".formatted(words(random, 5));
            case 1 ->
                "<ul class=\"list\">\n<li>%s</li>\n<li>%s</li>\n<li>%s</li>\n</ul>\n"
                        .formatted(words(random, 8), words(random, 8), words(random, 8));
            case 2 ->
                "<figure class=\"figure figure--wide\"><img loading=\"lazy\" src=\"/img/%1$d.jpg\" srcset=\"/img/%1$d.jpg 1x, /img/%1$d-2x.jpg 2x\" alt=\"%2$s\"><figcaption>%3$s</figcaption></figure>\n"
                        .formatted(random.nextInt(100_000), words(random, 4), words(random, 9));
            case 3 ->
                "<table class=\"table\"><tr><th>%s</th><th>%s</th></tr><tr><td>%s</td><td>%d</td></tr></table>\n"
                        .formatted(words(random, 1), words(random, 1), words(random, 3), random.nextInt(10_000));
            default ->
                "<p class=\"text\">%s <em>%s</em> %s.</p>\n"
                        .formatted(words(random, 30), words(random, 3), words(random, 30));
        };
    }

    private static String words(SplittableRandom random, int count) {
        return IntStream.range(0, count).mapToObj(i -> word(random)).collect(Collectors.joining(" "));
    }

    private static String word(SplittableRandom random) {
        if (random.nextBoolean()) {
            return FREQUENT.get(random.nextInt(FREQUENT.size()));
        }
        return IntStream.rangeClosed(0, 1 + random.nextInt(3))
                .mapToObj(i -> SYLLABLES[random.nextInt(SYLLABLES.length)])
                .collect(Collectors.joining());
    }
}
