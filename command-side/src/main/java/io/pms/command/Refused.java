package io.pms.command;

/**
 * A command that the rules do not allow. Nothing was stored.
 *
 * <p>The detail says what is wrong and what would be right.
 */
public final class Refused extends RuntimeException {
    /** Which rule; its name in lower case and with dashes is the problem's kind. */
    public enum Rule {
        /** No such aggregate in this organisation. */
        NOT_FOUND,
        /** The aggregate exists already. */
        ALREADY_EXISTS,
        /** The aggregate's sequence is not the one the caller expects. */
        STALE_VERSION,
        /** A value is out of its bounds. */
        INVALID_VALUE,
        /** The workflow has no such state, or does not allow the move. */
        ILLEGAL_TRANSITION,
        /** The task is closed. */
        TASK_CLOSED,
        /** The project is archived. */
        PROJECT_ARCHIVED,
        /** The person was erased. */
        PERSON_ERASED,
        /** The key was used with another body. */
        IDEMPOTENCY_KEY_REUSED
    }

    private final Rule rule;

    public Refused(Rule rule, String detail) {
        super(detail);
        this.rule = rule;
    }

    public Rule rule() {
        return rule;
    }
}
