package org.markwatch.review;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Puts the details of audit entries into words. What people, pages and the job-config wrote stays as it is. */
final class AuditDetails {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Pattern NUMBERED = Pattern.compile("(outline-|then-|now-|)([0-9]{1,4})");

    private AuditDetails() {}

    /** Details for programs: hashes of the evidence, and lanes that a search left out. */
    private static final Set<String> NOT_SHOWN = Set.of("evidence", "hidden");

    /** Returns the details of an entry by their name in words, without empty values and those for programs. */
    static Map<String, String> of(String json, ConsoleWords words) {
        Map<String, String> details = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> detail : JSON.readTree(json).properties()) {
            String value = DisplayText.escape(value(detail.getKey(), detail.getValue(), words));
            if (!value.isEmpty() && !NOT_SHOWN.contains(detail.getKey())) {
                details.put(words.detailName(detail.getKey()), value);
            }
        }
        return details;
    }

    private static String value(String key, JsonNode value, ConsoleWords words) {
        if (value.isObject()) {
            return value.properties().stream()
                    .map(part -> words.countName(part.getKey()) + " "
                            + (part.getValue().isIntegralNumber()
                                    ? words.number(part.getValue().longValue())
                                    : value(part.getKey(), part.getValue(), words)))
                    .collect(Collectors.joining(", "));
        }
        if (value.isArray()) {
            return value.valueStream().map(part -> value(key, part, words)).collect(Collectors.joining(", "));
        }
        if (value.isBoolean()) {
            return words.label("common.truth", value.asString());
        }
        return text(key, value.asString(), words);
    }

    private static String time(String value) {
        try {
            return ZoneTimes.UTC.text(Instant.parse(value));
        } catch (DateTimeParseException e) {
            return value; // the number of an entry
        }
    }

    /** Returns the names of masked texts: pieces of evidence by their number, others by their label or rule. */
    private static String parts(String value, ConsoleWords words) {
        return Arrays.stream(value.split(", ")).map(part -> part(part, words)).collect(Collectors.joining(", "));
    }

    private static String part(String part, ConsoleWords words) {
        Matcher numbered = NUMBERED.matcher(part);
        if (!numbered.matches()) {
            return words.label("audit.part", part);
        }
        int number = Integer.parseInt(numbered.group(2));
        return switch (numbered.group(1)) {
            case "outline-" -> words.text("audit.part.outline", number);
            case "then-" -> words.text("audit.part.then", number + 1);
            default -> words.text("audit.evidence", number + 1);
        };
    }

    private static String text(String key, String value, ConsoleWords words) {
        return switch (key) {
            case "verdict", "answer" -> words.label("verdict", value);
            case "confidence" -> words.label("confidence", value);
            case "action" -> words.label("action", words.label("audit.action", value));
            case "effect" -> words.label("audit.effect", value);
            case "reason" -> words.label("usual-reason", value);
            case "why" -> words.label("audit.why", value);
            case "filter" -> words.label("audit.filter", value);
            case "state" -> words.label("proposal.state", value);
            case "status" -> words.label("run.status", value);
            case "change" -> words.label("proposal.title", value.replace(' ', '.'));
            case "roles" -> words.labels("role", List.of(value.split(", ")));
            case "text", "revealed" -> parts(value, words);
            case "language" -> Locale.of(value).getDisplayLanguage(words.language());
            case "until", "before" -> time(value);
            default -> value;
        };
    }
}
