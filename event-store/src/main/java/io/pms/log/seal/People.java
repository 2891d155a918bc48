package io.pms.log.seal;

/** What is known of people beside their records. Thread-safe. */
@FunctionalInterface
public interface People {
    /** Whether there are texts of theirs that can be read, or were before they were erased. */
    boolean areKnown(String tenant, String personId);
}
