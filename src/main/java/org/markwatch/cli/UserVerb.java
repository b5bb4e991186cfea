package org.markwatch.cli;

import picocli.CommandLine.Command;

@Command(
        name = "user",
        description = "Accounts of the review console.",
        mixinStandardHelpOptions = true,
        subcommands = UserAddVerb.class)
final class UserVerb {}
