package planted.queue;

import org.springframework.batch.core.job.parameters.JobParameters;

class UsesBatch {
    Object violation = new JobParameters();
}
