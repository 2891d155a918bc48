package io.pms.bench.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * The short run; {@code ./pms bench torture} is the long one. {@code -Dpms.seed=N} repeats the plan
 * of a run that printed N, {@code -Dpms.test.database=mysql8} takes MySQL.
 */
class TortureTest {
    @Test
    void breaksNoInvariant() throws Exception {
        long seed = Long.getLong("pms.seed", ThreadLocalRandom.current().nextLong(1_000_000_000));
        Path home = Files.createTempDirectory("pms-torture-");
        System.out.println("seed " + seed + ", data in " + home);
        TortureRun.Options options =
                new TortureRun.Options(database(), Duration.ofSeconds(20), seed, 2, 4, true);
        Verdict verdict = new TortureRun(options, home, System.out).run();
        System.out.print(verdict.summary().text());
        assertThat(verdict.exitCode()).as(verdict.lastLine()).isZero();
        Torture.delete(home);
    }

    private static TortureDatabase.Kind database() {
        String kind = System.getProperty("pms.test.database", "mariadb");
        return TortureDatabase.Kind.valueOf(kind.toUpperCase(Locale.ROOT));
    }
}
