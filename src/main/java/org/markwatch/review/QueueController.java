package org.markwatch.review;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Audit;
import org.markwatch.queue.Item;
import org.markwatch.queue.ItemFilter;
import org.markwatch.queue.ItemFilter.Show;
import org.markwatch.queue.ItemGroups;
import org.markwatch.queue.ItemGroups.Grouping;
import org.markwatch.queue.ItemTerm;
import org.markwatch.queue.Items;
import org.markwatch.queue.Items.ItemCount;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.QueuePolicy;
import org.markwatch.review.view.SavedViews;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.RequestContextUtils;

/** Shows the queue and claims the next item. Writes searches to the audit. */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
class QueueController {
    private static final int PAGE_SIZE = 25;
    /** Largest count that is shown; more is {@code 1,000+}. Reviewers wait for every count, and none changes what they do next. */
    private static final int COUNT_LIMIT = 1_000;
    /** The same if each item that is counted has to be read. */
    private static final int READ_LIMIT = 100;
    /** Largest count of the items of one of the groups of a page. */
    private static final int GROUP_LIMIT = 100;
    /** The same if each item that is counted has to be read. */
    private static final int READ_GROUP_LIMIT = 25;

    private final Items items;
    private final ItemGroups groups;
    private final SavedViews views;
    private final NextItem nextItem;
    private final QueuePolicy policy;
    private final CurrentWatchlist watchlist;
    private final Audit audit;
    private final ObjectProvider<RunControl> runs;
    private final Clock clock;

    QueueController(
            Items items,
            ItemGroups groups,
            SavedViews views,
            NextItem nextItem,
            QueuePolicy policy,
            CurrentWatchlist watchlist,
            Audit audit,
            ObjectProvider<RunControl> runs,
            Clock clock) {
        this.items = items;
        this.groups = groups;
        this.views = views;
        this.nextItem = nextItem;
        this.policy = policy;
        this.watchlist = watchlist;
        this.audit = audit;
        this.runs = runs;
        this.clock = clock;
    }

    @GetMapping("/queue")
    @Requires(Permission.VIEW_ITEMS)
    String queue(
            @ModelAttribute FilterForm form,
            @RequestParam(defaultValue = "") String after,
            HttpServletRequest request,
            Principal reviewer,
            LaneAccess access,
            HttpSession session,
            ConsoleWords words,
            Model model) {
        List<SavedViews.SavedView> own = views.of(reviewer.getName());
        if (request.getQueryString() == null) {
            Optional<String> first = own.stream()
                    .filter(SavedViews.SavedView::isDefault)
                    .map(view -> FilterForm.of(view.entries()).link("after", ""))
                    .filter(link -> link.contains("?"))
                    .findFirst();
            if (first.isPresent()) {
                Map<String, ?> notices = RequestContextUtils.getInputFlashMap(request);
                if (notices != null) {
                    RequestContextUtils.getOutputFlashMap(request).putAll(notices);
                }
                return "redirect:" + first.get();
            }
        }
        ItemFilter filter = form.toFilter(reviewer.getName(), access, policy, clock.instant());
        NextItem.within(filter, session);
        Items.@Nullable Cursor cursor = PageCursor.read(after, Items.Cursor::parse);
        if (filter.isSearch()) {
            audit.append(reviewer.getName(), "queue.search", "queue", filter.auditDetails());
        }
        Moment now = new Moment(clock.instant());
        addPage(filter, form.grouping(), cursor, now, model);
        model.addAttribute("filter", form);
        model.addAttribute("filtered", !filter.isUnrestricted());
        model.addAttribute("description", FilterText.of(filter, words));
        model.addAttribute("first", after.isEmpty());
        model.addAttribute(
                "count", LimitedCount.text(items.count(filter, filter.readsItems() ? READ_LIMIT : COUNT_LIMIT)));
        addLanes(reviewer.getName(), access, now, model);
        model.addAttribute(
                "views", own.stream().map(view -> ViewLink.of(view, form)).toList());
        RunControl control = runs.getIfAvailable();
        model.addAttribute("allLanes", access.hidden().isEmpty());
        model.addAttribute("run", control == null ? null : control.activeRun().orElse(null));
        model.addAttribute("emptyRun", control == null ? null : orNull(control.lastRunWithoutText()));
        model.addAttribute("shows", Show.values());
        model.addAttribute("severities", policy.severities().reversed());
        model.addAttribute("brands", watchlist.brands());
        model.addAttribute("groups", watchlist.groups());
        return "queue";
    }

    private void addLanes(String reader, LaneAccess access, Moment now, Model model) {
        List<Items.LaneCounts> lanes = items.lanes(reader, access, COUNT_LIMIT);
        Map<String, Long> late = items.lateByLane(
                lanes.stream().map(Items.LaneCounts::name).toList(), policy.lateBefore(now.now()), READ_LIMIT);
        model.addAttribute(
                "lanes",
                lanes.stream()
                        .map(each -> LaneCard.of(each, late.getOrDefault(each.name(), 0L), now))
                        .toList());
    }

    private void addPage(
            ItemFilter filter, @Nullable Grouping by, Items.@Nullable Cursor after, Moment now, Model model) {
        Function<Item, ItemRow> row = item -> ItemRow.of(item, policy, watchlist, now, filter.reviewer());
        if (by == null) {
            Items.ItemPage page = items.page(filter, after, PAGE_SIZE);
            model.addAttribute(
                    "rows",
                    page.items().stream()
                            .map(item -> new GroupRow(row.apply(item), "", ""))
                            .toList());
            model.addAttribute("next", page.next());
        } else {
            int most = filter.readsItems() ? READ_GROUP_LIMIT : GROUP_LIMIT;
            ItemGroups.GroupPage page = groups.page(filter, by, after, PAGE_SIZE, most);
            model.addAttribute(
                    "rows",
                    page.groups().stream()
                            .map(each -> new GroupRow(row.apply(each.first()), each.key(), others(each.count())))
                            .toList());
            model.addAttribute("next", page.next());
        }
    }

    /** Claims the next item within the filter; {@code lane} replaces the filter by that lane. */
    @PostMapping("/queue/next")
    @Requires(Permission.DECIDE)
    String next(
            @RequestParam(defaultValue = "") String lane,
            Principal reviewer,
            LaneAccess access,
            HttpSession session,
            ConsoleWords words,
            RedirectAttributes redirect) {
        if (!lane.isEmpty()) {
            NextItem.within(new ItemFilter(Show.OPEN, reviewer.getName(), access).with(ItemTerm.LANE, lane), session);
        }
        return nextItem.redirect(session, reviewer.getName(), access, words, redirect, "");
    }

    /** Returns how many items a group has besides its first; empty for none. */
    private static String others(ItemCount count) {
        return count.items() <= 1 && !count.more()
                ? ""
                : LimitedCount.text(new ItemCount(Math.max(0, count.items() - 1), count.more()));
    }

    private static @Nullable Long orNull(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }

    /**
     * A row of the list.
     *
     * @param group host or cluster of the item; empty if all items are listed
     * @param more  number of other items of the group within the filter; empty if there are none or all are listed
     */
    record GroupRow(ItemRow item, String group, String more) {}

    /**
     * A view of the account.
     *
     * @param chosen whether the list shows it
     */
    record ViewLink(String name, String link, boolean isDefault, boolean chosen) {
        static ViewLink of(SavedViews.SavedView view, FilterForm shown) {
            String link = FilterForm.of(view.entries()).link("after", "");
            return new ViewLink(
                    DisplayText.escape(view.name()),
                    link.contains("?") ? link : link + "?show=open",
                    view.isDefault(),
                    link.equals(shown.link("after", "")));
        }
    }

    /** @param oldest how long the item that has waited longest is open, null if no item is open */
    record LaneCard(
            String name,
            String waiting,
            long reopened,
            long claimed,
            String late,
            @Nullable String oldest) {
        static LaneCard of(Items.LaneCounts lane, long late, Moment now) {
            return new LaneCard(
                    lane.name(),
                    LimitedCount.text(lane.waiting(), COUNT_LIMIT),
                    lane.reopened(),
                    lane.claimed(),
                    late == 0 ? "" : LimitedCount.text(late, READ_LIMIT),
                    lane.oldest() == null ? null : now.since(lane.oldest()));
        }
    }
}
