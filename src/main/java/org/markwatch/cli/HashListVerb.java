package org.markwatch.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.markwatch.match.KeyedHashes;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Secret;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "hash-list",
        description = {
            "Makes indicators of type keyed-hash from hosts and URLs, so that the list itself is not needed on"
                    + " the machine that crawls.",
            "LIST has one host or URL per line; empty lines and lines that begin with # are ignored. A host matches its"
                    + " subdomains too, and a URL that ends with / matches every URL below it. Put the table into"
                    + " job-config/indicators and the path of the key file into matching.hash-key. Ids end with"
                    + " the line number."
        },
        mixinStandardHelpOptions = true)
final class HashListVerb implements Callable<Integer> {
    @Parameters(paramLabel = "LIST", description = "File of hosts and URLs, unencrypted.")
    private Path list = Path.of("list.txt");

    @Mixin
    private final KeyFile key = new KeyFile();

    @Option(
            names = "--id",
            paramLabel = "PREFIX",
            defaultValue = "listed",
            description = "Ids are PREFIX.LINE (default: ${DEFAULT-VALUE}).")
    private String id = "listed";

    @Option(names = "--group", paramLabel = "GROUP", required = true, description = "Group of policies.yaml.")
    private String group = "";

    @Option(names = "--weight", paramLabel = "POINTS", required = true, description = "Points, -100 to 100.")
    private int weight;

    @Option(
            names = "--source",
            paramLabel = "TEXT",
            defaultValue = "hash-list",
            description = "Source of the list (default: ${DEFAULT-VALUE}).")
    private String source = "hash-list";

    @Option(names = "--out", paramLabel = "FILE", description = "Writes to a file instead of standard output.")
    private @Nullable Path out;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        OutputFile file = out == null ? null : OutputFile.of("--out", out);
        for (String cell : List.of(id, group)) {
            if (!cell.matches("[a-z0-9][a-z0-9.-]{0,50}")) {
                throw new BadInputException("--id and --group must be 1 to 51 of a-z 0-9 . - and begin with a"
                        + " letter or digit; not '" + cell + "'");
            }
        }
        List<ListedUrl> addresses = readList();
        Secret secret = key.secret();
        if (file == null) {
            write(addresses, secret, spec.commandLine().getOut());
            spec.commandLine().getOut().flush();
        } else {
            file.write(writer -> write(addresses, secret, writer));
        }
        return ExitCode.COMPLETE;
    }

    private record ListedUrl(int line, HttpUrl url) {}

    /** Reads the list. Messages contain line numbers, never the text of a line, since the list may be confidential. */
    private List<ListedUrl> readList() throws IOException {
        if (!Files.isReadable(list)) {
            throw new BadInputException(list + " cannot be read; must be a UTF-8 file with one host or URL per line");
        }
        List<ListedUrl> addresses = new ArrayList<>();
        List<String> lines = Files.readAllLines(list);
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                int at = number;
                addresses.add(new ListedUrl(
                        number,
                        HttpUrl.parse(line.contains("://") ? line : "http://" + line)
                                .orElseThrow(() -> new BadInputException(
                                        list + ": line " + at + " must be a host, or an http or https URL"))));
            }
        }
        if (addresses.isEmpty()) {
            throw new BadInputException(list + " has no host or URL; must have at least one");
        }
        return addresses;
    }

    private void write(List<ListedUrl> addresses, Secret secret, Writer writer) throws IOException {
        writer.write("id,type,pattern,group,weight,source\n");
        for (ListedUrl address : addresses) {
            writer.write(id + '.' + address.line + ",keyed-hash," + KeyedHashes.pattern(secret, address.url) + ','
                    + group + ',' + weight + ",\"" + source.replace("\"", "\"\"") + "\"\n");
        }
    }
}
