package io.pms.imports;

/**
 * Is told how far an import is. Called on the thread that runs the import, first after the whole
 * file has been read and checked, then a few times a second; an exception from it stops the import.
 */
public interface Progress {
    /** For whoever does not want to know. */
    Progress SILENT = (phase, done, total) -> {};

    /**
     * @param phase {@code project}, {@code people}, {@code tasks} or {@code visible}
     * @param done commands of the phase that were answered; in the last phase 0 or 1
     */
    void at(String phase, long done, long total);
}
