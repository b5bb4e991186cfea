package org.markwatch.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.markwatch.extract.PageText;
import org.markwatch.extract.Passage;
import org.markwatch.extract.SimHash;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;

/** Makes a page of an indicator's example: the smallest one that has it where the indicator looks. */
final class Examples {
    private static final HttpUrl URL = HttpUrl.of("http://example.invalid/");

    private Examples() {}

    static PageText page(Indicator indicator, String example) {
        String text = example.strip().replaceAll("\\s+", " ");
        String detail = "example";
        switch (indicator.type()) {
            case SELECTOR -> {
                Selector selector = Selector.of(indicator.rule(), indicator.pattern());
                detail = String.join(".", selector.path());
                Field field = selector.jsonLd() ? Field.JSON_LD : Field.META;
                return new PageText(URL, "", "", List.of(new Passage(field, detail, text, 0, false)));
            }
            case ANALYTICS -> {
                int colon = text.indexOf(':');
                detail = text.substring(0, Math.max(0, colon));
                text = text.substring(colon + 1);
            }
            case COOKIE -> detail = "cookie";
            case LANGUAGE -> {
                return new PageText(URL, "", text, List.of());
            }
            case DOM_FINGERPRINT -> {
                return new PageText(URL, "", "", List.of(), SimHash.ofHex(text));
            }
            case PAYMENT_STRIP -> {
                List<Passage> strip = new ArrayList<>();
                strip.add(new Passage(Field.IMAGE, "class", text, 0, false));
                for (int picture = 0; picture < Integer.parseInt(indicator.pattern()); picture++) {
                    strip.add(new Passage(Field.IMAGE, "src", "img/" + picture + ".png", 0, false));
                }
                return new PageText(URL, "", "", strip);
            }
            case TEXT_FINGERPRINT -> {
                return new PageText(URL, "", "", List.of(new Passage(Field.TEXT, detail, text, 0, false)));
            }
            default -> {}
        }
        return new PageText(URL, "", "", List.of(new Passage(field(indicator), detail, text, 0, false)));
    }

    /** Running text if it is looked at, the first field of the scope otherwise. */
    private static Field field(Indicator indicator) {
        return Arrays.stream(Field.values())
                .filter(indicator.scope()::contains)
                .min(Comparator.comparing(one -> one == Field.TEXT ? -1 : one.ordinal()))
                .orElse(Field.TEXT);
    }
}
