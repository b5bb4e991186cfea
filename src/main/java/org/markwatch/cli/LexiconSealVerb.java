package org.markwatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.SealedLexicon;
import org.markwatch.watchlist.Secret;
import org.markwatch.watchlist.WatchlistException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "seal",
        description = {
            "Checks a table of indicators and encrypts it (AES-256-GCM).",
            "Set matching.restricted-lexicon to the sealed file, and matching.lexicon-key to the key file or"
                    + " MARKWATCH_LEXICON_KEY to the key; then delete the table. 'markwatch check' validates the"
                    + " sealed file."
        },
        mixinStandardHelpOptions = true)
final class LexiconSealVerb implements Callable<Integer> {
    @Parameters(paramLabel = "TABLE", description = "CSV as in job-config/indicators.")
    private Path table = Path.of("lexicon.csv");

    @Mixin
    private final KeyFile key = new KeyFile();

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The sealed file.")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException, WatchlistException {
        if (!Files.isReadable(table)) {
            throw new BadInputException(table + " cannot be read; must be a CSV table of indicators in UTF-8");
        }
        String text = Files.readString(table);
        Secret secret = key.secret();
        byte[] sealed =
                SealedLexicon.seal(table.toString(), text.startsWith("\uFEFF") ? text.substring(1) : text, secret);
        Files.write(out == null ? Path.of("lexicon.sealed") : out, sealed);
        return ExitCode.COMPLETE;
    }
}
