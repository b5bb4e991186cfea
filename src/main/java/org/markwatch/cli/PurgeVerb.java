package org.markwatch.cli;

import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.markwatch.crawl.run.RunLock;
import org.markwatch.job.Retention;
import org.markwatch.watchlist.Settings;
import org.markwatch.watchlist.Watchlist;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "purge",
        description = "Removes data past its retention now, as each nightly run does at its start.",
        mixinStandardHelpOptions = true)
final class PurgeVerb implements Callable<Integer> {
    @Mixin
    private final Options.Config config = new Options.Config();

    @Mixin
    private final Options.Data data = new Options.Data();

    @Option(names = "--dry-run", description = "Counts what would be removed and removes nothing.")
    private boolean dryRun;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Watchlist watchlist = CheckVerb.read(config);
        Settings.RetentionSettings settings = watchlist.settings().retention();
        try (Application application = Application.existing(data, watchlist)) {
            Retention retention = application.bean(Retention.class);
            if (dryRun) {
                print(retention.preview(settings), settings);
                return ExitCode.COMPLETE;
            }
            try (RunLock lock = RunLock.acquire(application.bean(DataSource.class))) {
                print(retention.purge(settings), settings);
            }
        }
        return ExitCode.COMPLETE;
    }

    private void print(Retention.Purged purged, Settings.RetentionSettings settings) {
        TextTable table = new TextTable("KIND", dryRun ? "WOULD BE REMOVED" : "REMOVED", "OLDER THAN");
        table.row("texts", Long.toString(purged.texts()), settings.text().toDays() + " days");
        table.row("visits", Long.toString(purged.visits()), settings.visits().toDays() + " days, whole months");
        table.row("pages", Long.toString(purged.pages()), settings.visits().toDays() + " days");
        table.row(
                "connections",
                Long.toString(purged.connections()),
                settings.visits().toDays() + " days");
        table.row(
                "findings",
                Long.toString(purged.findings()),
                settings.findings().toDays() + " days");
        table.row("items", Long.toString(purged.items()), settings.items().toDays() + " days");
        if (settings.audit() != null) {
            table.row("audit", Long.toString(purged.audit()), settings.audit().toDays() + " days");
        }
        spec.commandLine().getOut().print(table);
        spec.commandLine().getOut().flush();
    }
}
