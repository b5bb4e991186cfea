package org.markwatch.cli;

import picocli.CommandLine.Command;

@Command(
        name = "lexicon",
        description = "The restricted lexicon: indicators that lie on disk encrypted and are shown nowhere.",
        mixinStandardHelpOptions = true,
        subcommands = LexiconSealVerb.class)
final class LexiconVerb {}
