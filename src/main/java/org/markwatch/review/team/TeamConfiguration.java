package org.markwatch.review.team;

import java.time.Clock;
import javax.sql.DataSource;
import org.markwatch.queue.Audit;
import org.markwatch.review.RunControl;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures proposals and trials. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.SERVLET)
class TeamConfiguration {
    @Bean
    Proposals proposals(DataSource dataSource, Clock clock) {
        return new Proposals(dataSource, clock);
    }

    @Bean
    ScheduleChanges scheduleChanges(JobConfig config, ObjectProvider<RunControl> runs) {
        return new ScheduleChanges(config, runs::getIfAvailable);
    }

    @Bean
    ProposalReview proposalReview(
            Proposals proposals, JobConfig config, ScheduleChanges schedules, Audit audit, DataSource dataSource) {
        return new ProposalReview(proposals, config, schedules, audit, dataSource);
    }

    @Bean
    ChangeProposals changeProposals(ProposalReview review, ScheduleChanges schedules, JobConfig config) {
        return new ChangeProposals(review, schedules, config);
    }

    @Bean
    TrialSlots trialSlots() {
        return new TrialSlots();
    }
}
