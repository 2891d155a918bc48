package io.pms.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * Which day it is for the organisation, and when the next one begins. Planned dates are local: they
 * have passed when that day is over in the business's time zone. Thread-safe.
 */
public final class BusinessDay {
    /** Clocks differ; a date further ahead than the next day is an error. */
    private static final int MAX_DAYS_AHEAD = 1;

    private final InstantSource clock;
    private final ZoneId zone;

    public BusinessDay(InstantSource clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * @param zone as {@link ZoneId} knows it, for example {@code Europe/Berlin}
     * @throws IllegalStateException when it is none, naming what sets it
     */
    static BusinessDay of(InstantSource clock, String zone) {
        try {
            return new BusinessDay(clock, ZoneId.of(zone));
        } catch (DateTimeException e) {
            throw new IllegalStateException(
                    "PMS_BUSINESS_ZONE is not a time zone: "
                            + zone
                            + "; one is for example Europe/Berlin",
                    e);
        }
    }

    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    public boolean hasPassed(LocalDateTime planned) {
        return planned.toLocalDate().isBefore(today());
    }

    /**
     * The next turn of the day at which a planned time has passed: always later than now, also for
     * one that has passed already.
     */
    public Instant turnAfter(LocalDateTime planned) {
        LocalDate today = today();
        LocalDate last = planned.toLocalDate().isAfter(today) ? planned.toLocalDate() : today;
        return last.plusDays(1).atStartOfDay(zone).toInstant();
    }

    /**
     * @throws Refused when the date is one that nobody can know yet
     */
    public void requireNotAhead(String member, LocalDate date) {
        if (date.isAfter(today().plusDays(MAX_DAYS_AHEAD)))
            throw Bounds.invalid(member, "lies more than a day ahead: " + date);
    }
}
