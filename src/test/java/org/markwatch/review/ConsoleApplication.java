package org.markwatch.review;

import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.markwatch.database.TestDatabase;
import org.markwatch.queue.QueuePolicy;
import org.markwatch.queue.SettableClock;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.quartz.autoconfigure.QuartzAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

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
    StubPageRecords records() {
        return new StubPageRecords();
    }

    @Bean
    QueuePolicy queuePolicy() {
        return new QueuePolicy(List.of("low", "medium", "high"), LEASE, 1);
    }
}
