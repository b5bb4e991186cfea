package org.markwatch.review;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.markwatch.queue.ItemFilter;

/** Says by what the queue is filtered, for example {@code open, lane brand, severity high}. */
final class FilterText {
    private FilterText() {}

    static String of(ItemFilter filter, ConsoleWords words) {
        String show = words.label("show", filter.show().label());
        return Stream.concat(
                        filter.late().isEmpty() ? Stream.of(show) : Stream.of(show, words.text("filter.late")),
                        filter.terms().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(term -> words.text(
                                        "filter." + term.getKey().name().toLowerCase(Locale.ROOT),
                                        words.policy(String.valueOf(term.getValue())))))
                .collect(Collectors.joining(", "));
    }
}
