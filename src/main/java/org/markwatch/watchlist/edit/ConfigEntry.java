package org.markwatch.watchlist.edit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.markwatch.url.HttpUrl;

/**
 * An entry as a file has it.
 *
 * @param kind   kind of the entry
 * @param key    what tells it from others of its kind; see {@link EntryKind}
 * @param line   first line, from 1
 * @param values values as written by field, without fields that have none; a field that is no list has one
 */
public record ConfigEntry(EntryKind kind, String key, int line, Map<String, List<String>> values) {
    static ConfigEntry of(EntryKind kind, int line, Map<String, List<String>> values) {
        Map<String, List<String>> present = new LinkedHashMap<>();
        values.forEach((field, value) -> {
            if (!value.isEmpty()) {
                present.put(field, kind.written(field, value));
            }
        });
        return new ConfigEntry(kind, key(kind, present), line, present);
    }

    /** Returns the key of an entry with these values; empty if they have none. */
    public static String key(EntryKind kind, Map<String, List<String>> values) {
        return switch (kind) {
            case SEED ->
                HttpUrl.parse(value(values, "url")).map(HttpUrl::toString).orElse(value(values, "url"));
            case BRAND, INDICATOR -> value(values, "id");
            case SCHEDULE -> kind.label();
            case MERCHANT ->
                (value(values, "brand") + " " + value(values, "host").toLowerCase(Locale.ROOT)).strip();
        };
    }

    /** Returns the value of a field that is no list; empty for none. */
    public String value(String field) {
        return value(values, field);
    }

    private static String value(Map<String, List<String>> values, String field) {
        List<String> value = values.getOrDefault(field, List.of());
        return value.isEmpty() ? "" : value.getFirst();
    }
}
