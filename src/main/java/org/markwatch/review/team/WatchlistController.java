package org.markwatch.review.team;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.precision.Precision;
import org.markwatch.queue.precision.RulePrecision;
import org.markwatch.review.ConsoleWords;
import org.markwatch.review.CurrentWatchlist;
import org.markwatch.review.Permission;
import org.markwatch.review.Requires;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.edit.ConfigFolder;
import org.markwatch.watchlist.edit.EntryKind;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Shows the watchlist that is in force, and each entry with its file. */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
@Requires(Permission.EDIT_WATCHLIST)
class WatchlistController {
    private static final int PAGE_SIZE = 50;

    private final CurrentWatchlist current;
    private final ConfigFolder folder;
    private final RulePrecision precision;

    WatchlistController(CurrentWatchlist current, JobConfig config, RulePrecision precision) {
        this.current = current;
        this.folder = new ConfigFolder(config.folder());
        this.precision = precision;
    }

    @GetMapping("/watchlist")
    String list(
            @RequestParam(defaultValue = "indicator") String kind,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String after,
            ConsoleWords words,
            Model model) {
        WatchlistRows rows = new WatchlistRows(current, folder, words);
        if (!WatchlistRows.KINDS.contains(kind)) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "no such kind of entries");
        }
        List<WatchlistRows.Row> page = rows.page(kind, q, state, after, PAGE_SIZE + 1);
        model.addAttribute("kinds", WatchlistRows.KINDS);
        model.addAttribute("kind", kind);
        model.addAttribute("q", q);
        model.addAttribute("state", state);
        model.addAttribute("states", Indicator.State.values());
        model.addAttribute("rows", page.stream().limit(PAGE_SIZE).toList());
        model.addAttribute(
                "next", page.size() > PAGE_SIZE ? page.get(PAGE_SIZE - 1).key() : null);
        model.addAttribute("restricted", rows.restricted());
        model.addAttribute(
                "canAdd", EntryKind.of(kind).filter(EntryKind::isAddable).isPresent());
        return "watchlist";
    }

    @GetMapping("/watchlist/entry")
    @Requires({Permission.EDIT_WATCHLIST, Permission.RUN})
    String entry(
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String key,
            Authentication reader,
            LaneAccess access,
            ConsoleWords words,
            Model model) {
        EntryKind entryKind = EntryKind.of(kind).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        EntryAccess.require(entryKind, reader);
        WatchlistRows.Row row =
                new WatchlistRows(current, folder, words).find(kind, key).orElse(null);
        ConfigFolder.LocatedEntry located = folder.find(entryKind, key).orElse(null);
        if (row == null && located == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "no such entry");
        }
        model.addAttribute("kind", entryKind);
        model.addAttribute("key", key);
        model.addAttribute("row", row);
        model.addAttribute("file", located == null ? null : located.file());
        model.addAttribute("line", located == null ? 0 : located.entry().line());
        model.addAttribute("values", located == null ? Map.of() : shown(located));
        current.watchlist().indicators().stream()
                .filter(each -> entryKind == EntryKind.INDICATOR && each.id().equals(key) && !each.restricted())
                .findFirst()
                .ifPresent(indicator -> {
                    model.addAttribute("rule", indicator.rule());
                    model.addAttribute("state", EntryWords.words(indicator.state()));
                    model.addAttribute("precision", PrecisionWords.of(precision.of(indicator.rule(), access), words));
                });
        return "watchlist-entry";
    }

    private static Map<String, List<String>> shown(ConfigFolder.LocatedEntry located) {
        Map<String, List<String>> shown = new TreeMap<>();
        located.entry()
                .values()
                .forEach((field, values) -> shown.put(field.replace('_', ' '), EntryWords.shown(values)));
        return shown;
    }

    /**
     * The precision of a rule, in words for people.
     *
     * @param open  number of open items
     * @param share share of confirmed items with its interval, or that there are too few decisions
     */
    record PrecisionWords(String open, long decided, long confirmed, long falsePositives, String share) {
        static PrecisionWords of(Precision precision, ConsoleWords words) {
            Precision.ConfirmedShare share = precision.share();
            return new PrecisionWords(
                    precision.open() > RulePrecision.MOST_COUNTED
                            ? RulePrecision.MOST_COUNTED + "+"
                            : Long.toString(precision.open()),
                    precision.decided(),
                    precision.confirmed(),
                    precision.falsePositives(),
                    share == null
                            ? words.text("watchlist-entry.too-few-decisions-fewer", Precision.FEWEST)
                            : words.text(
                                    "common.interval",
                                    words.decimal(100 * share.value(), 0),
                                    words.decimal(100 * share.low(), 0),
                                    words.decimal(100 * share.high(), 0)));
        }
    }
}
