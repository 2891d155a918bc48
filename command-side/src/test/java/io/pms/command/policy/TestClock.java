package io.pms.command.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Time that passes when a test says so; the business is in UTC. */
final class TestClock implements InstantSource {
    private volatile Instant now;

    TestClock(Instant start) {
        now = start;
    }

    TestClock() {
        this(Instant.parse("2040-03-01T10:00:00Z"));
    }

    @Override
    public Instant instant() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    void days(int days) {
        pass(Duration.ofDays(days));
    }

    LocalDate today() {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    /** A planned finish, as many days from today. */
    LocalDateTime finish(int days) {
        return today().plusDays(days).atTime(17, 30, 15);
    }
}
