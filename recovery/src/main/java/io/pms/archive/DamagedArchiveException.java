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

    /** The first position that is concerned. */
    public long position() {
        return position;
    }
}
