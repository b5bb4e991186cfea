package org.markwatch.review;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.ItemFilter;
import org.markwatch.queue.ItemFilter.Show;
import org.markwatch.queue.ItemGroups.Grouping;
import org.markwatch.queue.ItemTerm;
import org.markwatch.queue.LaneAccess;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * The filter of the queue as submitted. An empty entry means no restriction.
 *
 * @param show a constant of {@link Show}, in any case; empty for {@code open}
 * @param list {@code host} for one row a host, {@code template} for one row a template, {@code item} for one row an item; empty
 *             for {@code host} unless the filter names a host or a cluster
 */
record FilterForm(
        String show,
        String lane,
        String severity,
        String brand,
        String group,
        String host,
        String language,
        String cluster,
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
            @Nullable String cluster,
            @Nullable String text,
            @Nullable String list) {
        this.show = entry("show", show);
        this.lane = entry("lane", lane);
        this.severity = entry("severity", severity);
        this.brand = entry("brand", brand);
        this.group = entry("group", group);
        this.host = entry("host", host).toLowerCase(Locale.ROOT);
        this.language = entry("language", language);
        this.cluster = entry("cluster", cluster);
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
        return new ItemFilter(chosen, reviewer, access)
                .with(ItemTerm.LANE, lane)
                .with(ItemTerm.SEVERITY, severity)
                .with(ItemTerm.BRAND, brand)
                .with(ItemTerm.GROUP, group)
                .with(ItemTerm.HOST, host)
                .with(ItemTerm.LANGUAGE, language)
                .with(ItemTerm.CLUSTER, cluster)
                .with(ItemTerm.TEXT, text);
    }

    /** Returns what the list has one row for; null if it has one row for each item. */
    @Nullable
    Grouping grouping() {
        return switch (list) {
            case "host" -> Grouping.HOST;
            case "template" -> Grouping.TEMPLATE;
            case "" -> host.isEmpty() && cluster.isEmpty() ? Grouping.HOST : null;
            default -> null;
        };
    }

    /** Returns the kind of list that is shown, for example {@code host}. */
    public String listed() {
        Grouping by = grouping();
        return by == null ? "item" : by.label();
    }

    /**
     * Returns a link to the queue with these entries and another value of one of them.
     *
     * @param value may be null or empty for none
     */
    public String link(String name, @Nullable Object value) {
        Map<String, String> entries = entries();
        entries.put(name, value == null ? "" : value.toString());
        UriComponentsBuilder link = UriComponentsBuilder.fromPath("/queue");
        entries.forEach((key, each) -> {
            if (!each.isEmpty()) {
                link.queryParam(key, UriUtils.encode(each, StandardCharsets.UTF_8));
            }
        });
        return link.build(true).toUriString();
    }

    /** Returns a link to the queue with one row for each item of a group. */
    public String linkToGroup(String key) {
        return with("list", "item").link(listed().equals("template") ? "cluster" : "host", key);
    }

    private FilterForm with(String name, String value) {
        Map<String, String> entries = entries();
        entries.put(name, value);
        return of(entries);
    }

    /** Returns the form with these entries by name. */
    static FilterForm of(Map<String, String> entries) {
        return new FilterForm(
                entries.get("show"),
                entries.get("lane"),
                entries.get("severity"),
                entries.get("brand"),
                entries.get("group"),
                entries.get("host"),
                entries.get("language"),
                entries.get("cluster"),
                entries.get("text"),
                entries.get("list"));
    }

    /** Returns the entries by name, empty ones too. */
    Map<String, String> entries() {
        return new TreeMap<>(Map.of(
                "show", show,
                "lane", lane,
                "severity", severity,
                "brand", brand,
                "group", group,
                "host", host,
                "language", language,
                "cluster", cluster,
                "text", text,
                "list", list));
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
