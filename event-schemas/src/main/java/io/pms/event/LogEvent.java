package io.pms.event;

/** What can happen to a log itself. Nobody commands it, and no aggregate has it. */
public sealed interface LogEvent extends Event {
    String origin();

    @Override
    default String aggregateId() {
        return origin();
    }

    /**
     * This log was restored to the past of another one: what is before this event is the parent's,
     * what follows is not.
     *
     * @param origin of this log
     * @param parentOrigin of the log that it comes from
     * @param parentSize how many events the parent was known to have
     * @param parentRoot root of them, in base64
     * @param parentCheckpoint the signed note that says so
     */
    @EventType("pms.log.LogForked")
    record LogForked(
            String origin,
            String parentOrigin,
            long parentSize,
            String parentRoot,
            String parentCheckpoint)
            implements LogEvent {}
}
