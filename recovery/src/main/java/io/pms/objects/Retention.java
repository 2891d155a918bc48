package io.pms.objects;

/** For how long S3 Object Lock keeps an object from being deleted or replaced. */
public record Retention(Mode mode, int days) {
    /** Who may lift it. */
    public enum Mode {
        /** Whoever has {@code s3:BypassGovernanceRetention}. */
        GOVERNANCE,
        /** Nobody, not even the account's owner. */
        COMPLIANCE
    }

    /** What Amazon allows: a century. */
    private static final int MAX_DAYS = 36_500;

    public Retention {
        if (days < 1 || days > MAX_DAYS)
            throw new IllegalArgumentException("a retention lasts 1 to 36500 days, not " + days);
    }
}
