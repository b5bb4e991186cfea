package org.markwatch.queue.cluster;

import java.time.Clock;
import javax.sql.DataSource;
import org.markwatch.queue.Audit;
import org.markwatch.queue.ClusterLanes;
import org.markwatch.queue.Decisions;
import org.markwatch.queue.QueuePolicy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of clusters. Requires the beans of the queue. */
@Configuration(proxyBeanMethods = false)
class ClusterConfiguration {
    @Bean
    Clusters clusters(DataSource dataSource, ClusterLanes lanes) {
        return new Clusters(dataSource, lanes);
    }

    @Bean
    BulkPlans bulkPlans(DataSource dataSource, Clock clock) {
        return new BulkPlans(dataSource, clock);
    }

    @Bean
    BulkDecisions bulkDecisions(
            DataSource dataSource,
            BulkPlans plans,
            Decisions decisions,
            ClusterLanes lanes,
            Audit audit,
            QueuePolicy policy,
            Clock clock) {
        return new BulkDecisions(
                dataSource, plans, decisions, lanes, audit, policy.checks().bulkUndo(), clock);
    }
}
