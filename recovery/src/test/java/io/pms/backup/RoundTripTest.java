package io.pms.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.log.DatabaseUrl;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoundTripTest {
    private static final String TABLE =
            """
            CREATE TABLE odd (
                id       INT NOT NULL AUTO_INCREMENT,
                tiny     TINYINT NULL,
                huge     BIGINT UNSIGNED NULL,
                amount   DECIMAL(65, 30) NULL,
                ratio    DOUBLE NULL,
                little   FLOAT NULL,
                flags    BIT(12) NULL,
                fixed    BINARY(4) NULL,
                bytes    VARBINARY(300) NULL,
                large    LONGBLOB NULL,
                words    LONGTEXT CHARACTER SET utf8mb4 NULL,
                old      VARCHAR(20) CHARACTER SET latin1 NULL,
                padded   CHAR(8) CHARACTER SET utf8mb4 NULL,
                moment   TIMESTAMP(6) NULL,
                written  DATETIME(6) NULL,
                day      DATE NULL,
                duration TIME(3) NULL,
                yeared   YEAR NULL,
                choice   ENUM('', 'é') CHARACTER SET utf8mb4 NULL,
                doubled  INT GENERATED ALWAYS AS (tiny * 2) VIRTUAL,
                `select` INT NULL DEFAULT 7,
                PRIMARY KEY (id)
            ) ENGINE = InnoDB
            """;

    private final DatabaseUrl source = BackupPlace.emptyDatabase();
    private final DatabaseUrl target = BackupPlace.emptyDatabase();

    private void copy() throws SQLException {
        List<byte[] @Nullable []> rows = new ArrayList<>();
        try (Turn turn = Turn.take(source);
                Snapshot snapshot = Snapshot.begin(turn.connection());
                TableLoader loader = TableLoader.open(target)) {
            snapshot.read(snapshot.describe("odd"), rows::add);
            try (TableLoader.Filling filling = loader.fill(loader.describe("odd"))) {
                for (byte[] @Nullable [] row : rows) filling.add(row);
                filling.end();
            }
        }
    }

    @Test
    void keepsEveryKindOfValueByteForByte() throws SQLException {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) all[i] = (byte) i;
        String bytes = java.util.HexFormat.of().formatHex(all);
        Sql.execute(source, TABLE, "SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO'");
        Sql.execute(
                source,
                "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO', time_zone = '+05:30'",
                "INSERT INTO odd (id) VALUES (0)",
                "INSERT INTO odd (id, tiny, huge, amount, ratio, little, flags, fixed, bytes, large, words, old, padded,"
                        + " moment, written, day, duration, yeared, choice, `select`) VALUES (1, -128,"
                        + " 18446744073709551615, 12345678901234567890123456789012345.123456789012345678901234567891,"
                        + " 0.1e0 + 0.2e0, 16777215.7, b'101010101010', x'00ff', x'"
                        + bytes
                        + "', x'"
                        + bytes.repeat(2_000)
                        + "', CONCAT('é 🦆 \\\\ \\' \" % _ ', CHAR(0), CHAR(10), CHAR(13), CHAR(26), 'end '), 'é', 'x',"
                        + " '2026-03-29 02:30:00.000001', '0000-00-00 00:00:00', '1000-01-01', '-838:59:58.999', 2155,"
                        + " 'é', NULL)",
                "INSERT INTO odd (id, ratio, little, words, bytes, choice) VALUES (-5, -2.2250738585072014e-308,"
                        + " 1.17549435e-38, '', '', '')");
        Sql.execute(target, TABLE);
        copy();
        List<String> rows = Sql.rows(source, "odd", "TRUE");
        assertThat(rows).hasSize(3);
        assertThat(Sql.rows(target, "odd", "TRUE")).isEqualTo(rows);
        for (String column : List.of("ratio", "little + 0e0", "amount", "moment", "written"))
            assertThat(Sql.query(target, "SELECT CONCAT(" + column + ") FROM odd ORDER BY id"))
                    .as(column)
                    .isEqualTo(
                            Sql.query(
                                    source, "SELECT CONCAT(" + column + ") FROM odd ORDER BY id"));
    }

    @Test
    void refusesWhatItCannotKeep() {
        Sql.execute(source, "CREATE TABLE odd (id INT PRIMARY KEY, place POINT)");
        assertThatThrownBy(this::copy)
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("column place of table odd has the type point");
    }

    @Test
    void keepsRowsOfAnySize() throws Exception {
        Random random = new Random(1);
        List<byte[] @Nullable []> rows = new ArrayList<>();
        for (int length : List.of(0, 1, 70_000, 3_000_000)) {
            byte[] value = new byte[length];
            random.nextBytes(value);
            rows.add(new byte[] @Nullable [] {value, null, new byte[0]});
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RowsOutput output = new RowsOutput(bytes);
        rows.forEach(output::write);
        output.end();
        assertThat(output.count()).isEqualTo(rows.size());
        try (RowsInput input = new RowsInput(new ByteArrayInputStream(bytes.toByteArray()), 3)) {
            for (byte[] @Nullable [] row : rows) assertThat(input.read()).isDeepEqualTo(row);
            assertThat(input.isAtEnd()).isTrue();
        }
    }

    @Test
    void keepsATableThatFillsSeveralParts() throws SQLException {
        try (SampleDatabase database = new SampleDatabase();
                BackupPlace place = new BackupPlace()) {
            byte[] large = new byte[3 * PartsOutput.PART_BYTES / 2];
            new Random(2).nextBytes(large);
            for (int i = 0; i < 3; i++)
                database.log()
                        .storeSnapshot(
                                new io.pms.log.Snapshot(
                                        "a" + i, i, "id", 0, "T", "s", null, new byte[0], large));
            Backups backups = place.backups();
            Backup backup = backups.write(database.application(), BackupProgress.NONE);
            assertThat(backup.tables())
                    .anySatisfy(table -> assertThat(table.parts()).hasSizeGreaterThan(4));
            backups.restore(backup, target, BackupProgress.NONE);
            assertThat(Sql.rows(target)).isEqualTo(Sql.rows(database.owner()));
        }
    }
}
