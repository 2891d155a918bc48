package io.pms.tlog;

/** A tile that a tree of this size must have is not there. */
public final class MissingTileException extends RuntimeException {
    private final TilePath path;

    public MissingTileException(TilePath path) {
        super(path + " is missing");
        this.path = path;
    }

    public TilePath path() {
        return path;
    }
}
