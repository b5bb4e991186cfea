package org.markwatch.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
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

        /** Returns where the database is, for people; without user and password. */
        String place() {
            return db == null ? "data folder " + folder : new ExternalDatabase(db, null, null).urlWithoutSecrets();
        }
    }

    /** Health checks and metrics of a verb without console. */
    static final class Metrics {
        private static final int MAX_PORT = 65_535;

        @Option(
                names = "--metrics-port",
                paramLabel = "PORT",
                description =
                        "Answers health checks, and Prometheus with metrics, on this port of 127.0.0.1; 0 for any free"
                                + " port.")
        private @Nullable Integer port;

        /** Returns whether they are asked for. */
        boolean isSet() {
            return port != null;
        }

        /**
         * Starts the server and says where it is; returns null if none is asked for.
         *
         * @throws BadInputException if the port is not valid or in use
         */
        @Nullable
        MetricsServer start(ProcessState state, CommandSpec spec) {
            if (port == null) {
                return null;
            }
            if (port < 0 || port > MAX_PORT) {
                throw new BadInputException("--metrics-port " + port + "; must be 0 to " + MAX_PORT);
            }
            MetricsServer server = MetricsServer.start(port, state);
            PrintWriter err = spec.commandLine().getErr();
            err.println("Metrics: " + server.address());
            err.flush();
            return server;
        }
    }
}
