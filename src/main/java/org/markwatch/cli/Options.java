package org.markwatch.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that several verbs have. */
final class Options {
    private Options() {}

    /** Where the rules are. */
    static final class Config {
        @Option(
                names = "--config",
                paramLabel = "DIR",
                defaultValue = "${sys:markwatch.config:-job-config}",
                description = "Job-config folder (default: ${DEFAULT-VALUE}).")
        Path folder = Path.of("job-config");
    }

    /** Where the state is. */
    static final class Data {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                defaultValue = "${env:HOME:-${sys:user.home}}/.markwatch",
                description = "Folder of the embedded database (default: $HOME/.markwatch).")
        Path folder = Path.of(System.getProperty("user.home"), ".markwatch");

        @Option(
                names = "--db",
                paramLabel = "JDBC_URL",
                description = "Use this PostgreSQL instead of the embedded one, for example"
                        + " jdbc:postgresql://host/markwatch; MARKWATCH_DB_USER and MARKWATCH_DB_PASSWORD in the"
                        + " environment keep secrets out of process lists.")
        @Nullable
        String db;
    }
}
