package io.pms.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of measurements; exit code 0 when a bench has run to its end. */
@Command(
        name = "pms bench",
        description = "Measure side by side with what one would pick instead.",
        mixinStandardHelpOptions = true,
        subcommands = {},
        synopsisSubcommandLabel = "BENCH")
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }
}
