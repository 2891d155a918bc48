package io.pms.bench;

import io.pms.bench.torture.Torture;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of measurements; exit code 0 when a bench has run to its end. */
@Command(
        name = "pms bench",
        description = "Measure side by side with what one would pick instead.",
        mixinStandardHelpOptions = true,
        subcommands = {
            AppendBench.class,
            ReadBench.class,
            LoadBench.class,
            DiskBench.class,
            GrowthBench.class,
            VerifyBench.class,
            RestoreBench.class,
            HttpBench.class,
            DurabilityBench.class,
            DisasterBench.class,
            ProjectionBench.class,
            LatencyBench.class,
            Torture.class
        },
        synopsisSubcommandLabel = "BENCH")
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        return new CommandLine(new Bench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }
}
