package org.markwatch.review;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
import org.markwatch.queue.QueuePolicy;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * The filter of the queue as submitted. An empty entry means no restriction.
 *
 * @param show a constant of {@link Show}, in any case; empty for {@code open}
 * @param rule {@code id@version} of a rule in the evidence
 * @param days  least number of days that an item has waited
 * @param due   {@code late} for items whose target has passed
 * @param list {@code host} for one row a host, {@code template} for one row a template, {@code item} for one row an item; empty
 *             for {@code host} unless the filter names a host or a cluster
 */
public record FilterForm(
        String show,
        String lane,
        String severity,
        String brand,
        String group,
        String rule,
        String host,
        String language,
        String suffix,
        String days,
        String assignee,
        String due,
        String cluster,
        String text,
        String list) {
    private static final int MAX_ENTRY = 200;
    /** Value of {@code due} for items whose target has passed. */
    private static final String LATE = "late";

    public FilterForm(
            @Nullable String show,
            @Nullable String lane,
            @Nullable String severity,
            @Nullable String brand,
            @Nullable String group,
            @Nullable String rule,
            @Nullable String host,
            @Nullable String language,
            @Nullable String suffix,
            @Nullable String days,
            @Nullable String assignee,
            @Nullable String due,
            @Nullable String cluster,
            @Nullable String text,
            @Nullable String list) {
        this.show = entry("show", show);
        this.lane = entry("lane", lane);
        this.severity = entry("severity", severity);
        this.brand = entry("brand", brand);
        this.group = entry("group", group);
        this.rule = entry("rule", rule);
        this.host = entry("host", host).toLowerCase(Locale.ROOT);
        this.language = entry("language", language);
        this.suffix = entry("suffix", suffix).toLowerCase(Locale.ROOT).replaceFirst("^\\.", "");
        this.days = entry("days", days);
        this.assignee = entry("assignee", assignee).toLowerCase(Locale.ROOT);
        this.due = entry("due", due);
        this.cluster = entry("cluster", cluster);
        this.text = entry("text", text);
        this.list = entry("list", list);
    }

    /** @throws ResponseStatusException with status 400 if {@code show} is none of its values */
    public ItemFilter toFilter(String reviewer, LaneAccess access, QueuePolicy policy, Instant now) {
        Show chosen = Arrays.stream(Show.values())
                .filter(each ->
                        show.isEmpty() ? each == Show.OPEN : each.label().equals(show.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.BAD_REQUEST, "show must be one of " + Arrays.toString(Show.values())));
        ItemFilter filter = new ItemFilter(chosen, reviewer, access)
                .with(ItemTerm.LANE, lane)
                .with(ItemTerm.SEVERITY, severity)
                .with(ItemTerm.BRAND, brand)
                .with(ItemTerm.GROUP, group)
                .with(ItemTerm.RULE, rule)
                .with(ItemTerm.HOST, host)
                .with(ItemTerm.LANGUAGE, language)
                .with(ItemTerm.SUFFIX, suffix)
                .with(ItemTerm.DAYS, days)
                .with(ItemTerm.ASSIGNEE, assignee)
                .with(ItemTerm.CLUSTER, cluster)
                .with(ItemTerm.TEXT, text);
        return due.equals(LATE) ? filter.late(policy.lateBefore(now)) : filter;
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

    /** Returns whether an entry beside the usual ones is filled in, so that the screen shows them. */
    public boolean hasMore() {
        return !(rule + suffix + days + assignee + due + language).isEmpty();
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
                entries.get("rule"),
                entries.get("host"),
                entries.get("language"),
                entries.get("suffix"),
                entries.get("days"),
                entries.get("assignee"),
                entries.get("due"),
                entries.get("cluster"),
                entries.get("text"),
                entries.get("list"));
    }

    /** Returns the entries by name, empty ones too. */
    public Map<String, String> entries() {
        Map<String, String> entries = new TreeMap<>();
        entries.put("show", show);
        entries.put("lane", lane);
        entries.put("severity", severity);
        entries.put("brand", brand);
        entries.put("group", group);
        entries.put("rule", rule);
        entries.put("host", host);
        entries.put("language", language);
        entries.put("suffix", suffix);
        entries.put("days", days);
        entries.put("assignee", assignee);
        entries.put("due", due);
        entries.put("cluster", cluster);
        entries.put("text", text);
        entries.put("list", list);
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
