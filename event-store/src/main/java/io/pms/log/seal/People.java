package io.pms.log.seal;

/** What is known of people beside their records. Thread-safe. */
@FunctionalInterface
public interface People {
    /** Whether they were registered or wrote anything, whether or not it can be read any more. */
    boolean areKnown(String tenant, String personId);
}
