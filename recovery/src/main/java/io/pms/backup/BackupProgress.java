package io.pms.backup;

/** Told now and then how far it is; on the caller's thread. */
public interface BackupProgress {
    BackupProgress NONE = (what, done, all) -> {};

    /**
     * @param what is being done
     * @param done rows, or events
     * @param all of them, which may be a guess
     */
    void show(String what, long done, long all);
}
