package org.markwatch.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.markwatch.report.Exports;
import org.markwatch.report.RunReport;
import org.markwatch.report.UnknownRunException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "report",
        description = "Writes the report of a run that has ended as one HTML file with charts, which loads nothing.",
        mixinStandardHelpOptions = true)
final class ExportReportVerb implements Callable<Integer> {
    @Mixin
    private final Options.Config config = new Options.Config();

    @Mixin
    private final Options.Data data = new Options.Data();

    @Option(
            names = "--run",
            paramLabel = "latest|ID",
            defaultValue = "latest",
            description = "Id of the run (default: ${DEFAULT-VALUE}).")
    private String run = "latest";

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file to write.")
    private Path out = Path.of("report.html");

    @Override
    public Integer call() throws Exception {
        OutputFile file = OutputFile.of("--out", out);
        try (Application application = Application.existing(data, CheckVerb.read(config))) {
            long id = application.bean(Exports.class).runId(run);
            ExportVerb.record(application, "report", Map.of("run", id));
            String html = application.bean(RunReport.class).html(id);
            file.write(writer -> writer.append(html));
        } catch (UnknownRunException e) {
            throw new BadInputException(String.valueOf(e.getMessage()));
        }
        return ExitCode.COMPLETE;
    }
}
