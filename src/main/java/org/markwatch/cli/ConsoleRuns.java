package org.markwatch.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.partition.Partitions;
import org.markwatch.crawl.partition.Workers;
import org.markwatch.crawl.run.LiveCounts;
import org.markwatch.crawl.run.Runs;
import org.markwatch.job.ActiveStep;
import org.markwatch.job.NextRun;
import org.markwatch.job.NightlySchedule;
import org.markwatch.job.ScheduleTimes;
import org.markwatch.job.ServeLock;
import org.markwatch.queue.QueueProgress;
import org.markwatch.report.Reports;
import org.markwatch.report.RunSummary;
import org.markwatch.review.RunControl;
import org.markwatch.watchlist.Settings;

/**
 * Lets the console see, start and stop runs.
 *
 * @param starter starts runs; the schedule of this process, or null if it has none
 */
record ConsoleRuns(
        DataSource database,
        Runs runs,
        Reports reports,
        QueueProgress progress,
        @Nullable NightlySchedule starter) implements RunControl {
    private static final QueueProgress.Step NOT_BEGUN = new QueueProgress.Step(0, 0, Instant.EPOCH);

    @Override
    public Optional<RunSnapshot> activeRun() {
        return runs.active().map(run -> {
            QueueProgress.Step queue = progress.find(run.id()).orElse(NOT_BEGUN);
            return new RunSnapshot(
                    run.id(),
                    ActiveStep.of(database, run.id()).orElse(""),
                    run.known(),
                    run.done(),
                    LiveCounts.of(database, run.id()).pages(),
                    queue.findings(),
                    queue.done(),
                    run.stopping());
        });
    }

    @Override
    public Sharing sharing(long run) {
        List<Partitions.PartitionState> partitions = new Partitions(database).states(run);
        return new Sharing(
                partitions.size(),
                (int) partitions.stream()
                        .filter(Partitions.PartitionState::done)
                        .count(),
                new Workers(database).of(run).stream().map(ConsoleRuns::process).toList());
    }

    private static RunProcess process(Workers.WorkerState worker) {
        return new RunProcess(
                worker.id(),
                worker.name(),
                worker.startedAt(),
                RunProcess.ProcessRole.valueOf(worker.role().name()),
                worker.held(),
                worker.done(),
                worker.quietFor(),
                worker.lease(),
                RunProcess.ProcessLife.valueOf(worker.life().name()));
    }

    @Override
    public OptionalLong lastRunWithoutText() {
        return reports.recent(1).stream()
                .filter(RunSummary::readNoPage)
                .mapToLong(RunSummary::runId)
                .findFirst();
    }

    @Override
    public RunControl.Schedule schedule() {
        Optional<NextRun> next = NextRun.of(database);
        return new RunControl.Schedule(
                starter != null,
                ServeLock.isHeld(database),
                next.map(NextRun::at).orElse(null),
                next.map(NextRun::zone).orElse(ZoneOffset.UTC));
    }

    @Override
    public List<Instant> times(Settings.ScheduleSettings schedule, int most) {
        return ScheduleTimes.after(Instant.now(), schedule, most);
    }

    @Override
    public boolean follow(Settings.ScheduleSettings schedule) {
        if (starter != null) {
            starter.follow(schedule);
        }
        return starter != null;
    }

    @Override
    public boolean start() {
        if (starter == null) {
            throw new IllegalStateException("this process has no schedule");
        }
        return starter.startNow();
    }

    @Override
    public void stop(long run) {
        runs.requestStop(run);
    }
}
