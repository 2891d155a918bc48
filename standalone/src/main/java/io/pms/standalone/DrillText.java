package io.pms.standalone;

import io.pms.recovery.DrillReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Drills as their operator reads them. */
final class DrillText {
    private DrillText() {}

    static int show(List<DrillReport> reports) {
        if (reports.isEmpty()) System.out.println("no drill was held yet");
        for (DrillReport report : reports)
            System.out.printf(
                    "%s  %,d events  RPO %s  RTO %s  %s%n",
                    report.time(),
                    report.events(),
                    seconds(report.rpoSeconds()),
                    seconds(report.rtoSeconds()),
                    report.ok() ? "well" : String.join("; ", report.problems()));
        return 0;
    }

    private static String seconds(@Nullable Double seconds) {
        return seconds == null ? "unknown" : "%.1f s".formatted(seconds);
    }

    /**
     * @return the exit code
     */
    static int show(DrillReport report) {
        if (report.restoreSeconds() != null)
            System.out.printf(
                    "restored and verified %,d events in %s%n",
                    report.events(), seconds(report.restoreSeconds()));
        if (report.rtoSeconds() != null)
            System.out.printf("served again after %s (RTO)%n", seconds(report.rtoSeconds()));
        if (report.rpoSeconds() == null)
            System.out.println("how much was not in the archive is unknown (RPO)");
        else
            System.out.printf(
                    "%s of events were not in the archive (RPO)%n", seconds(report.rpoSeconds()));
        if (report.compared() + report.changed() > 0)
            System.out.printf(
                    "%,d projects, tasks and people are shown as in the living system; %,d have changed since%n",
                    report.compared(), report.changed());
        if (report.activity() != null && report.activity() > 0)
            System.out.printf("%,d events are told as by the living system%n", report.activity());
        if (report.logCompared() != null)
            System.out.printf(
                    "the living log has the archive's %,d events, row by row%n",
                    report.logCompared());
        if (report.leftOut() != null && report.leftOut() > 0)
            System.out.printf(
                    "%,d aggregates are left out, because events of theirs cannot be taken%n",
                    report.leftOut());
        if (report.ok()) return 0;
        report.problems().forEach(System.out::println);
        int others = report.problems().size() - 1;
        System.err.println(
                "pms: the drill failed: "
                        + report.problems().getFirst()
                        + (others == 0 ? "" : "; " + others + " more above"));
        return 1;
    }
}
