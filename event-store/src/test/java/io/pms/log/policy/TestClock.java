package io.pms.log.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that passes when a test says so. */
final class TestClock implements InstantSource {
    private volatile Instant now = Instant.parse("2040-03-01T10:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    Instant in(Duration time) {
        return now.plus(time);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }
}
