package io.pms.standalone.openapi;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;

/** Bodies of a transparency log, which are bytes and texts in formats of their own. */
final class LogBodies {
    private static final String BYTES = "application/octet-stream";
    private static final String TEXT = "text/plain;charset=UTF-8";

    private LogBodies() {}

    static void describeCheckpoint(Operation operation) {
        operation.description(
                "A C2SP tlog-checkpoint: a note, signed by the log and cosigned by its witnesses. It may be kept for a second. The log's prefix is `/log/`.");
        answer(operation, "A signed note.", TEXT, Shapes.text());
    }

    static void describeTile(Operation operation) {
        operation.description(
                "C2SP tlog-tiles: `level` is 0 to 63; `index` is in groups of three digits, all but the last with an `x` before them and a slash behind (`x001/x234/067`), and ends with `.p/` and a width of 1 to 255 where the tile is partial. There is no other way to write it. Tiles never change.");
        answer(operation, "Hashes of 32 bytes, 256 of them in a full tile.", BYTES, bytes());
    }

    static void describeBundle(Operation operation) {
        operation.description(
                "C2SP tlog-tiles: `index` is written as that of a tile of hashes. Bundles never change. They are compressed for those who accept `gzip`.");
        answer(
                operation,
                "Entries, each behind its length in two bytes, big-endian.",
                BYTES,
                bytes());
    }

    static void describeEntry(Operation operation) {
        operation.description(
                "SHA-256 of a zero byte and these bytes is the leaf in the log's Merkle tree.");
        answer(
                operation,
                "A CloudEvents document in its canonical form.",
                "application/cloudevents+json",
                Shapes.object());
    }

    static void describeProof(Operation operation) {
        operation.description(
                "C2SP tlog-proof: with it, the bytes of `/log/entries/{position}` and the log's key anybody can verify that the log has the event.");
        answer(
                operation,
                "An inclusion proof and the checkpoint to which it leads.",
                TEXT,
                Shapes.text());
    }

    private static Schema<?> bytes() {
        return Shapes.text().format("binary");
    }

    private static void answer(
            Operation operation, String description, String type, Schema<?> schema) {
        operation
                .getResponses()
                .addApiResponse(
                        "200",
                        new ApiResponse()
                                .description(description)
                                .addHeaderObject("ETag", tag())
                                .addHeaderObject("Cache-Control", cacheControl())
                                .content(
                                        new Content()
                                                .addMediaType(
                                                        type, new MediaType().schema(schema))));
    }

    private static Header tag() {
        return new Header()
                .description("Of these bytes, to be sent as `If-None-Match`.")
                .schema(Shapes.text());
    }

    private static Header cacheControl() {
        return new Header().description("How long it may be kept.").schema(Shapes.text());
    }
}
