package io.pms.projection.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LooksTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger seen = new AtomicInteger();
    private final Semaphore server = new Semaphore(0);
    private final Looks looks = new Looks(this::look);

    /** Hangs until the server answers. */
    private boolean look() {
        int number = begun.incrementAndGet();
        server.acquireUninterruptibly();
        seen.set(number);
        return true;
    }

    @AfterEach
    void close() {
        looks.close();
        server.release(1_000);
    }

    @Test
    void whoAsksIsNotHeldByAServerThatHangs() {
        looks.lookAgain();
        looks.lookAgain();
        assertThat(begun).hasValue(1);
        assertThat(seen).hasValue(0);
        server.release();
        await().atMost(LONG).untilAtomic(seen, org.hamcrest.Matchers.is(1));
    }

    @Test
    void whatBeganBeforeAChangeIsNotEnoughAfterIt() throws Exception {
        CompletableFuture<Void> early = CompletableFuture.runAsync(looks::lookAgain);
        await().atMost(LONG).until(() -> begun.get() == 1);
        looks.changed();
        CountDownLatch answered = new CountDownLatch(1);
        Thread.ofVirtual()
                .start(() -> {
                    while (seen.get() < 2) looks.lookAgain();
                    answered.countDown();
                });
        server.release();
        await().atMost(LONG).until(() -> begun.get() == 2);
        assertThat(seen).hasValue(1);
        server.release();
        answered.await();
        early.join();
    }

    @Test
    void goesOnLookingAfterALookThatFailed() {
        AtomicInteger failures = new AtomicInteger();
        Looks failing =
                new Looks(() -> {
                    failures.incrementAndGet();
                    throw new IllegalStateException("a defect");
                });
        await().atMost(LONG)
                .until(() -> {
                    failing.lookAgain();
                    return failures.get() > 1;
                });
    }
}
