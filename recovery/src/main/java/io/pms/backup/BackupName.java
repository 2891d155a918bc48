package io.pms.backup;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a backup is called: when it was begun, to the second, and something that no other one has.
 * In the order of their texts they are in the order of their times.
 */
record BackupName(Instant begun, String text) implements Comparable<BackupName> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

    private static final int TIME_CHARACTERS = 16;

    static BackupName at(Instant time) {
        Instant second = time.truncatedTo(ChronoUnit.SECONDS);
        String unique = "-%08x".formatted(ThreadLocalRandom.current().nextInt());
        return new BackupName(second, TIME.format(second.atOffset(ZoneOffset.UTC)) + unique);
    }

    /** Empty for what is no backup's name. */
    static Optional<BackupName> parse(String text) {
        if (!text.matches("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}")) return Optional.empty();
        try {
            LocalDateTime time = LocalDateTime.parse(text.substring(0, TIME_CHARACTERS), TIME);
            return Optional.of(new BackupName(time.toInstant(ZoneOffset.UTC), text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(BackupName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
