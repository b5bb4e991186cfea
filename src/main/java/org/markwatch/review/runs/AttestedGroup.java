package org.markwatch.review.runs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.markwatch.report.Exports.AttestedValue;

/**
 * The attested values about one thing.
 *
 * @param title what they are about, for people
 * @param rows  values by their name, formatted
 */
record AttestedGroup(String title, List<AttestedRow> rows) {
    private static final Map<String, String> TITLES = Map.of(
            "requests", "Requests by kind",
            "refused", "Refused by kind of content",
            "neverAskedFor", "References to files that were never requested",
            "bytesAccepted", "Accepted body bytes by type",
            "refusedBytesRead", "Body bytes read before a refusal",
            "", "The run");

    record AttestedRow(String name, String value) {}

    static List<AttestedGroup> of(List<AttestedValue> values) {
        Map<String, List<AttestedRow>> groups = new LinkedHashMap<>();
        groups.put("", new ArrayList<>());
        for (AttestedValue value : values) {
            boolean single = value.name().isEmpty();
            groups.computeIfAbsent(single ? "" : value.about(), about -> new ArrayList<>())
                    .add(new AttestedRow(single ? words(value.about()) : value.name(), text(value.value())));
        }
        return groups.entrySet().stream()
                .map(group ->
                        new AttestedGroup(TITLES.getOrDefault(group.getKey(), words(group.getKey())), group.getValue()))
                .toList();
    }

    private static String text(Object value) {
        return value instanceof Long number ? RunRow.number(number) : value.toString();
    }

    /** Returns a key in camel case as words. */
    private static String words(String key) {
        return key.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }
}
