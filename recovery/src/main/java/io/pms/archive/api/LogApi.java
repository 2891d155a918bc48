package io.pms.archive.api;

import io.pms.http.Problem;
import io.pms.tlog.TilePath;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The log as C2SP tlog-tiles, without its entries: its prefix is {@code /log/}. */
@RestController
public class LogApi {
    /** Who wants it newer asks with the tag. */
    private static final String SECONDS = "public, max-age=1";

    private final PublishedLog log;

    LogApi(PublishedLog log) {
        this.log = log;
    }

    @GetMapping("/log/checkpoint")
    public ResponseEntity<byte[]> checkpoint() {
        byte[] note = Guard.guarded(log::newest).note().encode();
        return Answers.of(note, Answers.TEXT, SECONDS).body(note);
    }

    @GetMapping("/log/tile/{level}/{*index}")
    public ResponseEntity<byte[]> tile(HttpServletRequest http) {
        TilePath path = TileRequests.path(http);
        if (path.isEntries()) throw notServed();
        byte[] tile =
                Guard.guarded(() -> log.read(path).orElseThrow(() -> TileRequests.missing(path)));
        return Answers.of(tile, MediaType.APPLICATION_OCTET_STREAM, Answers.IMMUTABLE).body(tile);
    }

    private static Problem notServed() {
        return new Problem(
                404,
                "entries-not-served",
                "Entries are not served",
                "bundles hold the entries of all organisations and are not served here; those of your own are at /log/entries/{position}");
    }
}
