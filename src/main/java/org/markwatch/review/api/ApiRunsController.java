package org.markwatch.review.api;

import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.ItemTrends;
import org.markwatch.queue.LaneAccess;
import org.markwatch.report.Exports;
import org.markwatch.report.ListedRun;
import org.markwatch.report.RunHistory;
import org.markwatch.report.RunSummary;
import org.markwatch.review.Permission;
import org.markwatch.review.Requires;
import org.markwatch.review.RunControl;
import org.markwatch.review.runs.RunCommands;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Lists runs, starts and stops them. */
@RestController
@ConditionalOnWebApplication(type = Type.SERVLET)
@RequestMapping("/api/v1/runs")
@Requires(Permission.SEE_RUNS)
class ApiRunsController {
    private static final int MOST = 100;

    private final RunHistory history;
    private final ItemTrends trends;
    private final Exports exports;
    private final RunCommands commands;
    private final ObjectProvider<RunControl> control;

    ApiRunsController(
            RunHistory history,
            ItemTrends trends,
            Exports exports,
            RunCommands commands,
            ObjectProvider<RunControl> control) {
        this.history = history;
        this.trends = trends;
        this.exports = exports;
        this.commands = commands;
        this.control = control;
    }

    /**
     * A run.
     *
     * @param newItems new items in the lanes that the token may see
     * @param pages    URLs by disposition; null before the run has ended, like the following ones
     */
    record ApiRun(
            long id,
            String kind,
            String status,
            Instant startedAt,
            @Nullable Instant endedAt,
            int starts,
            long newItems,
            RunSummary.@Nullable PageCounts pages,
            @Nullable Map<String, Long> refused,
            @Nullable Map<String, Long> requests,
            @Nullable Long bytes) {
        static ApiRun of(ListedRun run, Map<Long, Long> newItems) {
            RunSummary summary = run.summary();
            return new ApiRun(
                    run.id(),
                    run.kind(),
                    run.status(),
                    run.startedAt(),
                    run.endedAt(),
                    run.starts(),
                    newItems.getOrDefault(run.id(), 0L),
                    summary == null ? null : summary.pages(),
                    summary == null ? null : summary.refused(),
                    summary == null ? null : summary.requestsByKind(),
                    summary == null ? null : summary.bytes());
        }
    }

    /** @param next value of {@code before} for the next page; null if this is the last one */
    record ApiRunPage(List<ApiRun> runs, @Nullable Long next) {}

    @GetMapping
    ApiRunPage list(
            @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
            @RequestParam(defaultValue = "25") int limit,
            LaneAccess access) {
        List<ListedRun> page = history.before(before, ApiPage.limit(limit, MOST));
        Map<Long, Long> newItems =
                trends.newItemsOf(page.stream().map(ListedRun::id).toList(), access);
        return new ApiRunPage(
                page.stream().map(run -> ApiRun.of(run, newItems)).toList(),
                page.size() == limit ? page.getLast().id() : null);
    }

    @GetMapping("/{id}")
    ApiRun run(@PathVariable long id, LaneAccess access) {
        return ApiRun.of(find(id), trends.newItemsOf(List.of(id), access));
    }

    /** Returns what a run requested, refused and accepted, as the audit chain has it. */
    @GetMapping("/{id}/attestation")
    ApiAuditEntry attestation(@PathVariable long id) {
        return exports.attestation(find(id).id())
                .map(ApiAuditEntry::of)
                .orElseThrow(
                        () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "Run " + id + " has not ended yet."));
    }

    /**
     * The run in progress.
     *
     * @param step            prepare, crawl, rescan, queue or report; empty between two
     * @param known           URLs that it has to visit so far
     * @param done            those that have their disposition
     * @param findings        findings that its queue step compares with the queue; null if the token may not see every lane
     * @param compared        those that it has compared; null like these
     * @param comparedPercent how far that step is, in tens
     */
    record ApiProgress(
            long run,
            String step,
            long known,
            long done,
            Map<String, Long> pages,
            @Nullable Long findings,
            @Nullable Long compared,
            int comparedPercent,
            boolean stopping) {
        static ApiProgress of(RunControl.RunSnapshot run, LaneAccess access) {
            boolean allLanes = access.hidden().isEmpty();
            return new ApiProgress(
                    run.run(),
                    run.step(),
                    run.known(),
                    run.done(),
                    run.pages(),
                    allLanes ? run.findings() : null,
                    allLanes ? run.compared() : null,
                    10 * run.comparedTenths(),
                    run.stopping());
        }
    }

    @GetMapping("/active")
    ApiProgress active(LaneAccess access) {
        RunControl runs = control.getIfAvailable();
        return (runs == null ? Optional.<RunControl.RunSnapshot>empty() : runs.activeRun())
                .map(run -> ApiProgress.of(run, access))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No run is in progress."));
    }

    @PostMapping
    @Requires(Permission.RUN)
    @ResponseStatus(HttpStatus.ACCEPTED)
    void start(Principal operator) {
        requireDone(commands.start(operator.getName()));
    }

    @PostMapping("/{id}/stop")
    @Requires(Permission.RUN)
    @ResponseStatus(HttpStatus.ACCEPTED)
    void stop(@PathVariable long id, Principal operator) {
        requireDone(commands.stop(id, operator.getName()));
    }

    private static void requireDone(RunCommands.CommandResult answer) {
        if (!answer.done()) {
            throw new ResponseStatusException(
                    HttpStatus.CONFLICT, answer.sentence().english());
        }
    }

    private ListedRun find(long id) {
        return history.find(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no run " + id + "."));
    }
}
