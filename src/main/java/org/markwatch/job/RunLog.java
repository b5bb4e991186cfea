package org.markwatch.job;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.markwatch.crawl.partition.PartitionClaim;
import org.markwatch.report.Reports;
import org.markwatch.report.RunSummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.DataAccessException;

/**
 * Tells the operator of any process the life cycle of the runs that it works on, in log lines: each start and end of a run, of its
 * steps, and the partitions that the process claims and gives back. The lines contain no crawled text.
 */
final class RunLog implements StepExecutionListener {
    private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);

    private final Reports reports;

    RunLog(Reports reports) {
        this.reports = reports;
    }

    /** Logs the start of a run. */
    void started(RunStart start) {
        event("run.start", start.run().id())
                .addKeyValue("start", start.execution())
                .log("{}", start);
    }

    /** Logs the end of a run, with its summary if there is one. */
    void ended(RunOutcome outcome) {
        try {
            reports.find(outcome.run()).ifPresentOrElse(RunLog::logSummary, () -> logStatus(outcome));
        } catch (DataAccessException e) {
            logStatus(outcome);
        }
    }

    /** Logs that another process has taken over a run that this process had led; that one logs the end of the run. */
    void leftToOthers(RunOutcome outcome) {
        LOG.atWarn()
                .addKeyValue("event", "run.leave")
                .addKeyValue("run", outcome.run())
                .log(
                        "Run {} has been taken over by another process, which continues it or has ended it: {}",
                        outcome.run(),
                        String.valueOf(outcome.failure()));
    }

    private static void logStatus(RunOutcome outcome) {
        event("run.end", outcome.run())
                .addKeyValue("status", name(outcome))
                .log("Run {} ends as {}", outcome.run(), name(outcome));
    }

    private static String name(RunOutcome outcome) {
        return outcome.status().name().toLowerCase(Locale.ROOT);
    }

    private static void logSummary(RunSummary run) {
        event("run.end", run.runId())
                .addKeyValue("status", run.status())
                .addKeyValue(
                        "seconds",
                        Duration.between(run.startedAt(), run.endedAt()).toSeconds())
                .addKeyValue("pages", run.pages().total())
                .addKeyValue("read", run.pages().read())
                .addKeyValue("bytes", run.bytes())
                .addKeyValue("newItems", run.items().added())
                .log(run.toLine());
    }

    @Override
    public void beforeStep(StepExecution step) {
        long run = run(step);
        event("step.begin", run)
                .addKeyValue("step", step.getStepName())
                .log("Run {} begins step {}", run, step.getStepName());
    }

    @Override
    public ExitStatus afterStep(StepExecution step) {
        long run = run(step);
        LocalDateTime begun = step.getStartTime();
        double seconds = begun == null
                ? 0
                : Duration.between(begun, LocalDateTime.now(ZoneId.systemDefault()))
                                .toMillis()
                        / 1000.0;
        event("step.end", run)
                .addKeyValue("step", step.getStepName())
                .addKeyValue("status", step.getExitStatus().getExitCode())
                .addKeyValue("seconds", seconds)
                .addKeyValue("read", step.getReadCount())
                .addKeyValue("written", step.getWriteCount())
                .log("Run {} ends step {} after {} s", run, step.getStepName(), seconds);
        return step.getExitStatus();
    }

    private static long run(StepExecution step) {
        Long run = step.getJobParameters().getLong("run");
        return run == null ? 0 : run;
    }

    /** Logs partitions that this process has claimed; nothing if there are none. */
    void claimed(List<PartitionClaim> claims) {
        if (claims.isEmpty()) {
            return;
        }
        long run = claims.getFirst().run();
        event("partitions.claim", run)
                .addKeyValue("partitions", claims.size())
                .log("Claimed {} partitions of run {}", claims.size(), run);
        long takenOver = claims.stream().filter(PartitionClaim::isTakenOver).count();
        if (takenOver > 0) {
            event("partitions.takeover", run)
                    .addKeyValue("partitions", takenOver)
                    .log(
                            "Took over {} partitions of run {} from processes that have not given them back and have no valid lease",
                            takenOver,
                            run);
        }
    }

    /** Logs partitions that this process has given back to others; nothing if there are none. */
    void gaveBack(long run, int partitions) {
        if (partitions > 0) {
            event("partitions.give-back", run)
                    .addKeyValue("partitions", partitions)
                    .log("Gave back {} partitions of run {}", partitions, run);
        }
    }

    private static LoggingEventBuilder event(String name, long run) {
        return LOG.atInfo().addKeyValue("event", name).addKeyValue("run", run);
    }
}
