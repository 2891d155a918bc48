package io.pms.archive;

import io.pms.log.Durability;

/** Commands wait for their commit, and erasures for the archive too. */
final class ArchivedErasures implements Durability {
    private final Durability archived;

    ArchivedErasures(Durability archived) {
        this.archived = archived;
    }

    @Override
    public void await(long position) {
        COMMITTED.await(position);
    }

    @Override
    public void awaitErasure(long position) {
        archived.await(position);
    }
}
