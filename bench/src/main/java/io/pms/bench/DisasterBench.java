package io.pms.bench;

import io.pms.embedded.SharedServers;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What is lost with a database, and how soon the platform answers again. */
@Command(
        name = "disaster",
        description = {
            "Kill a platform and its servers while it is loaded, delete all of its data but the keys,",
            "restore from the archive, a folder, with ./pms restore, and start again with ./pms up."
        },
        mixinStandardHelpOptions = true)
final class DisasterBench implements Callable<Integer> {
    @Option(
            names = "--rates",
            description = "Commands a second, of one event each (default: ${DEFAULT-VALUE}).",
            split = ",",
            defaultValue = "10,100,1000")
    private List<Integer> rates = List.of();

    @Option(
            names = "--durability",
            description =
                    "When commands are answered, as PMS_DURABILITY says it (default: ${DEFAULT-VALUE}).",
            split = ",",
            defaultValue = "mysql,archive")
    private List<String> durabilities = List.of();

    @Option(
            names = "--seconds",
            description = "How long the platform is loaded before (default: ${DEFAULT-VALUE}).",
            defaultValue = "20")
    private double seconds;

    @Option(
            names = "--rounds",
            description =
                    "Disasters of each kind; the table has them all (default: ${DEFAULT-VALUE}).",
            defaultValue = "3")
    private int rounds;

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        List<String> rows = new ArrayList<>();
        for (String durability : durabilities)
            for (int rate : rates)
                for (int round = 0; round < rounds; round++) {
                    Path folder = SharedServers.temporary("disaster");
                    Disaster.Figures figures = new Disaster(folder, durability).at(rate, seconds);
                    rows.add(row(durability, rate, figures));
                    out.println(rows.getLast());
                }
        out.printf(
                "%n%-10s %9s %12s %9s %5s %12s %10s %12s%n",
                "durability",
                "commands/s",
                "acknowledged",
                "recovered",
                "lost",
                "seconds lost",
                "restored s",
                "served after s");
        rows.forEach(out::println);
        return 0;
    }

    private static String row(String durability, int rate, Disaster.Figures figures) {
        return String.format(
                Locale.ROOT,
                "%-10s %9d %,12d %,9d %,5d %12.2f %10.1f %12.1f",
                durability,
                rate,
                figures.acknowledged(),
                figures.recovered(),
                figures.acknowledged() - figures.recovered(),
                figures.secondsLost(),
                figures.secondsToRestore(),
                figures.secondsToServe());
    }
}
