package org.markwatch.review.runs;

import java.security.Principal;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.AuditEntry;
import org.markwatch.queue.ItemTrends;
import org.markwatch.queue.LaneAccess;
import org.markwatch.report.Exports;
import org.markwatch.report.HostFailures;
import org.markwatch.report.ListedRun;
import org.markwatch.report.RunFailures;
import org.markwatch.report.RunHistory;
import org.markwatch.review.ConsoleWords;
import org.markwatch.review.Permission;
import org.markwatch.review.Requires;
import org.markwatch.review.RunControl;
import org.markwatch.review.ZoneTimes;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Lists runs, shows one and its attestation, and starts and stops runs. */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
@RequestMapping("/runs")
@Requires(Permission.SEE_RUNS)
class RunsController {
    private static final int PAGE_SIZE = 25;
    private static final int MOST_HOSTS = 100;

    private final RunHistory history;
    private final RunFailures failures;
    private final HostFailures hostFailures;
    private final Exports exports;
    private final ItemTrends trends;
    private final RunEvents events;
    private final ObjectProvider<RunControl> runs;
    private final RunCommands commands;
    private final Clock clock;

    RunsController(
            RunHistory history,
            RunFailures failures,
            HostFailures hostFailures,
            Exports exports,
            ItemTrends trends,
            RunEvents events,
            ObjectProvider<RunControl> runs,
            RunCommands commands,
            Clock clock) {
        this.history = history;
        this.failures = failures;
        this.hostFailures = hostFailures;
        this.exports = exports;
        this.trends = trends;
        this.events = events;
        this.runs = runs;
        this.commands = commands;
        this.clock = clock;
    }

    @GetMapping
    String list(
            @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
            LaneAccess access,
            ZoneId zone,
            ConsoleWords words,
            Model model) {
        List<ListedRun> page = history.before(before, PAGE_SIZE);
        Map<Long, Long> newItems =
                trends.newItemsOf(page.stream().map(ListedRun::id).toList(), access);
        model.addAttribute(
                "rows",
                page.stream().map(run -> RunRow.of(run, newItems, words)).toList());
        model.addAttribute("older", page.size() == PAGE_SIZE ? page.getLast().id() : null);
        model.addAttribute("first", before == Long.MAX_VALUE);
        model.addAttribute(
                "failure",
                failures.last().map(failure -> FailureLine.of(failure, words)).orElse(null));
        addControl(new HashMap<>(), access, new ZoneTimes(zone), words, model);
        return "runs";
    }

    @GetMapping("/{id}")
    String view(@PathVariable long id, LaneAccess access, ZoneId zone, ConsoleWords words, Model model) {
        ListedRun run = run(id);
        ZoneTimes times = new ZoneTimes(zone);
        Map<Long, RunControl.Sharing> read = new HashMap<>();
        addControl(read, access, times, words, model);
        model.addAttribute("processes", run.endedAt() == null ? processes(id, read, words, times) : null);
        model.addAttribute("run", RunRow.of(run, trends.newItemsOf(List.of(id), access), words));
        model.addAttribute("summary", run.summary());
        model.addAttribute(
                "tables", CountTable.of(run.summary(), access.hidden().isEmpty(), words));
        model.addAttribute("causes", hostFailures.byCause(id));
        model.addAttribute(
                "hosts",
                hostFailures.byHost(id, MOST_HOSTS).stream()
                        .map(host -> HostRow.of(host, words))
                        .toList());
        model.addAttribute("mostHosts", MOST_HOSTS);
        model.addAttribute("attested", exports.attestation(id).isPresent());
        return "run";
    }

    @GetMapping("/{id}/attestation")
    String attestation(@PathVariable long id, ConsoleWords words, Model model) {
        AuditEntry entry = exports.attestation(run(id).id())
                .orElseThrow(
                        () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "run " + id + " has not ended yet"));
        model.addAttribute("run", id);
        model.addAttribute("entry", entry);
        model.addAttribute("at", ZoneTimes.UTC.text(entry.at()));
        model.addAttribute("intact", entry.hasValidHash());
        model.addAttribute("groups", AttestedGroup.of(Exports.attestedValues(entry.details()), words));
        return "attestation";
    }

    /** Streams the progress of the run in progress; see {@link RunEvents}. */
    @GetMapping("/events")
    @ResponseBody
    SseEmitter events(LaneAccess access, ZoneId zone, ConsoleWords words) {
        return events.open(access.hidden().isEmpty(), words, new ZoneTimes(zone))
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.SERVICE_UNAVAILABLE, "too many pages follow the run; reload the page instead"));
    }

    @PostMapping("/start")
    @Requires(Permission.RUN)
    String start(Principal operator, ConsoleWords words, RedirectAttributes redirect) {
        RunCommands.CommandResult answer = commands.start(operator.getName());
        redirect.addFlashAttribute(answer.done() ? "notice" : "problem", words.text(answer.sentence()));
        if (answer.done()) {
            redirect.addFlashAttribute("starting", true);
        }
        return "redirect:/runs";
    }

    @PostMapping("/{id}/stop")
    @Requires(Permission.RUN)
    String stop(@PathVariable long id, Principal operator, ConsoleWords words, RedirectAttributes redirect) {
        redirect.addFlashAttribute(
                "notice", words.text(commands.stop(id, operator.getName()).sentence()));
        return "redirect:/runs";
    }

    /** Returns who works on a run that has not ended; workers go on after the process that leads it has died. */
    private @Nullable LiveProcesses processes(
            long run, Map<Long, RunControl.Sharing> read, ConsoleWords words, ZoneTimes times) {
        RunControl control = runs.getIfAvailable();
        return control == null ? null : LiveProcesses.of(read.computeIfAbsent(run, control::sharing), words, times);
    }

    private ListedRun run(long id) {
        return history.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no run " + id));
    }

    /**
     * Adds the run in progress and the schedule.
     *
     * @param read how processes share runs, as far as this request has read it
     */
    private void addControl(
            Map<Long, RunControl.Sharing> read, LaneAccess access, ZoneTimes times, ConsoleWords words, Model model) {
        RunControl control = runs.getIfAvailable();
        RunControl.@Nullable Schedule schedule = control == null ? null : control.schedule();
        Optional<LiveRun> live = control == null
                ? Optional.empty()
                : control.activeRun()
                        .map(run -> LiveRun.of(
                                run,
                                read.computeIfAbsent(run.run(), control::sharing),
                                access.hidden().isEmpty(),
                                words,
                                times));
        model.addAttribute("live", live.orElse(null));
        model.addAttribute("canStart", schedule != null && schedule.canStart() && live.isEmpty());
        model.addAttribute("schedule", ScheduleLine.of(schedule, clock.instant(), times, words));
    }
}
