package org.markwatch.review.team;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.markwatch.review.ConsoleWords;
import org.markwatch.review.CurrentWatchlist;
import org.markwatch.review.Defanged;
import org.markwatch.review.DisplayText;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.edit.ConfigFolder;

/** The entries of the watchlist that is in force, as rows of lists. Restricted indicators have no row. */
final class WatchlistRows {
    /** Kinds of entries that are listed. */
    static final List<String> KINDS = List.of("indicator", "brand", "merchant", "seed", "group");

    private final CurrentWatchlist current;
    private final ConfigFolder folder;
    private final Watchlist watchlist;
    private final ConsoleWords words;

    WatchlistRows(CurrentWatchlist current, ConfigFolder folder, ConsoleWords words) {
        this.current = current;
        this.folder = folder;
        this.watchlist = current.watchlist();
        this.words = words;
    }

    /**
     * A row.
     *
     * @param key   key of the entry, also its place in the order
     * @param name  name for people
     * @param words what it does
     * @param state state of an indicator; otherwise empty
     * @param place file, relative to the job-config folder, and line, if known; otherwise empty
     */
    record Row(String key, String name, String words, String state, String place) {}

    /** An entry before its row is written: its key, what a search looks at, its state, and the row. */
    private record ListedEntry(String key, String searched, String state, Supplier<Row> row) {}

    /** Returns the number of restricted indicators. */
    long restricted() {
        return watchlist.indicators().stream().filter(Indicator::restricted).count();
    }

    /**
     * Returns a page of rows, ordered by key.
     *
     * @param words text that key, name or pattern must contain, in any case; empty for any
     * @param state state of indicators; empty for any
     * @param after key before the first row; empty for the first page
     */
    List<Row> page(String kind, String words, String state, String after, int limit) {
        String searched = words.toLowerCase(Locale.ROOT).strip();
        return candidates(kind)
                .filter(each -> each.key.compareTo(after) > 0)
                .filter(each -> each.searched.toLowerCase(Locale.ROOT).contains(searched))
                .filter(each -> state.isEmpty() || each.state.equals(state))
                .sorted(Comparator.comparing(ListedEntry::key))
                .limit(limit)
                .map(each -> each.row.get())
                .toList();
    }

    /** Returns the row of an entry; empty if the watchlist in force has none with this key. */
    Optional<Row> find(String kind, String key) {
        return candidates(kind).filter(each -> each.key.equals(key)).findFirst().map(each -> each.row.get());
    }

    private Stream<ListedEntry> candidates(String kind) {
        return switch (kind) {
            case "indicator" ->
                watchlist.indicators().stream()
                        .filter(indicator -> !indicator.restricted())
                        .map(this::indicator);
            case "brand" ->
                watchlist.brands().stream()
                        .map(brand -> new ListedEntry(
                                brand.id(),
                                brand.id() + " " + brand.name() + " " + brand.aliases() + brand.officialHosts(),
                                "",
                                () -> row(brand.id(), brand.name(), EntryWords.of(brand, words))));
            case "merchant" ->
                watchlist.brands().stream()
                        .flatMap(brand -> brand.merchants().stream()
                                .map(merchant -> new ListedEntry(
                                        brand.id() + " " + merchant.host(),
                                        brand.id() + " " + merchant.host() + " " + merchant.owner(),
                                        "",
                                        () -> row(
                                                brand.id() + " " + merchant.host(),
                                                merchant.host().replace(".", "[.]"),
                                                EntryWords.of(brand, merchant, words)))));
            case "seed" ->
                watchlist.seeds().stream()
                        .map(seed -> new ListedEntry(
                                seed.url().toString(),
                                seed.url() + " " + seed.label() + " " + seed.owner() + " " + seed.tags(),
                                "",
                                () -> row(
                                        seed.url().toString(),
                                        (seed.label().isEmpty() ? "" : seed.label() + ", ") + Defanged.of(seed.url()),
                                        EntryWords.of(seed, words))));
            case "group" -> groups();
            case "schedule" ->
                Stream.of(new ListedEntry(
                        kind,
                        "",
                        "",
                        () -> row(
                                kind, words.label("entry.kind", kind), words.text("watchlist.starts-runs-at-times"))));
            default -> Stream.empty();
        };
    }

    private ListedEntry indicator(Indicator indicator) {
        Watchlist.IndicatorLocation place = watchlist.locations().get(indicator.id());
        String state = EntryWords.words(indicator.state());
        return new ListedEntry(
                indicator.id(),
                indicator.id() + " " + indicator.pattern() + " " + current.groupLabel(indicator.group()),
                state,
                () -> new Row(
                        indicator.id(),
                        indicator.rule(),
                        EntryWords.of(indicator, current.groupLabel(indicator.group()), words),
                        state,
                        place == null
                                ? ""
                                : DisplayText.escape(folder.name(Path.of(place.file()))) + ", "
                                        + words.text("watchlist-entry.line", place.line())));
    }

    private Stream<ListedEntry> groups() {
        Map<String, Long> counts =
                watchlist.indicators().stream().collect(Collectors.groupingBy(Indicator::group, Collectors.counting()));
        return watchlist.policy().groups().entrySet().stream()
                .map(group -> new ListedEntry(
                        group.getKey(),
                        group.getKey() + " " + current.groupLabel(group.getKey()),
                        "",
                        () -> row(
                                group.getKey(),
                                current.groupLabel(group.getKey()),
                                EntryWords.of(
                                        group.getKey(),
                                        group.getValue(),
                                        current.groupLabel(group.getKey()),
                                        counts.getOrDefault(group.getKey(), 0L),
                                        words))));
    }

    private static Row row(String key, String name, String words) {
        return new Row(key, DisplayText.escape(name), DisplayText.escape(words), "", "");
    }
}
