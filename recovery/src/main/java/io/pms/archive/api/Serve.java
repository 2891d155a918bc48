package io.pms.archive.api;

/** How much of the log anybody may read who reaches this server. */
public enum Serve {
    /** Nothing: a caller gets the entries of the own organisation, and proofs of them. */
    NONE,
    /** Checkpoint and hashes, from which nobody learns what an event says. */
    HASHES,
    /** The entries too, of all organisations: for servers where all callers may read everything. */
    ALL
}
