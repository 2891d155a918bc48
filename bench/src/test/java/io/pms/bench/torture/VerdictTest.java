package io.pms.bench.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.bench.torture.Outcome.Reason;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a run says in the end. */
class VerdictTest {
    private static final List<Fault> POSSIBLE = List.of(Fault.KILL_DATABASE, Fault.CUT_WIRES);

    @Test
    void isThatAllIsWellWhenEverythingHeldAndHappened() {
        Verdict verdict = verdict(List.of(), summary(5, 1, Fault.KILL_DATABASE, Fault.CUT_WIRES));
        assertThat(verdict.exitCode()).isZero();
        assertThat(verdict.lastLine()).isEqualTo("every invariant held");
    }

    @Test
    void namesTheInvariantThatIsBroken() {
        Violation gap = new Violation(Invariant.GAP_FREE, "position 6 is missing; 7 follows");
        Verdict verdict = verdict(List.of(gap), summary(0, 0));
        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.lastLine())
                .isEqualTo("violated: gap-free: position 6 is missing; 7 follows");
    }

    @Test
    void isThatItProvesTooLittleWhenAFaultDidNotHappen() {
        Verdict verdict = verdict(List.of(), summary(5, 1, Fault.CUT_WIRES));
        assertThat(verdict.exitCode()).isEqualTo(2);
        assertThat(verdict.lastLine()).contains("no kill-database");
    }

    @Test
    void isThatItProvesTooLittleWhenNothingWasAcknowledgedOrRefused() {
        Verdict verdict = verdict(List.of(), summary(0, 0, Fault.KILL_DATABASE, Fault.CUT_WIRES));
        assertThat(verdict.exitCode()).isEqualTo(2);
        assertThat(verdict.lastLine())
                .contains("no acknowledgement", "no refusal because of conflict");
    }

    private static Verdict verdict(List<Violation> violations, Summary summary) {
        return new Verdict(violations, summary, summary.missing(POSSIBLE), Path.of("home"));
    }

    private static Summary summary(long acknowledged, long refused, Fault... faults) {
        Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
        for (Reason reason : Reason.values()) reasons.put(reason, refused);
        Map<Fault, Integer> happened = new HashMap<>();
        for (Fault fault : faults) happened.put(fault, 1);
        return new Summary(1, 1, 1, acknowledged, reasons, 1, 1, 1, 1, happened, Map.of(), 1, 1);
    }
}
