package org.markwatch.review;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.store.DispositionStore;
import org.markwatch.database.TestDatabase;
import org.markwatch.match.Watchlists;
import org.markwatch.queue.Audit;
import org.markwatch.queue.DecisionChecks;
import org.markwatch.queue.Decisions;
import org.markwatch.queue.HeldBackPages;
import org.markwatch.queue.ItemTrends;
import org.markwatch.queue.Items;
import org.markwatch.queue.LanePolicy;
import org.markwatch.queue.QueuePolicy;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.SampleFindings;
import org.markwatch.queue.SettableClock;
import org.markwatch.queue.welfare.ExposureLimits;
import org.markwatch.report.Exports;
import org.markwatch.report.HostFailures;
import org.markwatch.report.Reports;
import org.markwatch.report.RunFailures;
import org.markwatch.report.RunHistory;
import org.markwatch.review.team.StubRuleTrial;
import org.markwatch.review.team.TestJobConfig;
import org.markwatch.score.FindingStore;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Watchlist;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.quartz.autoconfigure.QuartzAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/**
 * The console without the crawler and the jobs. It has no {@code @Configuration} annotation, so that the component scan
 * of the whole application does not find it in tests.
 */
@EnableAutoConfiguration(
        exclude = {QuartzAutoConfiguration.class, FlywayAutoConfiguration.class},
        excludeName = "org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration")
@ComponentScan(basePackages = {"org.markwatch.queue", "org.markwatch.review"})
class ConsoleApplication {
    static final Duration LEASE = Duration.ofMinutes(15);

    /** Returns an account with these roles for requests without a sign-in. */
    static RequestPostProcessor account(String name, Role... roles) {
        return user(name)
                .authorities(Role.permissions(Set.of(roles)).stream()
                        .map(Permission::authority)
                        .toList());
    }

    @Bean
    DataSource dataSource() {
        return TestDatabase.fresh();
    }

    @Bean
    SettableClock clock() {
        return new SettableClock();
    }

    @Bean
    StubRunControl run() {
        return new StubRunControl();
    }

    @Bean
    StubPageSurroundings surroundings() {
        return new StubPageSurroundings();
    }

    @Bean
    StubPageRecords records() {
        return new StubPageRecords();
    }

    @Bean
    StubRecrawls recrawlRequests() {
        return new StubRecrawls();
    }

    @Bean
    TestJobConfig jobConfig() {
        return new TestJobConfig();
    }

    @Bean
    StubRuleTrial ruleTrial() {
        return new StubRuleTrial();
    }

    /** The rules of {@link SampleFindings}; the membership rule has a wildcard. */
    @Bean
    Watchlist watchlist(TestJobConfig jobConfig) {
        Watchlist plain = Watchlists.of(
                Watchlists.BRANDS,
                List.of(
                        indicator("voucher-only", 2, Indicator.Type.PHRASE, "voucher", "alternative-payment"),
                        indicator(
                                "thirty-day-membership",
                                1,
                                Indicator.Type.REGEX,
                                "\\d+.{1,5}.{0,20}membership",
                                "membership"),
                        indicator("help-page", 1, Indicator.Type.PHRASE, "help", "context")));
        String file = jobConfig.folder().resolve("indicators/team.yaml").toString();
        return new Watchlist(
                plain.settings(),
                plain.seeds(),
                plain.brands(),
                plain.indicators(),
                plain.policy(),
                plain.lexicon(),
                plain.evidence(),
                plain.rulesetSha256(),
                plain.hashKey(),
                Map.of("voucher-only", new Watchlist.IndicatorLocation(file, 4)),
                plain.repeats());
    }

    private static Indicator indicator(String id, int version, Indicator.Type type, String pattern, String group) {
        return new Indicator(
                id,
                version,
                type,
                pattern,
                group,
                10,
                EnumSet.allOf(Field.class),
                "",
                Indicator.State.LIVE,
                null,
                null,
                "test",
                List.of(),
                List.of());
    }

    @Bean
    ExposureLimits exposureLimits() {
        return new ExposureLimits(Duration.ofHours(5), Duration.ofMinutes(50), Duration.ofMinutes(10), ZoneOffset.UTC);
    }

    @Bean
    QueuePolicy queuePolicy() {
        return new QueuePolicy(
                List.of("low", "medium", "high"),
                LEASE,
                1,
                new LanePolicy(List.of("child-safety", "brand", "payment", "general"), List.of("child-safety")),
                new DecisionChecks(0, 0, DecisionChecks.ONE_YEAR));
    }

    @Bean
    Runs runs(DataSource database) {
        return new Runs(database);
    }

    @Bean
    Reports reports(
            DataSource database,
            Runs runs,
            ReviewQueue queue,
            HeldBackPages heldBack,
            Audit audit,
            SettableClock clock) {
        return new Reports(database, runs, new FindingStore(database), queue, heldBack, audit, clock);
    }

    @Bean
    RunHistory runHistory(Runs runs, Reports reports) {
        return new RunHistory(runs, reports);
    }

    @Bean
    RunFailures runFailures(DataSource database, SettableClock clock) {
        return new RunFailures(database, clock);
    }

    @Bean
    HostFailures hostFailures(DataSource database) {
        return new HostFailures(database);
    }

    @Bean
    Exports exports(DataSource database, Runs runs, Items items, Decisions decisions, Audit audit) {
        return new Exports(
                runs, new DispositionStore(database), new FindingStore(database), items, decisions, audit, List.of());
    }

    @Bean
    ItemTrends itemTrends(DataSource database) {
        return new ItemTrends(
                database,
                List.of(
                        new ItemTrends.PaymentTerms("cards", Set.of(), Set.of("visa")),
                        new ItemTrends.PaymentTerms("voucher", Set.of("alternative-payment"), Set.of())));
    }
}
