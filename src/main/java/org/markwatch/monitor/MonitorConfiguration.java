package org.markwatch.monitor;

import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.markwatch.crawl.run.Runs;
import org.markwatch.job.CommitMeter;
import org.markwatch.job.NightlyJob;
import org.markwatch.queue.Items;
import org.markwatch.queue.QueuePolicy;
import org.markwatch.queue.QueueProgress;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Declares the meters for processes that offer metrics, and the health of the schedule for those that have one. */
@Configuration(proxyBeanMethods = false)
class MonitorConfiguration {
    @Bean
    @ConditionalOnProperty("markwatch.metrics")
    StateMeters stateMeters(
            DataSource database,
            Runs runs,
            Items items,
            QueuePolicy policy,
            QueueProgress queue,
            NightlyJob nightly,
            CommitMeter commits,
            Clock clock,
            @Value("${markwatch.metrics.interval}") Duration interval) {
        return new StateMeters(
                database,
                runs,
                items,
                policy.lanes()::withoutRestricted,
                queue,
                nightly::progress,
                commits,
                clock,
                interval);
    }

    @Bean
    @ConditionalOnProperty("markwatch.schedule")
    ScheduleHealth schedule(DataSource database, Clock clock) {
        return new ScheduleHealth(database, clock);
    }
}
