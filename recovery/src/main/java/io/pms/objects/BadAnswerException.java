package io.pms.objects;

import io.pms.objects.ObjectStoreException.Reason;
import java.io.IOException;

/** A server's answer that must not be used; it travels through the SDK as a cause. */
final class BadAnswerException extends IOException {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    BadAnswerException(Reason reason, String problem) {
        super(problem);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
