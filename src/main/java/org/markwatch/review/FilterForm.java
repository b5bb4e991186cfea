package org.markwatch.review;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.ItemFilter;
import org.markwatch.queue.ItemFilter.Show;
import org.markwatch.queue.LaneAccess;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * The filter of the queue as submitted. An empty entry means no restriction.
 *
 * @param show a constant of {@link Show}, in any case; empty for {@code open}
 * @param list {@code host} for one row a host, {@code item} for one row an item; empty for {@code host} unless the filter
 *             names a host
 */
record FilterForm(
        String show,
        String lane,
        String severity,
        String brand,
        String group,
        String host,
        String language,
        String text,
        String list) {
    private static final int MAX_ENTRY = 200;

    FilterForm(
            @Nullable String show,
            @Nullable String lane,
            @Nullable String severity,
            @Nullable String brand,
            @Nullable String group,
            @Nullable String host,
            @Nullable String language,
            @Nullable String text,
            @Nullable String list) {
        this.show = entry("show", show);
        this.lane = entry("lane", lane);
        this.severity = entry("severity", severity);
        this.brand = entry("brand", brand);
        this.group = entry("group", group);
        this.host = entry("host", host).toLowerCase(Locale.ROOT);
        this.language = entry("language", language);
        this.text = entry("text", text);
        this.list = entry("list", list);
    }

    /** @throws ResponseStatusException with status 400 if {@code show} is none of its values */
    ItemFilter toFilter(String reviewer, LaneAccess access) {
        Show chosen = Arrays.stream(Show.values())
                .filter(each ->
                        show.isEmpty() ? each == Show.OPEN : each.label().equals(show.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.BAD_REQUEST, "show must be one of " + Arrays.toString(Show.values())));
        return new ItemFilter(chosen, reviewer, access, lane, severity, brand, group, host, language, text);
    }

    /** Returns whether the list has one row for each host. */
    public boolean byHost() {
        return list.isEmpty() ? host.isEmpty() : list.equals("host");
    }

    /** Returns the entries that are not empty, for links. */
    public Map<String, String> entries() {
        Map<String, String> entries = new TreeMap<>(Map.of(
                "show", show,
                "lane", lane,
                "severity", severity,
                "brand", brand,
                "group", group,
                "host", host,
                "language", language,
                "text", text,
                "list", list));
        entries.values().removeIf(String::isEmpty);
        return entries;
    }

    private static String entry(String name, @Nullable String value) {
        String entry = value == null ? "" : value.strip();
        if (entry.length() > MAX_ENTRY) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, name + " has more than " + MAX_ENTRY + " characters");
        }
        return entry;
    }
}
