package org.markwatch.review.api;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.markwatch.report.HostFailures;
import org.markwatch.report.HostFailures.FailedPages;
import org.markwatch.report.RunHistory;
import org.markwatch.review.Defanged;
import org.markwatch.review.Permission;
import org.markwatch.review.Requires;
import org.markwatch.review.RunControl;
import org.markwatch.review.RunControl.RunProcess;
import org.markwatch.url.HttpUrl;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Shows which hosts failed in a run and why, which processes share it, and when the next one starts. */
@RestController
@ConditionalOnWebApplication(type = Type.SERVLET)
@RequestMapping("/api/v1")
@Requires(Permission.SEE_RUNS)
class ApiRunDetailsController {
    private static final int MOST = 500;

    private final RunHistory history;
    private final HostFailures failures;
    private final ObjectProvider<RunControl> control;

    ApiRunDetailsController(RunHistory history, HostFailures failures, ObjectProvider<RunControl> control) {
        this.history = history;
        this.failures = failures;
        this.control = control;
    }

    /**
     * URLs that failed.
     *
     * @param host defanged scheme, host and port; null for all hosts
     */
    record ApiFailure(@Nullable String host, String cause, long pages) {
        static ApiFailure of(FailedPages failed) {
            return new ApiFailure(
                    failed.host().isEmpty()
                            ? null
                            : Defanged.of(HttpUrl.of(failed.host() + "/")).origin(),
                    failed.cause(),
                    failed.pages());
        }
    }

    /**
     * Which hosts failed and why, most URLs first.
     *
     * @param causes over all hosts
     * @param hosts  by host and cause
     */
    record ApiFailureList(List<ApiFailure> causes, List<ApiFailure> hosts) {}

    @GetMapping("/runs/{id}/failures")
    ApiFailureList failures(@PathVariable long id, @RequestParam(defaultValue = "100") int limit) {
        requireRun(id);
        return new ApiFailureList(
                failures.byCause(id).stream().map(ApiFailure::of).toList(),
                failures.byHost(id, ApiPage.limit(limit, MOST)).stream()
                        .map(ApiFailure::of)
                        .toList());
    }

    /**
     * A process that works on a run or waits for one.
     *
     * @param role         leads, helps or waits
     * @param held         partitions that it has claimed and not finished
     * @param done         partitions that it has finished
     * @param quietSeconds how long ago it gave its last sign of life
     * @param life         lives, session-ended or silent
     */
    record ApiProcess(String name, String role, Instant since, int held, int done, long quietSeconds, String life) {
        static ApiProcess of(RunProcess process) {
            return new ApiProcess(
                    process.name(),
                    label(process.role()),
                    process.since(),
                    process.held(),
                    process.done(),
                    process.quietFor().toSeconds(),
                    label(process.life()));
        }

        private static String label(Enum<?> value) {
            return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * How processes share a run.
     *
     * @param partitions parts of the run, 0 before it is divided
     * @param done       those that are done
     */
    record ApiSharing(int partitions, int done, List<ApiProcess> processes) {}

    @GetMapping("/runs/{id}/processes")
    ApiSharing processes(@PathVariable long id) {
        requireRun(id);
        RunControl runs = control.getIfAvailable();
        RunControl.Sharing sharing = runs == null ? RunControl.Sharing.NONE : runs.sharing(id);
        return new ApiSharing(
                sharing.partitions(),
                sharing.done(),
                sharing.processes().stream().map(ApiProcess::of).toList());
    }

    /**
     * When runs start by themselves.
     *
     * @param serving whether a process with a schedule is running
     * @param next    time of the next run; null if none is scheduled
     * @param zone    time zone of the schedule
     */
    record ApiSchedule(boolean serving, @Nullable Instant next, String zone) {}

    @GetMapping("/schedule")
    ApiSchedule schedule() {
        RunControl runs = control.getIfAvailable();
        RunControl.Schedule schedule =
                runs == null ? new RunControl.Schedule(false, false, null, ZoneOffset.UTC) : runs.schedule();
        return new ApiSchedule(
                schedule.serving(), schedule.next(), schedule.zone().getId());
    }

    private void requireRun(long id) {
        if (history.find(id).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no run " + id + ".");
        }
    }
}
