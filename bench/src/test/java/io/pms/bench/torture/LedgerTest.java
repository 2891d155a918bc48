package io.pms.bench.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.bench.torture.Outcome.Acknowledged;
import io.pms.bench.torture.Outcome.Open;
import io.pms.bench.torture.Outcome.Reason;
import io.pms.bench.torture.Outcome.Refused;
import io.pms.bench.torture.Outcome.Unknown;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Key KEY = new Key(Key.Kind.COMMAND, "k");

    private final List<Violation> reported = new ArrayList<>();
    private final Ledger ledger = new Ledger(reported::add);

    @Test
    void takesWhatIsNotToldToHaveEndedForUnknown() {
        tried("1.0.0.0", KEY);
        assertThat(ledger.undecided(1)).containsExactly(KEY);
        assertThat(ledger.undecided(2)).isEmpty();
        assertThat(ledger.attempts()).allMatch(attempt -> attempt.outcome().isUnknown());
    }

    @Test
    void takesAKeyForDecidedOnceItIsKnownToBeStored() {
        tried("1.0.0.0", KEY);
        ledger.take(new Told.Ended("1.0.0.0", new Unknown()));
        tried("1.1.0.0", KEY);
        ledger.take(new Told.Ended("1.1.0.0", new Refused(Reason.CONFLICT)));
        assertThat(ledger.undecided(1)).containsExactly(KEY);
        tried("2.0.0.0", KEY);
        ledger.take(new Told.Ended("2.0.0.0", new Refused(Reason.DUPLICATE)));
        assertThat(ledger.undecided(1)).isEmpty();
        assertThat(ledger.repeated()).isEqualTo(2);
    }

    @Test
    void knowsWhoIsAtWork() {
        tried("1.0.0.0", null);
        assertThat(ledger.writersAtWork()).isZero();
        ledger.take(new Told.Ended("1.0.0.0", new Acknowledged(0, 1, 1)));
        assertThat(ledger.writersAtWork()).isEqualTo(1);
    }

    @Test
    void reportsWhatMustNotHappenAtOnce() {
        Violation hung = new Violation(Invariant.PROGRESS, "attempt 1.0.0.0 has had no answer");
        ledger.take(new Told.Strange(hung));
        assertThat(reported).containsExactly(hung);
    }

    private void tried(String attempt, @Nullable Key key) {
        ledger.take(new Told.Tried(new Attempt(attempt, key, 1, new Open())));
    }
}
