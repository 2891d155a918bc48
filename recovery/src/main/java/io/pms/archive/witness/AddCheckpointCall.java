package io.pms.archive.witness;

import io.pms.tlog.AddCheckpoint;
import io.pms.tlog.FormatException;
import io.pms.tlog.NoteSignature;
import io.pms.tlog.SignedNote;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks one witness to cosign one checkpoint (C2SP tlog-witness, add-checkpoint). What it answers is
 * believed only as far as its key goes.
 */
record AddCheckpointCall(
        HttpClient http, Witness witness, SignedNote checkpoint, Proofs proofs, Duration timeout) {
    /** Some signatures of a hundred bytes; those of the future have some 5,000. */
    private static final int MAX_ANSWER_BYTES = 64 << 10;

    private static final Pattern SIZE = Pattern.compile("(0|[1-9][0-9]{0,17})\n");

    /**
     * The witness's cosignature, which is right.
     *
     * @param knownSize of the checkpoint that it cosigned last, as far as is known; it tells where
     *     that is not so, and is asked again from there, once
     * @throws WitnessException when there is none
     * @throws InterruptedException when there is no time left
     */
    NoteSignature cosign(long knownSize) throws InterruptedException {
        long from = Math.min(knownSize, proofs.size());
        HttpResponse<byte[]> answer = send(from);
        if (answer.statusCode() == 409) {
            long told = size(answer);
            if (told > proofs.size()) throw ahead(told);
            answer = send(told);
        }
        return switch (answer.statusCode()) {
            case 200 -> cosignature(answer.body());
            case 403 -> throw refusal("it does not know the log's key, or not for this origin");
            case 404 -> throw refusal("it does not know the log: its operator must add its key");
            case 409 -> throw refusal("it cosigns another checkpoint at the same time");
            case 422 ->
                    throw WitnessException.contradiction(
                            "it finds the checkpoint of "
                                    + proofs.size()
                                    + " entries inconsistent with the one that it cosigned before");
            default -> throw refusal("it answered with status " + answer.statusCode());
        };
    }

    private HttpResponse<byte[]> send(long oldSize) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(witness.addCheckpoint())
                        .timeout(timeout)
                        .POST(
                                HttpRequest.BodyPublishers.ofByteArray(
                                        new AddCheckpoint(proofs.from(oldSize), checkpoint)
                                                .encode()))
                        .build();
        try {
            return http.send(
                    request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        } catch (IOException e) {
            throw refusal("it cannot be asked: " + e);
        }
    }

    private long size(HttpResponse<byte[]> conflict) {
        String type = conflict.headers().firstValue("Content-Type").orElse("");
        Matcher size = SIZE.matcher(new String(conflict.body(), StandardCharsets.US_ASCII));
        if (!type.split(";", 2)[0].strip().equals("text/x.tlog.size") || !size.matches())
            throw refusal("it does not say which checkpoint it cosigned last");
        return Long.parseLong(size.group(1));
    }

    private WitnessException ahead(long told) {
        return WitnessException.contradiction(
                "it says that it cosigned "
                        + told
                        + " entries of this log, which has "
                        + proofs.size()
                        + ": the log has lost some, or the witness is wrong");
    }

    private NoteSignature cosignature(byte[] body) {
        try {
            List<NoteSignature> own =
                    NoteSignature.parseAll(body).stream().filter(witness.key()::isNamedBy).toList();
            if (own.isEmpty()) throw refusal("it signed with another key than its own");
            if (!witness.key().verifies(checkpoint.text(), own.getFirst()))
                throw refusal("its cosignature is wrong");
            return own.getFirst();
        } catch (FormatException e) {
            throw refusal("it answered something else than cosignatures: " + e.getMessage());
        }
    }

    private static WitnessException refusal(String message) {
        return WitnessException.refusal(message);
    }
}
