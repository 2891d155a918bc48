package io.pms.command;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.pms.command.Refused.Rule;
import io.pms.command.person.PersonCommand;
import io.pms.command.person.PersonCommand.ErasePerson;
import io.pms.command.project.ProjectCommand;
import io.pms.command.task.TaskCommand;
import io.pms.command.task.TaskCommand.CreateTask;
import io.pms.entry.CommandIds;
import io.pms.entry.EventTypes;
import io.pms.event.Event;
import io.pms.event.LogEvent;
import io.pms.event.PersonEvent;
import io.pms.event.ProjectEvent;
import io.pms.event.TaskEvent;
import io.pms.log.DuplicateEventException;
import io.pms.log.Durability;
import io.pms.log.EventLog;
import io.pms.log.LogUnavailableException;
import io.pms.log.NotArchivedException;
import io.pms.log.Receipt;
import io.pms.log.SequenceConflictException;
import io.pms.log.Unit;
import io.pms.log.Unit.CommandStamp;
import io.pms.log.axon.Committed;
import io.pms.log.axon.EventMetadata;
import io.pms.log.seal.PersonErasedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.eventsourcing.IncompatibleAggregateException;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.jspecify.annotations.Nullable;

/**
 * Commands by Axon's command bus, with what it does not do: one answer for one key, for ever;
 * refusals that were decided on a remembered state are decided again; conflicts are tried again.
 */
final class AxonCommands implements Commands, AutoCloseable {
    /** Commands that are decided at once; others wait, for as long as {@link #BUSY_TIMEOUT}. */
    private static final int MAX_CONCURRENT = 1_024;

    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);

    /** 64 writers of one aggregate all get their turn well before that. */
    private static final int MAX_CONFLICTS = 100;

    /** Clocks differ, time zones are mistaken; a business time further ahead is an error. */
    private static final Duration MAX_AHEAD = Duration.ofDays(1);

    /** What the log can write. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private final CommandBus bus;
    private final EventLog log;
    private final AggregateStates states;
    private final EventTypes types;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final Durability durability;
    private final Semaphore permits = new Semaphore(MAX_CONCURRENT);
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    AxonCommands(
            CommandBus bus,
            EventLog log,
            AggregateStates states,
            EventTypes types,
            InstantSource clock,
            MeterRegistry meters,
            Durability durability) {
        this.bus = bus;
        this.log = log;
        this.states = states;
        this.types = types;
        this.clock = clock;
        this.meters = meters;
        this.durability = durability;
    }

    @Override
    public CompletableFuture<Accepted> dispatch(CommandRequest request) {
        return CompletableFuture.supplyAsync(() -> safe(request, execute(request)), executor);
    }

    /** The answer, once what it tells is safe. Others are decided meanwhile. */
    private Accepted safe(CommandRequest request, Accepted accepted) {
        try {
            if (request.command() instanceof ErasePerson)
                durability.awaitErasure(accepted.position());
            else durability.await(accepted.position());
            return accepted;
        } catch (NotArchivedException e) {
            throw CommandProblems.of(e);
        }
    }

    private Accepted execute(CommandRequest request) {
        long start = System.nanoTime();
        String result = "refused";
        boolean permitted = false;
        try {
            permitted = permits.tryAcquire(BUSY_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            if (!permitted)
                throw new LogUnavailableException("too many commands at once; retry later", null);
            Accepted accepted = accept(request);
            result = accepted.replayed() ? "replayed" : "accepted";
            return accepted;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandProblems.of(new LogUnavailableException("interrupted", e));
        } catch (RuntimeException e) {
            throw CommandProblems.of(e);
        } finally {
            if (permitted) permits.release();
            Timer.builder("commands")
                    .tag("command", request.command().getClass().getSimpleName())
                    .tag("result", result)
                    .register(meters)
                    .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }

    private Accepted accept(CommandRequest request) {
        requireTime(request.occurredAt());
        if (request.reason() != null)
            Bounds.requireShort("reason", request.reason(), Bounds.MAX_TEXT);
        String key = request.idempotencyKey();
        UUID commandId =
                CommandIds.commandId(
                        request.tenant(), key == null ? UUID.randomUUID().toString() : key);
        String aggregateId = request.aggregateId();
        boolean decidedAnew = false;
        for (int conflicts = 0; ; ) {
            boolean remembered = states.remembers(aggregateId);
            states.changingHere(aggregateId);
            try {
                Outcome outcome = decide(request, commandId);
                Committed committed = outcome.committed();
                if (committed != null) return changed(committed);
                if (!remembered || decidedAnew) {
                    states.changedHere(aggregateId, outcome.decidedAt());
                    return unchanged(request, commandId, outcome.decidedAt());
                }
                decidedAnew = true; // nothing to do on what is remembered; perhaps on what is
                states.forget(aggregateId);
            } catch (RuntimeException e) {
                states.forget(aggregateId);
                Throwable reason = reason(e);
                if (key != null && mayHaveAReceipt(reason)) {
                    Optional<Receipt> receipt = log.receipt(commandId);
                    if (receipt.isPresent()) return replay(request, receipt.get());
                }
                if (reason instanceof SequenceConflictException
                        && (mayCreateOrChange(request.command())
                                || !(e instanceof AggregateStreamCreationException))) {
                    if (++conflicts > MAX_CONFLICTS) throw e;
                    pause(conflicts);
                } else if (isDecision(reason)
                        && !decidedAnew
                        && (remembered || dependsOnAProject(reason))) {
                    decidedAnew = true;
                    projectOf(request).ifPresent(states::forget);
                } else if (isOfAnotherKind(request, reason))
                    throw new Refused(
                            Rule.NOT_FOUND, "there is nothing with the id " + aggregateId);
                else throw e;
            }
        }
    }

    private void requireTime(@Nullable Instant occurredAt) {
        if (occurredAt == null) return;
        if (occurredAt.isBefore(EARLIEST))
            throw Bounds.invalid("occurredAt", "lies before the year 1: " + occurredAt);
        if (occurredAt.isAfter(clock.instant().plus(MAX_AHEAD)))
            throw Bounds.invalid("occurredAt", "lies more than a day ahead: " + occurredAt);
    }

    /** What exists meanwhile is no obstacle to it. */
    private static boolean mayCreateOrChange(Command command) {
        return command instanceof ErasePerson;
    }

    /** What went wrong at the bottom of what Axon wraps it in. */
    private static Throwable reason(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause())
            if (cause instanceof DuplicateEventException
                    || cause instanceof SequenceConflictException
                    || cause instanceof PersonErasedException
                    || cause instanceof Refused) return cause;
        return e;
    }

    private static boolean mayHaveAReceipt(Throwable reason) {
        return isDecision(reason)
                || reason instanceof PersonErasedException
                || reason instanceof DuplicateEventException
                || reason instanceof SequenceConflictException;
    }

    /** The rules said no, on whatever state they were shown. */
    private static boolean isDecision(Throwable reason) {
        return reason instanceof Refused || reason instanceof AggregateNotFoundException;
    }

    private static boolean dependsOnAProject(Throwable reason) {
        return reason instanceof Refused refused
                && (refused.rule() == Rule.ILLEGAL_TRANSITION
                        || refused.rule() == Rule.PROJECT_ARCHIVED
                        || refused.rule() == Rule.NOT_FOUND);
    }

    /**
     * Whether the id is that of something else, a project's where a task's is wanted. Axon does not
     * ask; it fails with what it makes of events or a remembered aggregate of another kind.
     */
    private boolean isOfAnotherKind(CommandRequest request, Throwable failure) {
        boolean perhaps =
                failure instanceof IncompatibleAggregateException
                        || failure instanceof NoHandlerForCommandException;
        return perhaps
                && log.readStream(request.aggregateId(), 0, 1).stream()
                        .map(entry -> types.read(entry.type(), entry.data()))
                        .noneMatch(event -> isOfKind(request.command(), event));
    }

    private static boolean isOfKind(Command command, Event event) {
        return switch (event) {
            case ProjectEvent e -> command instanceof ProjectCommand;
            case TaskEvent e -> command instanceof TaskCommand;
            case PersonEvent e -> command instanceof PersonCommand;
            case LogEvent e -> false;
        };
    }

    /** The project that a refusal may have been decided on. */
    private Optional<String> projectOf(CommandRequest request) {
        if (request.command() instanceof CreateTask create) return Optional.of(create.projectId());
        return log.readStream(request.aggregateId(), 0, 1).stream()
                .map(entry -> types.read(entry.type(), entry.data()))
                .filter(TaskEvent.class::isInstance)
                .map(event -> ((TaskEvent) event).projectId())
                .findFirst();
    }

    /** Lets the aggregate decide and stores what follows. */
    private Outcome decide(CommandRequest request, UUID commandId) {
        Outcome outcome = new Outcome();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        GenericCommandMessage<Command> message =
                new GenericCommandMessage<>(request.command(), metaData(request, commandId));
        outcome.during(() ->
                bus.<Command, Object>dispatch(
                        message,
                        (command, result) ->
                                failure.set(
                                        result.isExceptional() ? result.exceptionResult() : null)));
        if (failure.get() instanceof RuntimeException e) throw e;
        if (failure.get() != null) throw new IllegalStateException(failure.get());
        return outcome;
    }

    private Accepted changed(Committed committed) {
        states.changedHere(committed.aggregateId(), committed.sequence());
        return new Accepted(
                committed.aggregateId(),
                committed.sequence(),
                committed.appended().lastPosition(),
                false);
    }

    private static MetaData metaData(CommandRequest request, UUID commandId) {
        Map<String, Object> metaData = new HashMap<>(request.metadata());
        metaData.put(EventMetadata.TENANT, request.tenant());
        metaData.put(EventMetadata.ACTOR, request.actor());
        metaData.put(EventMetadata.COMMAND_ID, commandId.toString());
        put(metaData, EventMetadata.REASON, request.reason());
        put(metaData, EventMetadata.TRACEPARENT, request.traceparent());
        put(metaData, EventMetadata.IF_MATCH, request.ifMatch());
        put(
                metaData,
                EventMetadata.OCCURRED_AT,
                request.occurredAt() == null ? null : request.occurredAt().toString());
        put(
                metaData,
                EventMetadata.BODY_HASH,
                request.bodyHash() == null ? null : HexFormat.of().formatHex(request.bodyHash()));
        return MetaData.from(metaData);
    }

    private static void put(Map<String, Object> metaData, String key, @Nullable Object value) {
        if (value != null) metaData.put(key, value);
    }

    /** Nothing changed. With a key that is an answer too, and it is kept. */
    private Accepted unchanged(CommandRequest request, UUID commandId, long sequence) {
        String aggregateId = request.aggregateId();
        if (request.idempotencyKey() == null)
            return new Accepted(aggregateId, sequence, log.head().size() - 1, false);
        Unit unit =
                new Unit(
                        List.of(),
                        new CommandStamp(commandId, request.bodyHash(), aggregateId, sequence));
        try {
            return new Accepted(
                    aggregateId, sequence, log.append(unit).join().lastPosition(), false);
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }

    private static Accepted replay(CommandRequest request, Receipt receipt) {
        if (receipt.bodyHash() != null
                && request.bodyHash() != null
                && !Arrays.equals(receipt.bodyHash(), request.bodyHash()))
            throw new Refused(
                    Rule.IDEMPOTENCY_KEY_REUSED,
                    "this idempotency key was used with another body; a new request needs a new key");
        return new Accepted(receipt.aggregateId(), receipt.sequence(), receipt.position(), true);
    }

    private static void pause(int conflicts) {
        long most = Math.min(500_000L << Math.min(conflicts, 6), 20_000_000L);
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most));
    }

    @Override
    public void close() {
        executor.close();
    }
}
