package org.markwatch.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that several verbs share. */
final class Options {
    private Options() {}

    /** Location of the job-config. */
    static final class Config {
        @Option(
                names = "--config",
                paramLabel = "DIR",
                defaultValue = "${sys:markwatch.config:-job-config}",
                description = "Job-config folder (default: ${DEFAULT-VALUE}).")
        Path folder = Path.of("job-config");
    }

    /** Location of the database. */
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
                description = "Uses this PostgreSQL database instead of the embedded one, for example"
                        + " jdbc:postgresql://host/markwatch. Set MARKWATCH_DB_USER and MARKWATCH_DB_PASSWORD in the"
                        + " environment: process lists show what the URL contains.")
        @Nullable
        String db;
    }
}
