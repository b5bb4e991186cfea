package org.markwatch.job;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.store.DispositionStore;
import org.markwatch.crawl.store.KeptTextStore;
import org.markwatch.notify.RunNotices;
import org.markwatch.queue.Audit;
import org.markwatch.queue.BenignPages;
import org.markwatch.queue.CurrentLanes;
import org.markwatch.queue.DecisionChecks;
import org.markwatch.queue.Decisions;
import org.markwatch.queue.HeldBackPages;
import org.markwatch.queue.ItemTrends;
import org.markwatch.queue.Items;
import org.markwatch.queue.LanePolicy;
import org.markwatch.queue.LegalHolds;
import org.markwatch.queue.QueuePolicy;
import org.markwatch.queue.QueueProgress;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.ServiceTarget;
import org.markwatch.queue.ServiceTargets;
import org.markwatch.queue.UnsupportedItems;
import org.markwatch.queue.welfare.ExposureLimits;
import org.markwatch.report.Exports;
import org.markwatch.report.HostFailures;
import org.markwatch.report.Reports;
import org.markwatch.report.RunFailures;
import org.markwatch.report.RunHistory;
import org.markwatch.report.RunReport;
import org.markwatch.score.FindingChanges;
import org.markwatch.score.FindingStore;
import org.markwatch.watchlist.Policy;
import org.markwatch.watchlist.Settings;
import org.markwatch.watchlist.Watchlist;
import org.quartz.Scheduler;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** Declares the beans of the jobs and of the packages that do not depend on Spring. */
@Configuration(proxyBeanMethods = false)
class JobConfiguration {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Runs runs(DataSource database) {
        return new Runs(database);
    }

    @Bean
    FindingStore findingStore(DataSource database) {
        return new FindingStore(database);
    }

    @Bean
    QueueUpdate queueUpdate(
            DataSource database,
            Runs runs,
            FindingStore findings,
            ReviewQueue queue,
            UnsupportedItems unsupported,
            BenignPages benign,
            HeldBackPages heldBack,
            QueueProgress progress,
            ItemTrends trends) {
        return new QueueUpdate(
                runs, findings, new FindingChanges(database), queue, unsupported, benign, heldBack, progress, trends);
    }

    @Bean
    ItemTrends itemTrends(DataSource database, Watchlist watchlist) {
        return new ItemTrends(
                database,
                watchlist.policy().paymentMethods().stream()
                        .map(method -> new ItemTrends.PaymentTerms(method.key(), method.groups(), method.brands()))
                        .toList());
    }

    @Bean
    Reports reports(
            DataSource database,
            Runs runs,
            FindingStore findings,
            ReviewQueue queue,
            HeldBackPages heldBack,
            Audit audit,
            Clock clock) {
        return new Reports(database, runs, findings, queue, heldBack, audit, clock);
    }

    @Bean
    RunHistory runHistory(Runs runs, Reports reports) {
        return new RunHistory(runs, reports);
    }

    @Bean
    HostFailures hostFailures(DataSource database) {
        return new HostFailures(database);
    }

    @Bean
    RunReport runReport(
            Reports reports, HostFailures hostFailures, Exports exports, ItemTrends trends, QueuePolicy policy) {
        return new RunReport(reports, hostFailures, exports, trends, policy.lanes()::withoutRestricted);
    }

    @Bean
    RunFailures runFailures(DataSource database, Clock clock) {
        return new RunFailures(database, clock);
    }

    @Bean
    Exports exports(
            DataSource database,
            Runs runs,
            FindingStore findings,
            Items items,
            Decisions decisions,
            Audit audit,
            Watchlist watchlist) {
        return new Exports(runs, new DispositionStore(database), findings, items, decisions, audit, watchlist.seeds());
    }

    @Bean
    QueuePolicy queuePolicy(Watchlist watchlist) {
        Settings.CheckSettings checks = watchlist.settings().review().checks();
        List<String> severities =
                watchlist.policy().bands().stream().map(Policy.Band::severity).toList();
        return new QueuePolicy(
                severities,
                watchlist.settings().review().lease(),
                watchlist.policy().sampleOneIn(),
                new CurrentLanes(new LanePolicy(
                        watchlist.policy().laneNames(), watchlist.policy().restrictedLanes())),
                new DecisionChecks(
                        checks.secondReviewOneIn(),
                        checks.calibrationOneIn(),
                        checks.longestAuthorisation(),
                        checks.bulkUndo()),
                targets(severities, watchlist.settings().review().targets()));
    }

    private static ServiceTargets targets(List<String> severities, Map<String, Settings.TargetSetting> settings) {
        Map<String, ServiceTarget> targets = new HashMap<>();
        settings.forEach(
                (severity, target) -> targets.put(severity, new ServiceTarget(target.days(), target.business())));
        ServiceTarget others = targets.remove(Settings.TargetSetting.OTHER);
        return ServiceTargets.of(severities, targets, others == null ? QueuePolicy.DEFAULT_TARGETS.others() : others);
    }

    @Bean
    ExposureLimits exposureLimits(Watchlist watchlist) {
        Settings.ExposureSettings exposure = watchlist.settings().review().exposure();
        return new ExposureLimits(
                exposure.daily(),
                exposure.continuous(),
                exposure.pause(),
                watchlist.settings().schedule().zone());
    }

    @Bean
    LegalHolds legalHolds(DataSource database, Audit audit, Clock clock) {
        return new LegalHolds(database, audit, clock);
    }

    @Bean
    Retention retention(DataSource database, Runs runs, ReviewQueue queue, LegalHolds holds, Audit audit, Clock clock) {
        return new Retention(database, runs, queue, holds, audit, clock);
    }

    @Bean
    KeptTextStore keptPages(DataSource database) {
        return new KeptTextStore(database);
    }

    @Bean
    CommitMeter commitMeter() {
        return new CommitMeter();
    }

    @Bean
    CurrentRun currentRun() {
        return new CurrentRun();
    }

    @Bean
    RunEnds runEnds(Runs runs, Reports reports, RunFailures failures, Clock clock) {
        return new RunEnds(runs, reports, failures, clock);
    }

    @Bean
    RunLog runLog(Reports reports) {
        return new RunLog(reports);
    }

    @Bean
    RunJobs runJobs(
            JobRepository repository,
            JobOperator operator,
            DataSource database,
            Runs runs,
            CurrentRun current,
            RunOffers offers,
            RunEnds ends,
            RunLog log,
            Clock clock) {
        return new RunJobs(repository, operator, database, runs, current, offers, ends, log, clock);
    }

    @Bean
    RunNotices runNotices(RunReport report, Clock clock) {
        return new RunNotices(report, clock);
    }

    @Bean
    CrawlWork crawlWork(
            DataSource database,
            FindingStore findings,
            QueueUpdate queueUpdate,
            ReviewQueue queue,
            PlatformTransactionManager transactions,
            CommitMeter commits,
            RunLog log,
            Clock clock) {
        return new CrawlWork(database, findings, queueUpdate, queue, transactions, commits, log, clock);
    }

    @Bean
    RescanWork rescanWork(
            DataSource database,
            Runs runs,
            KeptTextStore kept,
            FindingStore findings,
            PlatformTransactionManager transactions,
            RunLog log) {
        return new RescanWork(database, runs, kept, findings, transactions, log);
    }

    @Bean
    RunWorkers runWorkers(
            CurrentRun current, DataSource database, Runs runs, CrawlWork crawl, RescanWork rescan, Clock clock) {
        return new RunWorkers(current, database, runs, crawl, rescan, clock);
    }

    @Bean
    RunPreparation runPreparation(
            CurrentRun current, CrawlWork crawl, RescanWork rescan, Retention retention, Audit audit) {
        return new RunPreparation(current, crawl, rescan, retention, audit);
    }

    @Bean
    RunOffers runOffers(DataSource database, ObjectProvider<PackedConfig> config) {
        return new RunOffers(database, config.getIfAvailable());
    }

    @Bean
    NightlyJob nightly(RunJobs jobs, Job nightlyJob, Runs runs, Clock clock) {
        return new NightlyJob(jobs, nightlyJob, runs, clock);
    }

    @Bean
    RescanJob rescan(RunJobs jobs, Job rescanJob, Runs runs, FindingStore findings, KeptTextStore kept, Clock clock) {
        return new RescanJob(jobs, rescanJob, runs, findings, kept, clock);
    }

    @Bean
    NightLog nightLog(Exports exports, RunFailures failures, DataSource database) {
        return new NightLog(exports, failures, database);
    }

    @Bean
    @ConditionalOnProperty("markwatch.schedule")
    NightlySchedule nightlySchedule(Scheduler scheduler, NightlyJob nightly, DataSource database) {
        return new NightlySchedule(scheduler, nightly, database);
    }
}
