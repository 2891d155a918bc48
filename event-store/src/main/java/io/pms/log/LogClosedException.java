package io.pms.log;

/** The log is being brought up to its archive. Nothing is appended before that has ended. */
public final class LogClosedException extends LogUnavailableException {
    private static final long serialVersionUID = 1;

    LogClosedException() {
        super(
                "the log is closed until ./pms restore --roll-forward has brought back what it lacks; where that was stopped, run it again (where the archive is damaged, with --despite-damage)",
                null);
    }
}
