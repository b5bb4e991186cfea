package org.markwatch.review.runs;

import java.util.Map;
import org.markwatch.queue.Audit;
import org.markwatch.queue.Sentence;
import org.markwatch.review.RunControl;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.stereotype.Component;

/** Starts and stops runs for people and programs, and writes both to the audit. */
@Component
@ConditionalOnWebApplication(type = Type.SERVLET)
public class RunCommands {
    private final ObjectProvider<RunControl> runs;
    private final Audit audit;

    RunCommands(ObjectProvider<RunControl> runs, Audit audit) {
        this.runs = runs;
        this.audit = audit;
    }

    /**
     * What became of a command.
     *
     * @param done     whether it was carried out
     * @param sentence what happens now, or why it was not, for people
     */
    public record CommandResult(boolean done, Sentence sentence) {}

    /** Starts a run as the schedule does. */
    public CommandResult start(String operator) {
        RunControl control = runs.getIfAvailable();
        if (control == null || !control.schedule().canStart()) {
            return new CommandResult(false, Sentence.of("runs.this-console-cannot-start"));
        }
        if (control.activeRun().isPresent()) {
            return new CommandResult(false, Sentence.of("runs.run-progress-already-only"));
        }
        audit.append(operator, "run.start", "run", Map.of());
        return control.start()
                ? new CommandResult(true, Sentence.of("runs.run-starts-resumes-last"))
                : new CommandResult(false, Sentence.of("runs.somebody-else-has-just-started"));
    }

    /** Requests a stop of a run. */
    public CommandResult stop(long run, String operator) {
        RunControl control = runs.getIfAvailable();
        if (control == null
                || control.activeRun().filter(each -> each.run() == run).isEmpty()) {
            return new CommandResult(false, Sentence.of("runs.run-no-longer-progress", run));
        }
        audit.append(operator, "run.stop", "run:" + run, Map.of());
        control.stop(run);
        return new CommandResult(true, Sentence.of("runs.run-stopping-next-start", run));
    }
}
