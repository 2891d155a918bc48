package io.pms.archive.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pms.archive.api.LogServer.Answer;
import io.pms.entry.EntryCodec;
import io.pms.log.EventLog;
import io.pms.tlog.Checkpoint;
import io.pms.tlog.ConsistencyProof;
import io.pms.tlog.Hash;
import io.pms.tlog.InclusionProof;
import io.pms.tlog.LogTrust;
import io.pms.tlog.NoteVerifier;
import io.pms.tlog.ProofException;
import io.pms.tlog.SignedNote;
import io.pms.tlog.TlogProof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ProofTest {
    private static final int OF_ACME = 300;
    private static final int SIZE = 700;

    private static LogServer server;
    private static LogTrust trust;

    @BeforeAll
    static void start() {
        server = new LogServer(Map.of());
        server.append("acme", OF_ACME);
        server.archive("other", SIZE - OF_ACME);
        await().until(() -> server.get("/log/proofs/consistency?from=" + SIZE).status() == 200);
        String key = server.get("/api/archive").json().path("keys").path(0).asString();
        trust = LogTrust.in(NoteVerifier.parse(key));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<Hash> hashes(JsonNode answer) {
        return answer.path("hashes")
                .valueStream()
                .map(each -> Hash.parse(each.asString()))
                .toList();
    }

    private static Hash hash(JsonNode answer, String name) {
        return Hash.parse(answer.path(name).asString());
    }

    private static Checkpoint checkpoint(JsonNode answer) {
        byte[] note = answer.path("checkpoint").asString().getBytes(StandardCharsets.UTF_8);
        return trust.open(SignedNote.decode(note));
    }

    private static byte[] entry(long position) {
        return EntryCodec.encode(server.bean(EventLog.class).read(position, 1).getFirst());
    }

    @Nested
    class Inclusion {
        @ParameterizedTest
        @ValueSource(longs = {0, 1, 255, 256, 511, 512, 698, 699})
        void leadsFromTheEntryToTheCheckpoint(long position) {
            JsonNode answer = server.get("/log/proofs/inclusion?position=" + position).json();
            Checkpoint checkpoint = checkpoint(answer);
            assertThat(answer.path("size").asLong()).isEqualTo(SIZE).isEqualTo(checkpoint.size());
            assertThat(hash(answer, "leaf")).isEqualTo(Hash.leaf(entry(position)));
            new InclusionProof(position, SIZE, hashes(answer))
                    .verify(Hash.leaf(entry(position)), checkpoint.root());
        }

        @ParameterizedTest
        @CsvSource({"0,1", "0,2", "255,256", "256,257", "17,600", "699,700"})
        void leadsToAnOlderTreeToo(long position, long size) {
            JsonNode answer =
                    server.get("/log/proofs/inclusion?position=" + position + "&size=" + size)
                            .json();
            new InclusionProof(position, size, hashes(answer))
                    .verify(Hash.leaf(entry(position)), hash(answer, "root"));
            JsonNode on = server.get("/log/proofs/consistency?from=" + size).json();
            assertThat(hash(on, "fromRoot")).isEqualTo(hash(answer, "root"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "position=-1",
                    "position=01",
                    "position=x",
                    "position=1&position=2",
                    "position=5&size=5",
                    "position=5&size=701",
                    "position=99999999999999999999",
                    "size=5",
                    "position=1&nonsense=1"
                })
        void refusesWhatMakesNoSense(String query) {
            Answer answer = server.get("/log/proofs/inclusion?" + query);
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.kind()).isEqualTo("bad-parameter");
        }

        @Test
        void hasNothingBehindTheEnd() {
            assertThat(server.get("/log/proofs/inclusion?position=700").status()).isEqualTo(404);
        }
    }

    @Nested
    class Consistency {
        @ParameterizedTest
        @CsvSource({"0,0", "0,700", "1,700", "255,256", "256,700", "300,512", "699,700", "700,700"})
        void leadsFromOneTreeToTheOther(long from, long to) {
            JsonNode answer =
                    server.get("/log/proofs/consistency?from=" + from + "&to=" + to).json();
            new ConsistencyProof(from, to, hashes(answer))
                    .verify(hash(answer, "fromRoot"), hash(answer, "toRoot"));
            if (to == SIZE) assertThat(hash(answer, "toRoot")).isEqualTo(checkpoint(answer).root());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "from=5&to=4", "from=701", "from=1&to=701", "to=4"})
        void refusesWhatMakesNoSense(String query) {
            Answer answer = server.get("/log/proofs/consistency?" + query);
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.kind()).isEqualTo("bad-parameter");
        }
    }

    @Nested
    class OnesOwn {
        @ParameterizedTest
        @ValueSource(longs = {0, 255, 256, 299})
        void entryAndFileConvinceWhoHasTheKey(long position) {
            Answer entry = server.get("/log/entries/" + position, "X-Tenant", "acme");
            Answer file = server.get("/log/proofs/" + position + ".tlog-proof", "X-Tenant", "acme");
            assertThat(entry.body()).isEqualTo(entry(position));
            assertThat(entry.header("Content-Type")).isEqualTo("application/cloudevents+json");
            assertThat(file.header("Content-Type")).startsWith("text/plain");
            assertThat(file.header("Content-Disposition")).contains(position + ".tlog-proof");
            TlogProof proof = TlogProof.decode(file.body());
            assertThat(proof.index()).isEqualTo(position);
            assertThat(proof.verify(entry.body(), trust).size()).isEqualTo(SIZE);
            assertThatThrownBy(() -> proof.verify(entry(position + 1), trust))
                    .isInstanceOf(ProofException.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"17", "299"})
        void isNotThereForOthers(String position) {
            for (String path :
                    List.of(
                            "/log/entries/" + position,
                            "/log/proofs/" + position + ".tlog-proof")) {
                Answer others = server.get(path, "X-Tenant", "other");
                Answer nobodys = server.get(path.replace(position, "7000"), "X-Tenant", "other");
                assertThat(others.status()).isEqualTo(404);
                assertThat(others.text().replace(position, "7000")).isEqualTo(nobodys.text());
                assertThat(server.get(path).status()).as("as default").isEqualTo(404);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"-1", "01", "x", "99999999999999999999", "1.0", "%31x"})
        void isNotFoundAtWhatIsNoPosition(String position) {
            Answer answer = server.get("/log/entries/" + position, "X-Tenant", "acme");
            assertThat(answer.kind()).isEqualTo("not-found");
            assertThat(server.get("/log/proofs/" + position + ".tlog-proof").status())
                    .isEqualTo(404);
        }

        @Test
        void isKeptByNobodyElse() {
            Answer entry = server.get("/log/entries/1", "X-Tenant", "acme");
            assertThat(entry.header("Cache-Control")).isEqualTo("private, no-cache");
            assertThat(entry.header("Vary")).isEqualTo("X-Tenant");
            assertThat(
                            server.get(
                                            "/log/entries/1",
                                            "X-Tenant",
                                            "acme",
                                            "If-None-Match",
                                            entry.header("ETag"))
                                    .status())
                    .isEqualTo(304);
        }
    }

    @Test
    void saysWhenAnEventIsNotArchivedYet() {
        try (LogServer idle = new LogServer(Map.of())) {
            idle.archive("acme", 1);
            await().until(() -> idle.get("/log/checkpoint").status() == 200);
            idle.stop("archiver");
            idle.append("acme", 1);
            for (String path :
                    List.of("/log/proofs/1.tlog-proof", "/log/proofs/inclusion?position=1")) {
                Answer answer = idle.get(path, "X-Tenant", "acme");
                assertThat(answer.status()).as(answer.text()).isEqualTo(409);
                assertThat(answer.kind()).isEqualTo("not-archived-yet");
                assertThat(answer.header("Retry-After")).isEqualTo("1");
            }
            assertThat(idle.get("/log/entries/1", "X-Tenant", "acme").status()).isEqualTo(200);
        }
    }

    @Test
    void givesNoProofThatADamagedTileLeadsTo() throws IOException {
        try (LogServer damaged = new LogServer(Map.of())) {
            damaged.archive("acme", 10);
            await().until(() ->
                    damaged.get("/log/proofs/3.tlog-proof", "X-Tenant", "acme").status() == 200);
            Path tile = damaged.folder().resolve("tile/0/000.p/10");
            byte[] bytes = Files.readAllBytes(tile);
            bytes[5] ^= 1;
            Files.write(tile, bytes);
            for (String path :
                    List.of(
                            "/log/proofs/3.tlog-proof",
                            "/log/proofs/inclusion?position=3",
                            "/log/proofs/consistency?from=3")) {
                Answer answer = damaged.get(path, "X-Tenant", "acme");
                assertThat(answer.status()).as(path).isEqualTo(500);
                assertThat(answer.kind()).isEqualTo("archive-damaged");
            }
        }
    }
}
