package org.markwatch.cli;

import picocli.CommandLine.Command;

@Command(
        name = "lexicon",
        description =
                "Manages the restricted lexicon: indicators that are encrypted on disk and whose text is never shown.",
        mixinStandardHelpOptions = true,
        subcommands = LexiconSealVerb.class)
final class LexiconVerb {}
