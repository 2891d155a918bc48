package io.pms.command;

import io.pms.command.Refused.Rule;
import io.pms.http.Problem;
import io.pms.log.EntryTooLargeException;
import io.pms.log.LogUnavailableException;
import io.pms.log.NotArchivedException;
import io.pms.log.OutcomeUnknownException;
import io.pms.log.SequenceConflictException;
import io.pms.log.seal.PersonErasedException;
import java.util.Locale;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;

/**
 * What a failed command is answered: the failures of deciding and storing as problems. {@code
 * docs/problems.md} lists them.
 */
final class CommandProblems {
    /** Seconds; long enough for a fail-over to be noticed, short enough for a person. */
    private static final int RETRY_AFTER = 2;

    private CommandProblems() {}

    static RuntimeException of(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Problem problem = known(cause);
            if (problem != null) {
                problem.initCause(failure);
                return problem;
            }
        }
        return failure;
    }

    private static @org.jspecify.annotations.Nullable Problem known(Throwable cause) {
        return switch (cause) {
            case Problem problem -> null;
            case Refused refused -> refused(refused);
            case PersonErasedException e ->
                    refused(new Refused(Rule.PERSON_ERASED, String.valueOf(e.getMessage())));
            case AggregateNotFoundException e ->
                    new Problem(
                            404,
                            "not-found",
                            "Not found",
                            "there is nothing with the id " + e.getAggregateIdentifier());
            case AggregateStreamCreationException e ->
                    new Problem(
                            409,
                            "already-exists",
                            "It exists already",
                            "something with this id exists already; choose another id");
            case SequenceConflictException e ->
                    new Problem(
                                    409,
                                    "conflict",
                                    "Changed by others",
                                    "others change it all the time; try again")
                            .retryAfter(RETRY_AFTER);
            case EntryTooLargeException e ->
                    new Problem(
                            413,
                            "event-too-large",
                            "The event is too large",
                            String.valueOf(e.getMessage()));
            case OutcomeUnknownException e ->
                    new Problem(
                                    503,
                                    "outcome-unknown",
                                    "The outcome is not known",
                                    "outcome unknown, repeat with the same Idempotency-Key: "
                                            + e.getMessage())
                            .retryAfter(RETRY_AFTER);
            case NotArchivedException e ->
                    new Problem(
                                    503,
                                    "not-archived",
                                    "Committed, not archived",
                                    "committed, not archived; repeat with the same key to wait again: "
                                            + e.getMessage())
                            .retryAfter(RETRY_AFTER);
            case LogUnavailableException e ->
                    new Problem(
                                    503,
                                    "log-unavailable",
                                    "The log is not available",
                                    "nothing was stored; repeat it with the same Idempotency-Key: "
                                            + e.getMessage())
                            .retryAfter(RETRY_AFTER);
            default -> null;
        };
    }

    private static Problem refused(Refused refused) {
        String kind = refused.rule().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new Problem(
                status(refused.rule()),
                kind,
                title(refused.rule()),
                String.valueOf(refused.getMessage()));
    }

    private static int status(Rule rule) {
        return switch (rule) {
            case NOT_FOUND -> 404;
            case ALREADY_EXISTS -> 409;
            case STALE_VERSION -> 412;
            case INVALID_VALUE,
                    ILLEGAL_TRANSITION,
                    TASK_CLOSED,
                    PROJECT_ARCHIVED,
                    PERSON_ERASED,
                    IDEMPOTENCY_KEY_REUSED ->
                    422;
        };
    }

    private static String title(Rule rule) {
        return switch (rule) {
            case NOT_FOUND -> "Not found";
            case ALREADY_EXISTS -> "It exists already";
            case STALE_VERSION -> "Changed since you read it";
            case INVALID_VALUE -> "A value is out of bounds";
            case ILLEGAL_TRANSITION -> "The workflow does not allow it";
            case TASK_CLOSED -> "The task is closed";
            case PROJECT_ARCHIVED -> "The project is archived";
            case PERSON_ERASED -> "The person was erased";
            case IDEMPOTENCY_KEY_REUSED -> "The idempotency key was used before";
        };
    }
}
