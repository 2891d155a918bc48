package io.pms.bench.torture;

import io.pms.bench.torture.Outcome.Acknowledged;
import io.pms.bench.torture.Outcome.Reason;
import io.pms.bench.torture.Outcome.Refused;
import io.pms.bench.torture.Outcome.Unknown;
import io.pms.bench.torture.Told.Ended;
import io.pms.bench.torture.Told.Tried;
import io.pms.bench.torture.Workload.Wish;
import io.pms.log.Appended;
import io.pms.log.DuplicateEventException;
import io.pms.log.EventLog;
import io.pms.log.LogUnavailableException;
import io.pms.log.OutcomeUnknownException;
import io.pms.log.Receipt;
import io.pms.log.SequenceConflictException;
import io.pms.log.Unit;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One client of a writer: appends one unit after the other and tells the checker of each, before
 * and after. What stays unknown goes back to the keys that are to be repeated.
 */
final class Client {
    /** Longer than an append can take when all of its timeouts follow each other. */
    private static final int HUNG_SECONDS = 150;

    private static final int UNAVAILABLE_PAUSE_MILLIS = 20;

    /** All faults are over when clients finish. */
    private static final long FINISH_NANOS = 90_000_000_000L;

    private final String name;
    private final Workload workload;
    private final Supplier<EventLog> log;
    private final Queue<Key> pending;
    private final Consumer<Told> tell;
    private final Drafts drafts = new Drafts();
    private int attempts;

    /**
     * @param log the writer's log; another one after it was opened again
     * @param pending keys whose outcome is not known, of all clients
     */
    Client(
            String name,
            long seed,
            Supplier<EventLog> log,
            Queue<Key> pending,
            Consumer<Told> tell) {
        this.name = name;
        this.workload = new Workload(name, seed);
        this.log = log;
        this.pending = pending;
        this.tell = tell;
    }

    /** Appends a unit, or repeats one that is not decided. */
    void act() throws InterruptedException {
        Key undecided = workload.oneIn(2) ? pending.poll() : null;
        if (undecided == null) append(workload.next(), false);
        else append(workload.again(undecided), true);
    }

    /**
     * Repeats what is not decided until all of it is, and one last command, which shows that it
     * can.
     */
    void finish() throws InterruptedException {
        long deadline = System.nanoTime() + FINISH_NANOS;
        pending.add(new Key(Key.Kind.COMMAND, name + "-last"));
        for (Key key = pending.poll(); key != null; key = pending.poll()) {
            append(workload.again(key), true);
            if (System.nanoTime() > deadline) {
                Violation stuck = new Violation(Invariant.PROGRESS, key + " cannot be decided");
                tell.accept(new Told.Strange(stuck));
                return;
            }
            TimeUnit.MILLISECONDS.sleep(workload.upTo(20));
        }
    }

    private void append(Wish wish, boolean untilDecided) throws InterruptedException {
        String attempt = name + "." + attempts++;
        Unit unit;
        try {
            unit = drafts.unit(log.get(), attempt, wish, workload);
        } catch (LogUnavailableException e) {
            if (untilDecided) pending.add(Objects.requireNonNull(wish.key()));
            return;
        }
        int events = unit.events().size();
        tell.accept(new Tried(new Attempt(attempt, wish.key(), events, new Outcome.Open())));
        Outcome outcome = send(attempt, unit);
        tell.accept(new Ended(attempt, outcome));
        drafts.learn(unit, outcome);
        if (wish.key() == null) return;
        if (outcome.isUnknown() || (untilDecided && !outcome.decides())) pending.add(wish.key());
        ask(wish.key(), outcome);
    }

    private Outcome send(String attempt, Unit unit) throws InterruptedException {
        try {
            Appended at = log.get().append(unit).get(HUNG_SECONDS, TimeUnit.SECONDS);
            return new Acknowledged(at.firstPosition(), at.events(), at.recordedTimeMicros());
        } catch (TimeoutException e) {
            return strange(Invariant.PROGRESS, attempt + " has had no answer for long", e);
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case SequenceConflictException conflict -> new Refused(Reason.CONFLICT);
                case DuplicateEventException duplicate -> new Refused(Reason.DUPLICATE);
                case LogUnavailableException unavailable -> {
                    System.err.println(attempt + " unavailable: " + unavailable.getMessage());
                    TimeUnit.MILLISECONDS.sleep(UNAVAILABLE_PAUSE_MILLIS);
                    yield new Refused(Reason.UNAVAILABLE);
                }
                case OutcomeUnknownException unknown -> new Unknown();
                case null, default ->
                        strange(Invariant.DECLARED_OUTCOMES, attempt + " ended so: ", e);
            };
        } catch (RuntimeException e) {
            return strange(Invariant.DECLARED_OUTCOMES, attempt + " ended so: ", e);
        }
    }

    private Outcome strange(Invariant invariant, String what, Exception e) {
        e.printStackTrace();
        tell.accept(new Told.Strange(new Violation(invariant, "attempt " + what + e)));
        return new Unknown();
    }

    /** What the command was answered first, when it was accepted before, and now and then else. */
    private void ask(Key key, Outcome outcome) {
        if (key.kind() != Key.Kind.COMMAND || !outcome.decides()) return;
        if (outcome instanceof Acknowledged && !workload.oneIn(10)) return;
        try {
            Optional<Receipt> receipt = log.get().receipt(key.id());
            tell.accept(
                    new Told.Answered(receipt.map(r -> answer(key, r)).orElse(Answer.none(key))));
        } catch (LogUnavailableException e) {
            // the database is away; another time
        }
    }

    private static Answer answer(Key key, Receipt receipt) {
        byte[] body = receipt.bodyHash();
        return new Answer(
                key,
                receipt.aggregateId().isEmpty() ? "-" : receipt.aggregateId(),
                receipt.sequence(),
                receipt.position(),
                body == null ? "-" : OutcomeChecks.hex(body));
    }

    int pauseMillis() {
        return workload.oneIn(4) ? workload.upTo(60) : 0;
    }
}
