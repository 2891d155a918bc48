package io.pms.bench;

import io.pms.bench.Case.Comparison;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A bench on one server. It measures subjects in turns: ours, the first peer, the next, ours again.
 * What else the machine does meets all of them, and a ratio is that of neighbours.
 */
final class Run {
    private final String bench;
    private final BenchServer server;
    private final int rounds;
    private final PrintStream progress;
    private final List<Line> lines = new ArrayList<>();

    Run(String bench, BenchServer server, int rounds, PrintStream progress) {
        this.bench = bench;
        this.server = server;
        this.rounds = rounds;
        this.progress = progress;
    }

    BenchServer server() {
        return server;
    }

    /** Rounds that count. */
    int rounds() {
        return rounds;
    }

    /** What has been measured so far. */
    List<Line> lines() {
        return List.copyOf(lines);
    }

    /** Says how far it is. */
    void tell(String format, Object... values) {
        progress.printf(Locale.ROOT, "- " + format + "%n", values);
    }

    /** One round to warm up, which does not count, then the others. */
    void measure(Case compared) throws Exception {
        measure(compared, 1, rounds);
    }

    /** One round, for what is the same every time. */
    void measureOnce(Case compared) throws Exception {
        measure(compared, 0, 1);
    }

    private void measure(Case compared, int warmUps, int counted) throws Exception {
        Measured ours = Measured.of(compared.ours());
        List<Measured> peers = compared.peers().stream().map(Measured::of).toList();
        List<Measured> all = Stream.concat(Stream.of(ours), peers.stream()).toList();
        for (int round = 1 - warmUps; round <= counted; round++) {
            for (Measured measured : all) measured.outcomes.add(measured.subject.round());
            tell(compared, round, all);
        }
        for (Measured measured : all) measured.outcomes.subList(0, warmUps).clear();
        for (Comparison comparison : compared.comparisons())
            for (Measured peer : peers)
                if (peer.has(comparison.peers()))
                    lines.add(line(compared.clients(), comparison, ours, peer));
    }

    private void tell(Case compared, int round, List<Measured> all) {
        Comparison first = compared.comparisons().getFirst();
        StringBuilder text = new StringBuilder();
        for (Measured measured : all) {
            Measure shown = measured == all.getFirst() ? first.ours() : first.peers();
            if (!measured.has(shown)) continue;
            double value = measured.outcomes.getLast().get(shown);
            text.append(' ')
                    .append(measured.subject.name())
                    .append(' ')
                    .append(Report.number(value));
        }
        tell(
                "%s, %d clients, %s:%s %s",
                first.name(),
                compared.clients(),
                round == 0 ? "warm-up" : "round " + round,
                text,
                first.ours().unit);
    }

    private Line line(int clients, Comparison comparison, Measured ours, Measured peer) {
        List<Double> values = ours.values(comparison.ours());
        List<Double> peerValues = peer.values(comparison.peers());
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < values.size(); i++)
            ratios.add(comparison.ours().ratio(values.get(i), peerValues.get(i)));
        return new Line(
                bench,
                server.name(),
                comparison.name(),
                clients,
                ours.subject.name(),
                peer.subject.name(),
                comparison.ours().unit,
                Ratios.median(values),
                Ratios.median(peerValues),
                Ratios.of(ratios));
    }

    /** A subject and what came of it, round by round. */
    private record Measured(Subject subject, List<Outcome> outcomes) {
        static Measured of(Subject subject) {
            return new Measured(subject, new ArrayList<>());
        }

        boolean has(Measure measure) {
            return outcomes.getFirst().has(measure);
        }

        List<Double> values(Measure measure) {
            return outcomes.stream().map(outcome -> outcome.get(measure)).toList();
        }
    }
}
