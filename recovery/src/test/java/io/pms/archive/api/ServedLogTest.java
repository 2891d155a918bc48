package io.pms.archive.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.archive.api.LogServer.Answer;
import io.pms.entry.EntryCodec;
import io.pms.log.EventLog;
import io.pms.tlog.Checkpoint;
import io.pms.tlog.EntryBundle;
import io.pms.tlog.Hash;
import io.pms.tlog.HashSource;
import io.pms.tlog.LogTrust;
import io.pms.tlog.NoteVerifier;
import io.pms.tlog.SignedNote;
import io.pms.tlog.TileHashSource;
import io.pms.tlog.TilePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ServedLogTest {
    private static final int SIZE = 700;

    private static LogServer all;

    @BeforeAll
    static void start() {
        all = new LogServer(Map.of("pms.archive.serve", "all"));
        all.archive("acme", SIZE);
        await().until(() -> checkpoint().size() == SIZE);
    }

    @AfterAll
    static void stop() {
        all.close();
    }

    private static Checkpoint checkpoint() {
        Answer answer = all.get("/log/checkpoint");
        if (answer.status() == 404) return new Checkpoint("none", 0, Hash.EMPTY_ROOT);
        String key = all.get("/api/archive").json().path("keys").path(0).asString();
        return LogTrust.in(NoteVerifier.parse(key)).open(SignedNote.decode(answer.body()));
    }

    private static Optional<byte[]> tile(TilePath path) {
        Answer answer = all.get("/log/" + path);
        if (answer.status() == 404) return Optional.empty();
        assertThat(answer.status()).as(path.toString()).isEqualTo(200);
        return Optional.of(answer.body());
    }

    @Test
    void servesACheckpointWhoseRootItsTilesHave() {
        Checkpoint checkpoint = checkpoint();
        HashSource hashes = new TileHashSource(checkpoint.size(), ServedLogTest::tile);
        assertThat(hashes.root(checkpoint.size())).isEqualTo(checkpoint.root());
        assertThat(checkpoint.root()).isEqualTo(Hash.of(all.bean(EventLog.class).head().root()));
    }

    @Test
    void servesTheEntriesThatTheLogHas() {
        for (long index = 0; index * TilePath.FULL_WIDTH < SIZE; index++) {
            TilePath path = TilePath.inTree(TilePath.ENTRIES, index, SIZE);
            List<byte[]> served = EntryBundle.decode(path, tile(path).orElseThrow()).entries();
            List<byte[]> expected =
                    all
                            .bean(EventLog.class)
                            .read(index * TilePath.FULL_WIDTH, served.size())
                            .stream()
                            .map(EntryCodec::encode)
                            .toList();
            assertThat(served).usingRecursiveComparison().isEqualTo(expected);
        }
    }

    @Test
    void saysHowFarACopyOfTheArchiveIsBehindTheLog() {
        JsonNode behind = all.get("/api/archive?copy=600").json().path("copy");
        assertThat(behind.path("lagEvents").asLong()).isEqualTo(SIZE - 600);
        assertThat(behind.path("rpoSeconds").asDouble()).isPositive();
        JsonNode whole = all.get("/api/archive?copy=" + SIZE).json().path("copy");
        assertThat(whole.path("lagEvents").asLong()).isZero();
        assertThat(whole.path("rpoSeconds").asDouble()).isZero();
        assertThat(all.get("/api/archive").json().path("copy").isNull()).isTrue();
        assertThat(all.get("/api/archive?copy=some").status()).isEqualTo(400);
    }

    @Test
    void letsACheckpointBeKeptForASecondAndTilesForAYear() {
        Answer checkpoint = all.get("/log/checkpoint");
        assertThat(checkpoint.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(checkpoint.header("Cache-Control")).isEqualTo("public, max-age=1");
        for (String path : List.of("tile/0/000", "tile/0/002.p/188", "tile/entries/000")) {
            Answer tile = all.get("/log/" + path);
            assertThat(tile.header("Content-Type")).isEqualTo("application/octet-stream");
            assertThat(tile.header("Cache-Control"))
                    .isEqualTo("public, max-age=31536000, immutable");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint", "tile/0/000", "tile/0/002.p/188", "tile/entries/001"})
    void answersHeadAndWhoHasItAlready(String path) {
        Answer whole = all.get("/log/" + path);
        Answer head = all.send("HEAD", "/log/" + path);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.header("Content-Length")).isEqualTo(String.valueOf(whole.body().length));
        assertThat(head.header("ETag")).isEqualTo(whole.header("ETag")).isNotEmpty();
        Answer again = all.get("/log/" + path, "If-None-Match", whole.header("ETag"));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("Cache-Control")).isEqualTo(whole.header("Cache-Control"));
        assertThat(all.get("/log/" + path, "If-None-Match", "\"x\"").status()).isEqualTo(200);
    }

    @Test
    void compressesBundlesForThoseWhoTakeThat() throws IOException {
        Answer plain = all.get("/log/tile/entries/000", "Accept-Encoding", "br, gzip;q=0");
        Answer small = all.get("/log/tile/entries/000", "Accept-Encoding", "br, gzip;q=0.5");
        assertThat(plain.header("Content-Encoding")).isEmpty();
        assertThat(small.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(small.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(small.header("ETag")).isNotEqualTo(plain.header("ETag"));
        assertThat(small.body().length).isLessThan(plain.body().length / 2);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(small.body())).readAllBytes())
                .isEqualTo(plain.body());
        assertThat(
                        all.get(
                                        "/log/tile/entries/000",
                                        "Accept-Encoding",
                                        "gzip",
                                        "If-None-Match",
                                        small.header("ETag"))
                                .status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/0/003",
                "tile/0/002",
                "tile/0/002.p/189",
                "tile/0/002.p/255",
                "tile/1/000.p/3",
                "tile/7/000",
                "tile/0/0",
                "tile/00/000",
                "tile/0/000.p/0",
                "tile/0/000.p/256",
                "tile/0/000.p/01",
                "tile/0/000.p/",
                "tile/0/x000/000",
                "tile/0/x001",
                "tile/0/%30%30%30",
                "tile/0/000;a=b",
                "tile/0/000/",
                "tile/64/000",
                "tile/-1/000",
                "tile/0",
                "tile/",
                "tile/entries",
                "tile/entries/003",
                "tile/entries/x999/x999/x999/x999/x999/x999/999",
                "tile/Entries/000",
                "Checkpoint",
                "vkeys",
                ""
            })
    void hasNothingElse(String path) {
        Answer answer = all.get("/log/" + path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(404);
        assertThat(answer.kind()).isEqualTo("no-such-resource");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    /** They may, once the full one is there; readers take that. */
    @Test
    void namesTheFullTileWhereAPartialOneIsGone() {
        Answer answer = all.get("/log/tile/0/000.p/17");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("detail").asString()).contains("/log/tile/0/000");
    }

    @Test
    void servesNothingThatNoCheckpointCovers() throws IOException {
        Path early = all.folder().resolve("tile/0/002");
        Files.write(early, new byte[8_192]);
        try {
            assertThat(all.get("/log/tile/0/002").status()).isEqualTo(404);
        } finally {
            Files.delete(early);
        }
    }

    @Test
    void keepsEntriesToThemselvesUnlessToldOtherwise() {
        try (LogServer hashes = new LogServer(Map.of())) {
            assertThat(hashes.get("/log/checkpoint").kind()).isEqualTo("no-checkpoint");
            hashes.archive("acme", 300);
            await().until(() -> hashes.get("/log/checkpoint").status() == 200);
            assertThat(hashes.get("/log/tile/0/000").status()).isEqualTo(200);
            for (String path : List.of("tile/entries/000", "tile/entries/001.p/44")) {
                Answer answer = hashes.get("/log/" + path);
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.kind()).isEqualTo("entries-not-served");
            }
            assertThat(hashes.get("/api/archive").json().path("serve").asString())
                    .isEqualTo("hashes");
        }
    }

    @Test
    void servesNothingWhereNothingIsToBeServedButOnesOwn() {
        try (LogServer none = new LogServer(Map.of("pms.archive.serve", "none"))) {
            none.archive("acme", 300);
            for (String path :
                    List.of(
                            "checkpoint",
                            "tile/0/000",
                            "tile/entries/000",
                            "proofs/inclusion?position=1",
                            "proofs/consistency?from=1"))
                assertThat(none.get("/log/" + path).kind()).as(path).isEqualTo("no-such-resource");
            assertThat(none.get("/log/entries/1", "X-Tenant", "acme").status()).isEqualTo(200);
            await().until(() ->
                    none.get("/log/proofs/1.tlog-proof", "X-Tenant", "acme").status() == 200);
        }
    }

    @Test
    void saysWhenTheArchiveCannotBeReadAndGoesOnAfterwards() throws IOException {
        try (LogServer server = new LogServer(Map.of())) {
            server.archive("acme", 300);
            await().until(() -> server.get("/log/checkpoint").status() == 200);
            Path away = server.folder().resolveSibling("away");
            Files.move(server.folder(), away);
            await().until(() -> server.get("/log/checkpoint").status() == 503);
            Answer answer = server.get("/log/tile/0/001.p/44");
            assertThat(answer.kind()).isEqualTo("archive-unavailable");
            assertThat(answer.header("Retry-After")).isEqualTo("5");
            assertThat(answer.text()).doesNotContain(server.folder().toString());
            assertThat(server.get("/log/entries/1", "X-Tenant", "acme").status()).isEqualTo(200);
            assertThat(server.get("/api/archive").status()).isEqualTo(200);
            Files.move(away, server.folder());
            await().until(() -> server.get("/log/tile/0/001.p/44").status() == 200);
        }
    }
}
