package org.markwatch.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.markwatch.report.Export;
import org.markwatch.report.Exports;
import org.markwatch.report.Format;
import org.markwatch.report.UnknownRunException;
import org.markwatch.watchlist.Watchlist;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = "Data of a run: pages, matches, items, decisions or the attestation.",
        mixinStandardHelpOptions = true)
final class ExportVerb implements Callable<Integer> {
    @Mixin
    private final Options.Config config = new Options.Config();

    @Mixin
    private final Options.Data data = new Options.Data();

    @Parameters(paramLabel = "WHAT", description = "${COMPLETION-CANDIDATES}")
    private Export export = Export.PAGES;

    @Option(
            names = "--run",
            paramLabel = "latest|ID",
            defaultValue = "latest",
            description = "Which run (default: ${DEFAULT-VALUE}).")
    private String run = "latest";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "tsv",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TSV;

    @Option(names = "--out", paramLabel = "FILE", description = "Write to a file instead of standard output.")
    private @Nullable Path out;

    @Override
    public Integer call() throws Exception {
        Watchlist watchlist = CheckVerb.read(config);
        try (Application application = Application.batch(data, watchlist)) {
            Exports exports = application.part(Exports.class);
            long id = number(exports);
            if (out == null) {
                Writer standard = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
                exports.write(export, id, format, standard);
                standard.flush();
            } else {
                write(exports, id, out);
            }
        }
        return ExitCode.COMPLETE;
    }

    private long number(Exports exports) {
        try {
            return exports.run(run);
        } catch (UnknownRunException e) {
            throw new BadInput(String.valueOf(e.getMessage()));
        }
    }

    /** A failed export leaves the file as it was. */
    private void write(Exports exports, long id, Path file) throws IOException {
        Path whole = file.toAbsolutePath();
        Path half = whole.resolveSibling(whole.getFileName() + ".part");
        try {
            try (Writer writer = Files.newBufferedWriter(half)) {
                exports.write(export, id, format, writer);
            }
            Files.move(half, whole, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(half);
        }
    }
}
