package org.markwatch.demo;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Generates blocks of markup with made-up words, some frequent and most rare, as in real text. Three in five characters
 * are markup, styles and scripts; Opera's MAMA study (2008) reports 61.64 %.
 */
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

    /** Returns blocks of flow content, a few hundred bytes each, with links to some of {@code paths}. */
    static List<byte[]> blocks(SplittableRandom random, int count, List<String> paths) {
        return Stream.generate(() -> block(random, paths).getBytes(StandardCharsets.UTF_8))
                .limit(count)
                .toList();
    }

    private static String block(SplittableRandom random, List<String> paths) {
        return switch (random.nextInt(29)) {
            case 0 -> "<h2 class=\"section__title\" id=\"s-%d\">%s</h2>\n".formatted(number(random), words(random, 5));
            case 1, 2, 12, 13 -> card(random, paths);
            case 3, 4, 14 ->
                "<ul class=\"menu__list menu__list--level-2\">\n%s</ul>\n"
                        .formatted(times(6, () -> menuItem(random, paths)));
            case 5 ->
                "<ul class=\"list\">\n%s</ul>\n".formatted(times(3, () -> "<li>%s</li>\n".formatted(words(random, 8))));
            case 6 ->
                "<figure class=\"figure figure--wide\"><img loading=\"lazy\" src=\"/img/%1$d.jpg\" srcset=\"/img/%1$d.jpg 1x, /img/%1$d-2x.jpg 2x\" alt=\"%2$s\"><figcaption>%3$s</figcaption></figure>\n"
                        .formatted(number(random), words(random, 4), words(random, 9));
            case 7 ->
                "<table class=\"table table--striped\"><thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th></tr></thead><tbody><tr><td>%s</td><td class=\"number\">%d</td></tr></tbody></table>\n"
                        .formatted(words(random, 1), words(random, 1), words(random, 3), random.nextInt(10_000));
            case 8, 15 ->
                "<script>window.site=window.site||[];site.push({\"event\":\"view\",\"list\":[%s],\"user\":null});</script>\n"
                        .formatted(times(
                                6,
                                () -> "{\"id\":%d,\"name\":\"%s\",\"index\":%d},"
                                        .formatted(number(random), words(random, 2), random.nextInt(50))));
            case 9, 16 ->
                "<style>%s</style>\n"
                        .formatted(times(
                                8,
                                () -> ".c-%d{display:flex;margin:0 auto;padding:%dpx;color:#%06x}"
                                        .formatted(number(random), random.nextInt(40), random.nextInt(1 << 24))));
            case 10 ->
                "<form class=\"form form--inline\" action=\"/search\" method=\"get\"><label class=\"form__label\" for=\"f-%1$d\">%2$s</label><input class=\"form__input\" type=\"text\" id=\"f-%1$d\" name=\"q\" placeholder=\"%3$s\" autocomplete=\"off\"><button class=\"button button--primary\" type=\"submit\">%4$s</button></form>\n"
                        .formatted(number(random), words(random, 2), words(random, 3), words(random, 1));
            case 11 -> "<!-- %s -->\n".formatted(words(random, 12));
            default ->
                "<p class=\"text\">%s <em>%s</em> %s.</p>\n"
                        .formatted(words(random, 24), words(random, 3), words(random, 24));
        };
    }

    private static String card(SplittableRandom random, List<String> paths) {
        return """
        <article class="card card--wide js-item" data-id="%1$d" data-position="%2$d">
          <a class="card__link" href="%3$s" aria-label="%4$s">
            <picture class="card__media"><source type="image/webp" srcset="/img/%1$d.webp 1x, /img/%1$d-2x.webp 2x"><img class="card__image lazy" data-src="/img/%1$d.jpg" width="320" height="240" alt="%4$s"></picture>
          </a>
          <div class="card__body"><h3 class="card__title"><a href="%3$s">%4$s</a></h3><p class="card__text">%5$s</p></div>
          <div class="card__foot"><span class="card__date">%2$d</span><button type="button" class="card__more" aria-expanded="false">%6$s</button></div>
        </article>
        """.formatted(
                        number(random),
                        random.nextInt(100),
                        path(random, paths),
                        words(random, 4),
                        words(random, 16),
                        words(random, 1));
    }

    private static String menuItem(SplittableRandom random, List<String> paths) {
        return "<li class=\"menu__item menu-item-%d\"><a class=\"menu__link\" href=\"%s\">%s</a></li>\n"
                .formatted(number(random), path(random, paths), words(random, 2));
    }

    private static String path(SplittableRandom random, List<String> paths) {
        return paths.get(random.nextInt(paths.size()));
    }

    private static int number(SplittableRandom random) {
        return random.nextInt(100_000);
    }

    private static String times(int times, Supplier<String> piece) {
        return Stream.generate(piece).limit(times).collect(Collectors.joining());
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
