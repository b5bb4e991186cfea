package org.markwatch.review.runs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.markwatch.report.Exports.AttestedValue;
import org.markwatch.review.ConsoleWords;

/**
 * The attested values about one thing.
 *
 * @param title what they are about, for people
 * @param rows  values by their name, formatted
 */
record AttestedGroup(String title, List<AttestedRow> rows) {
    record AttestedRow(String name, String value) {}

    static List<AttestedGroup> of(List<AttestedValue> values, ConsoleWords words) {
        Map<String, List<AttestedRow>> groups = new LinkedHashMap<>();
        groups.put("", new ArrayList<>());
        for (AttestedValue value : values) {
            boolean single = value.name().isEmpty();
            groups.computeIfAbsent(single ? "" : value.about(), about -> new ArrayList<>())
                    .add(new AttestedRow(
                            single ? words.detailName(value.about()) : words.countName(value.name()),
                            text(value, words)));
        }
        return groups.entrySet().stream()
                .map(group -> new AttestedGroup(title(group.getKey(), words), group.getValue()))
                .toList();
    }

    private static String title(String about, ConsoleWords words) {
        return switch (about) {
            case "requests" -> words.text("run.requests-by-kind");
            case "refused" -> words.text("run.refused-by-kind-content");
            case "neverAskedFor" -> words.text("attestation.references-files-were-never");
            case "bytesAccepted" -> words.text("attestation.accepted-body-bytes-by");
            case "refusedBytesRead" -> words.text("attestation.body-bytes-read-before");
            case "" -> words.text("attestation.run");
            default -> words.detailName(about);
        };
    }

    private static String text(AttestedValue attested, ConsoleWords words) {
        return attested.value() instanceof Long number
                ? words.number(number)
                : attested.about().equals("status")
                        ? words.label("run.status", attested.value().toString())
                        : attested.value().toString();
    }
}
