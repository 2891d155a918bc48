package io.pms.log;

/**
 * An event's canonical entry would be longer than 65,535 bytes. Nothing was stored; do not retry.
 */
public final class EntryTooLargeException extends RuntimeException {
    private final int bytes;

    public EntryTooLargeException(String type, int bytes) {
        super(
                type
                        + " would take "
                        + bytes
                        + " bytes in the log; an entry has at most 65,535. Keep large content in object storage and refer to it.");
        this.bytes = bytes;
    }

    public int bytes() {
        return bytes;
    }
}
