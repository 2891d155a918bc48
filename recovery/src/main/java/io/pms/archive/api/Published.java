package io.pms.archive.api;

import io.pms.tlog.Checkpoint;
import io.pms.tlog.SignedNote;

/**
 * A checkpoint as it is published. Whoever reads it checks its signatures; here it is only said.
 */
record Published(SignedNote note, Checkpoint checkpoint) {
    static Published of(SignedNote note) {
        return new Published(note, Checkpoint.parse(note.text()));
    }

    long size() {
        return checkpoint.size();
    }
}
