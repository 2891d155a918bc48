package io.pms.archive;

/**
 * What an archive holds is not what was signed, or is not there. Nothing of it from this place on
 * may be used before somebody has put it right; a second copy of the archive may have it.
 */
public final class DamagedArchiveException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long position;

    DamagedArchiveException(long position, String problem) {
        super("%s (position %,d)".formatted(problem, position));
        this.position = position;
    }

    /**
     * An object that the checkpoint needs is not there, as in a copy that is still being made: one
     * that is not ordered has its checkpoint before its tiles.
     */
    static DamagedArchiveException incomplete(long position, String problem, long size) {
        return new DamagedArchiveException(
                position,
                problem
                        + ", and the checkpoint says that there are %,d events: where this is a copy, wait until it is whole, or put an older checkpoint into it (docs/runbooks/lost-region.md)"
                                .formatted(size));
    }

    /** The first position that is concerned. */
    public long position() {
        return position;
    }
}
