package io.pms.tlog;

/** A note that is well formed and that those who are trusted did not sign, or not as it is. */
public final class UntrustedNoteException extends RuntimeException {
    UntrustedNoteException(String message) {
        super(message);
    }
}
