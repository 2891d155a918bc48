package io.pms.log.conformance;

import static io.pms.log.conformance.Samples.event;
import static io.pms.log.conformance.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;

import io.pms.entry.Entry;
import io.pms.entry.EntryCodec;
import io.pms.log.EventLog;
import io.pms.log.NewEvent;
import io.pms.log.Unit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What was read once reads the same for ever, whichever way it is read. */
public abstract class StableReadContract extends LogContract {
    @Test
    void givesTheSameBytesOnEveryWay() {
        Random random = random();
        for (int i = 0; i < 60; i++)
            log.append(unit(event("s" + i % 3, i / 3, "{\"n\":" + random.nextInt() + "}"))).join();
        List<String> first = bytes(log.read(0, 100));
        assertThat(first).hasSize(60);
        for (int i = 60; i < 90; i++) log.append(unit(event("s" + i % 3, i / 3))).join();
        for (EventLog process : List.of(log, store.open())) {
            assertThat(bytes(process.read(0, 60))).isEqualTo(first);
            List<Entry> streamed = new ArrayList<>();
            process.stream(0, streamed::add);
            assertThat(bytes(streamed).subList(0, 60)).isEqualTo(first);
            assertThat(bytes(process.readAt(List.of(7L, 3L, 59L, 1_000L))))
                    .containsExactly(first.get(7), first.get(3), first.get(59));
            assertThat(bytes(process.readStream("s1", 0, 20)))
                    .isEqualTo(everyThird(first).subList(0, 20));
        }
    }

    private static List<String> everyThird(List<String> entries) {
        List<String> third = new ArrayList<>();
        for (int i = 1; i < entries.size(); i += 3) third.add(entries.get(i));
        return third;
    }

    @Test
    void keepsEveryCharacterAndByte() {
        String text = "{\"text\":\"a'b\\\\c\\n \\u0000 ü 🙂 \u2028 %s ? :x /* */ -- ;\"}";
        NewEvent plain = event("a", 0, text);
        byte[] every = new byte[256];
        for (int i = 0; i < 256; i++) every[i] = (byte) i;
        NewEvent binary =
                new NewEvent(
                        "named 'id'",
                        "type\\'",
                        "an aggregate with a name",
                        7,
                        -1,
                        "tenänt",
                        "actor\"",
                        "5d4f4a32-0000-4000-8000-00000000000f",
                        "not a uuid",
                        "00-trace",
                        "{\"m\":\"\\\\ ' 🙂\"}",
                        "application/octet-stream",
                        every);
        log.append(unit(plain, binary)).join();
        List<Entry> entries = log.read(0, 10);
        assertThat(entries).hasSize(2);
        assertThat(new String(entries.get(0).data(), StandardCharsets.UTF_8)).isEqualTo(text);
        assertThat(entries.get(0).metadata()).isEqualTo(plain.metadata());
        assertThat(asNew(entries.get(1))).usingRecursiveComparison().isEqualTo(binary);
        for (Entry entry : entries) {
            byte[] bytes = EntryCodec.encode(entry);
            assertThat(EntryCodec.encode(EntryCodec.decode(bytes))).isEqualTo(bytes);
        }
    }

    private static NewEvent asNew(Entry entry) {
        return new NewEvent(
                entry.id(),
                entry.type(),
                entry.subject(),
                entry.sequence(),
                entry.timeMicros(),
                entry.tenant(),
                entry.actor(),
                entry.correlationId(),
                entry.causationId(),
                entry.traceparent(),
                entry.metadata(),
                entry.dataContentType(),
                entry.data());
    }

    @Test
    void givesAnAggregatesEventsInOrderFromASequenceOn() {
        for (int i = 0; i < 10; i++) log.append(unit(event("a", i), event("b", i))).join();
        assertThat(log.readStream("a", 6, 3))
                .extracting(Entry::sequence)
                .containsExactly(6L, 7L, 8L);
        assertThat(log.readStream("a", 10, 3)).isEmpty();
        assertThat(log.lastSequence("a")).contains(9L);
        assertThat(log.lastSequence("nobody")).isEmpty();
    }

    @Test
    void saysWhichAggregatesChanged() {
        NewEvent free =
                new NewEvent(
                        null,
                        "t",
                        null,
                        0,
                        0,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        "{}".getBytes(StandardCharsets.UTF_8));
        log.append(unit(event("a", 0), event("b", 0))).join();
        log.append(new Unit(List.of(event("a", 1), free), null)).join();
        assertThat(log.changes(1, 10))
                .containsExactly(
                        new EventLog.Change(1, "b", 0),
                        new EventLog.Change(2, "a", 1),
                        new EventLog.Change(3, null, 0));
    }

    @Test
    void findsTheFirstPositionOfABusinessTime() {
        for (int i = 0; i < 5; i++) log.append(unit(event("a", i))).join();
        assertThat(log.firstPositionAt(2_000_001)).contains(3L);
        assertThat(log.firstPositionAt(4_000_001)).isEmpty();
    }

    private static List<String> bytes(List<Entry> entries) {
        return entries.stream()
                .map(entry -> HexFormat.of().formatHex(EntryCodec.encode(entry)))
                .toList();
    }
}
