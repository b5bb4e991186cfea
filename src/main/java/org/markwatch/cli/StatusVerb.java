package org.markwatch.cli;

import java.util.concurrent.Callable;
import org.markwatch.crawl.Runs;
import org.markwatch.queue.Items;
import org.markwatch.report.Overview;
import org.markwatch.report.Reports;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        description = "Prints the last runs and the state of the queue.",
        mixinStandardHelpOptions = true)
final class StatusVerb implements Callable<Integer> {
    private static final int MAX_RUNS = 10;

    @Mixin
    private final Options.Config config = new Options.Config();

    @Mixin
    private final Options.Data data = new Options.Data();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        try (Application application = Application.existing(data, CheckVerb.read(config))) {
            Overview overview = Overview.of(
                    application.bean(Runs.class),
                    application.bean(Reports.class),
                    application.bean(Items.class),
                    MAX_RUNS);
            spec.commandLine().getOut().print(overview.toText());
        }
        return ExitCode.COMPLETE;
    }
}
