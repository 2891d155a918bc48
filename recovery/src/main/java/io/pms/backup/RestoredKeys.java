package io.pms.backup;

/**
 * What became of the keys of a backup.
 *
 * @param added that were not there
 * @param there that were there already
 * @param erased of people who were erased, as the log, the table or the backup says: they stay
 *     destroyed
 * @param others of people who have another key here: texts that were sealed with the one of the
 *     backup stay unreadable
 */
public record RestoredKeys(long added, long there, long erased, long others) {
    static final RestoredKeys NONE = new RestoredKeys(0, 0, 0, 0);

    RestoredKeys plus(RestoredKeys more) {
        return new RestoredKeys(
                added + more.added, there + more.there, erased + more.erased, others + more.others);
    }
}
