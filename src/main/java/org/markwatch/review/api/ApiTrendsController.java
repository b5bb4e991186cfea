package org.markwatch.review.api;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.markwatch.queue.ItemTrends;
import org.markwatch.queue.LaneAccess;
import org.markwatch.report.Reports;
import org.markwatch.report.RunSummary;
import org.markwatch.review.Permission;
import org.markwatch.review.Requires;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Counts new items, decisions and refused URLs by day in UTC, without items of lanes that the account may not see. */
@RestController
@ConditionalOnWebApplication(type = Type.SERVLET)
@RequestMapping("/api/v1/trends")
@Requires(Permission.SEE_RUNS)
class ApiTrendsController {
    private static final int MOST_DAYS = 366;

    private final Reports reports;
    private final ItemTrends trends;
    private final Clock clock;

    ApiTrendsController(Reports reports, ItemTrends trends, Clock clock) {
        this.reports = reports;
        this.trends = trends;
        this.clock = clock;
    }

    /**
     * Counts of a day.
     *
     * @param newItems       new items of the runs that ended on this day
     * @param paymentMethods the same by payment method; an item may count for several
     * @param decisions      decisions that became final, by kind
     * @param refused        refused URLs by kind
     */
    record ApiDay(
            LocalDate day,
            long newItems,
            Map<String, Long> paymentMethods,
            Map<String, Long> decisions,
            Map<String, Long> refused) {}

    /** @param days days with any count, earliest first */
    record ApiTrends(LocalDate from, LocalDate to, List<ApiDay> days) {}

    @GetMapping
    ApiTrends trends(@RequestParam(defaultValue = "30") int days, LaneAccess access) {
        LocalDate to = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate from = to.minusDays(ApiPage.number("days", days, MOST_DAYS) - 1L);
        Instant since = from.atStartOfDay(ZoneOffset.UTC).toInstant();
        Map<LocalDate, DayCounts> counts = new TreeMap<>();
        Map<Long, LocalDate> ended = new HashMap<>();
        for (RunSummary run : reports.since(since)) {
            LocalDate day = LocalDate.ofInstant(run.endedAt(), ZoneOffset.UTC);
            ended.put(run.runId(), day);
            run.refused().forEach((kind, urls) -> of(day, counts).refused.merge(kind, urls, Long::sum));
        }
        trends.newItems(ended.keySet(), access)
                .forEach(each -> of(Objects.requireNonNull(ended.get(each.run())), counts)
                        .items
                        .merge(each.method(), each.items(), Long::sum));
        trends.decisions(since, access)
                .forEach(each -> of(each.day(), counts).decisions.merge(each.verdict(), each.decisions(), Long::sum));
        return new ApiTrends(
                from,
                to,
                counts.entrySet().stream()
                        .map(each -> each.getValue().on(each.getKey()))
                        .toList());
    }

    private static DayCounts of(LocalDate day, Map<LocalDate, DayCounts> counts) {
        return counts.computeIfAbsent(day, first -> new DayCounts());
    }

    /** Collects the counts of a day. */
    private static final class DayCounts {
        /** By payment method; the empty key has all items. */
        private final Map<String, Long> items = new TreeMap<>();

        private final Map<String, Long> decisions = new TreeMap<>();
        private final Map<String, Long> refused = new TreeMap<>();

        ApiDay on(LocalDate day) {
            Map<String, Long> methods = new TreeMap<>(items);
            Long all = methods.remove("");
            return new ApiDay(day, all == null ? 0 : all, methods, decisions, refused);
        }
    }
}
