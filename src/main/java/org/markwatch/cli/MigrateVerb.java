package org.markwatch.cli;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.schema.ApplicationRole;
import org.markwatch.schema.DatabaseVersions;
import org.markwatch.schema.Schema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "migrate",
        description =
                "Creates or updates the tables of a PostgreSQL database as their owner, and grants another role what"
                        + " markwatch needs, so that 'run' and 'serve' can use a role that owns nothing.",
        mixinStandardHelpOptions = true)
final class MigrateVerb implements Callable<Integer> {
    @Option(
            names = "--db",
            required = true,
            paramLabel = "URL",
            description = "JDBC URL of the database; MARKWATCH_DB_USER and MARKWATCH_DB_PASSWORD name the owner.")
    private String db = "";

    @Option(names = "--grant", paramLabel = "ROLE", description = "An existing role that is to own nothing.")
    private @Nullable String role;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws SQLException {
        ExternalDatabase external = ExternalDatabase.connect(db, System.getenv());
        DataSource owner = OpenDatabase.source(external.url(), external.user(), external.password());
        DatabaseVersions.check(owner);
        if (ApplicationRole.isRestricted(owner)) {
            throw new BadInputException("this role does not own the tables of " + external.urlWithoutSecrets()
                    + "; give the owner's name and password in MARKWATCH_DB_USER and MARKWATCH_DB_PASSWORD");
        }
        Schema schema = new Schema(owner);
        schema.migrate();
        if (role != null) {
            try {
                new ApplicationRole(owner, role).grant();
            } catch (IllegalArgumentException e) {
                throw new BadInputException(String.valueOf(e.getMessage()));
            }
        }
        spec.commandLine()
                .getOut()
                .println("Schema version " + schema.version()
                        + (role == null ? "" : "; role " + role + " may use it and owns nothing"));
        return ExitCode.COMPLETE;
    }
}
