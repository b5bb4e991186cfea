package org.markwatch.queue;

import java.time.Clock;
import javax.sql.DataSource;
import org.markwatch.queue.action.Actions;
import org.markwatch.queue.agreement.Agreement;
import org.markwatch.queue.precision.RulePrecision;
import org.markwatch.queue.welfare.Exposure;
import org.markwatch.queue.welfare.ExposureLimits;
import org.markwatch.queue.welfare.LaneOptOuts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of the queue. Requires a {@link DataSource}, a {@link Clock}, a {@link QueuePolicy} and an {@link ExposureLimits} bean. */
@Configuration(proxyBeanMethods = false)
class QueueConfiguration {
    @Bean
    Audit audit(DataSource dataSource, Clock clock) {
        return new Audit(dataSource, clock);
    }

    @Bean
    AuditSearch auditSearch(DataSource dataSource) {
        return new AuditSearch(dataSource);
    }

    @Bean
    ItemHistory itemHistory(DataSource dataSource) {
        return new ItemHistory(dataSource);
    }

    @Bean
    ReviewQueue reviewQueue(DataSource dataSource, Audit audit, QueuePolicy policy, Clock clock) {
        return new ReviewQueue(dataSource, audit, policy, clock);
    }

    @Bean
    UnsupportedItems unsupportedItems(DataSource dataSource, Audit audit, Clock clock) {
        return new UnsupportedItems(dataSource, audit, clock);
    }

    @Bean
    BenignPages benignPages(DataSource dataSource, Audit audit, Clock clock) {
        return new BenignPages(dataSource, audit, clock);
    }

    @Bean
    HeldBackPages heldBackPages(DataSource dataSource, Clock clock) {
        return new HeldBackPages(dataSource, clock);
    }

    @Bean
    Items items(DataSource dataSource, Clock clock) {
        return new Items(dataSource, clock);
    }

    @Bean
    ItemGroups itemGroups(DataSource dataSource, Clock clock) {
        return new ItemGroups(dataSource, clock);
    }

    @Bean
    ClusterLanes clusterLanes(DataSource dataSource) {
        return new ClusterLanes(dataSource);
    }

    @Bean
    Claims claims(DataSource dataSource, Audit audit, QueuePolicy policy, Clock clock) {
        return new Claims(dataSource, audit, policy, clock);
    }

    @Bean
    Decisions decisions(DataSource dataSource, Audit audit, QueuePolicy policy, Clock clock) {
        return new Decisions(dataSource, audit, policy, clock);
    }

    @Bean
    LaneMoves laneMoves(DataSource dataSource, Audit audit, QueuePolicy policy, Clock clock) {
        return new LaneMoves(dataSource, audit, policy, clock);
    }

    @Bean
    Calibration calibration(DataSource dataSource, Audit audit, QueuePolicy policy, Clock clock) {
        return new Calibration(dataSource, audit, policy, clock);
    }

    @Bean
    Exposure exposure(DataSource dataSource, ExposureLimits limits, Clock clock) {
        return new Exposure(dataSource, limits, clock);
    }

    @Bean
    LaneOptOuts laneOptOuts(DataSource dataSource, Audit audit) {
        return new LaneOptOuts(dataSource, audit);
    }

    @Bean
    Actions actions(DataSource dataSource, Audit audit, Clock clock) {
        return new Actions(dataSource, audit, clock);
    }

    @Bean
    Agreement agreement(DataSource dataSource, Clock clock) {
        return new Agreement(dataSource, clock);
    }

    @Bean
    Drafts drafts(DataSource dataSource, Clock clock) {
        return new Drafts(dataSource, clock);
    }

    @Bean
    RulePrecision rulePrecision(DataSource dataSource) {
        return new RulePrecision(dataSource);
    }

    @Bean
    QueueProgress queueProgress(DataSource dataSource, Clock clock) {
        return new QueueProgress(dataSource, clock);
    }
}
