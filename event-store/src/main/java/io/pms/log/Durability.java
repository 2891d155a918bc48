package io.pms.log;

/** How safe an event must be before its command is answered. Thread-safe. */
public interface Durability {
    /** Once it is committed, which an append has waited for already. */
    Durability COMMITTED = position -> {};

    /**
     * Waits until everything up to a position, itself included, is as safe as it must be.
     *
     * @throws NotArchivedException when it is not in time; the events are committed and stay
     */
    void await(long position);

    /**
     * The same for an erasure, which must not be taken back by the loss of a database: who was told
     * that it is done believes that it is done for ever.
     *
     * @throws NotArchivedException likewise
     */
    default void awaitErasure(long position) {
        await(position);
    }
}
