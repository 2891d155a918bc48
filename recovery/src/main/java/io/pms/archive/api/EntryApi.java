package io.pms.archive.api;

import io.pms.entry.Entry;
import io.pms.entry.EntryCodec;
import io.pms.http.Caller;
import io.pms.http.CallerResolver;
import io.pms.http.Problem;
import io.pms.log.EventLog;
import io.pms.tlog.Hash;
import io.pms.tlog.InclusionProof;
import io.pms.tlog.TlogProof;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * An organisation's own entries, to the byte, and files that prove that the log has them: both
 * together convince somebody who has nothing but the log's key.
 */
@RestController
public class EntryApi {
    private static final MediaType CLOUD_EVENT = new MediaType("application", "cloudevents+json");

    private final PublishedLog published;
    private final EventLog log;
    private final CallerResolver callers;

    EntryApi(PublishedLog published, EventLog log, CallerResolver callers) {
        this.published = published;
        this.log = log;
        this.callers = callers;
    }

    @GetMapping("/log/entries/{position}")
    public ResponseEntity<byte[]> entry(@PathVariable String position, HttpServletRequest http) {
        Caller caller = callers.resolve(http);
        Numbers.of(http);
        byte[] entry = Guard.guarded(() -> own(position, caller));
        return mine(entry, CLOUD_EVENT).body(entry);
    }

    @GetMapping("/log/proofs/{position}.tlog-proof")
    public ResponseEntity<byte[]> proof(@PathVariable String position, HttpServletRequest http) {
        Caller caller = callers.resolve(http);
        Numbers.of(http);
        byte[] proof = Guard.guarded(() -> prove(position, own(position, caller)));
        return mine(proof, Answers.TEXT)
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"" + position + TlogProof.FILE_EXTENSION + "\"")
                .body(proof);
    }

    private static ResponseEntity.BodyBuilder mine(byte[] body, MediaType type) {
        return Answers.of(body, type, Answers.PRIVATE).header("Vary", "X-Tenant");
    }

    /** Another organisation's event is answered as one that is not there. */
    private byte[] own(String text, Caller caller) {
        Long position = Numbers.parse(text);
        if (position == null) throw noPosition(text);
        List<Entry> found = log.readAt(List.of(position));
        if (found.isEmpty() || !caller.tenant().equals(found.getFirst().tenant()))
            throw Unproved.noEvent(position);
        return EntryCodec.encode(found.getFirst());
    }

    private static Problem noPosition(String text) {
        return new Problem(
                404, "not-found", "Not found", "a position is a number from 0 on, not " + text);
    }

    private byte[] prove(String text, byte[] entry) {
        long position = Long.parseLong(text);
        Published newest = published.newestWith(position + 1);
        if (position >= newest.size()) throw Unproved.notArchivedYet(position, newest);
        InclusionProof proof =
                new Prover(newest, published).inclusion(position, newest.size(), Hash.leaf(entry));
        return new TlogProof(proof, newest.note()).encode();
    }
}
