package org.markwatch.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Audit;
import org.markwatch.report.Export;
import org.markwatch.report.Exports;
import org.markwatch.report.Format;
import org.markwatch.report.RowFormat;
import org.markwatch.report.UnknownRunException;
import org.markwatch.watchlist.Watchlist;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "export",
        subcommands = ExportReportVerb.class,
        description = "Exports data of a run: pages, matches, indicators, items, held-back pages, decisions or the"
                + " attestation; or the queue, the open items of all runs.",
        mixinStandardHelpOptions = true)
final class ExportVerb implements Callable<Integer> {
    @Mixin
    private final Options.Config config = new Options.Config();

    @Mixin
    private final Options.Data data = new Options.Data();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "WHAT",
            arity = "0..1", // picocli would require it of subcommands too
            converter = ExportConverter.class,
            completionCandidates = ExportNames.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private @Nullable Export what;

    @Option(
            names = "--run",
            paramLabel = "latest|ID",
            description = "Id of the run (default: latest). The queue has none.")
    private @Nullable String run;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES} (default: by the extension of --out, else TSV).")
    private @Nullable Format format;

    @Option(
            names = "--excel",
            arity = "0..1",
            fallbackValue = ",",
            paramLabel = "SEPARATOR",
            description = "CSV for Excel: with byte order mark, separated by ',', or by ';' if that is given.")
    private @Nullable String excel;

    @Option(names = "--out", paramLabel = "FILE", description = "Writes to a file instead of standard output.")
    private @Nullable Path out;

    @Override
    public Integer call() throws Exception {
        Export export = what;
        if (export == null) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: 'WHAT'");
        }
        RowFormat layout = ExportFormat.of(format, excel, out);
        if (export == Export.QUEUE && run != null) {
            throw new BadInputException("export queue has the open items of all runs; leave out --run");
        }
        OutputFile file = out == null ? null : OutputFile.of("--out", out);
        Watchlist watchlist = CheckVerb.read(config);
        try (Application application = Application.existing(data, watchlist)) {
            Exports exports = application.bean(Exports.class);
            long id = export == Export.QUEUE ? 0 : runId(exports);
            record(application, export.label(), export == Export.QUEUE ? Map.of() : Map.of("run", id));
            if (file == null) {
                toStandardOutput(exports, export, id, layout);
            } else {
                file.write(writer -> exports.write(export, id, layout, writer));
            }
        }
        return ExitCode.COMPLETE;
    }

    /** Records the export before it begins, so that none is without an entry. */
    static void record(Application application, String what, Map<String, Object> details) {
        application.bean(Audit.class).append(System.getProperty("user.name"), "export", "export:" + what, details);
    }

    /** Writes to the file descriptor, since {@code System.out} hides a closed pipe and a full disk. */
    private static void toStandardOutput(Exports exports, Export export, long id, RowFormat layout) throws IOException {
        Writer standard = new BufferedWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8));
        try {
            exports.write(export, id, layout, standard);
            standard.flush();
        } catch (IOException e) {
            throw new FileSystemException("-", null, Markwatch.OUTPUT_FAILED);
        }
    }

    private long runId(Exports exports) {
        try {
            return exports.runId(run == null ? "latest" : run);
        } catch (UnknownRunException e) {
            throw new BadInputException(String.valueOf(e.getMessage()));
        }
    }

    /** The names of the exports. */
    private static final class ExportNames extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        private ExportNames() {
            super(Arrays.stream(Export.values()).map(Export::label).toList());
        }
    }

    /** Finds an export by its name, in any case. */
    private static final class ExportConverter implements ITypeConverter<Export> {
        @Override
        public Export convert(String value) {
            return Arrays.stream(Export.values())
                    .filter(each -> each.label().equalsIgnoreCase(value))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "expected one of " + new ExportNames() + " (case-insensitive) but was '" + value + "'"));
        }
    }
}
