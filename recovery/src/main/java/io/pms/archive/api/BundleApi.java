package io.pms.archive.api;

import io.pms.tlog.TilePath;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The entries of all organisations, as C2SP tlog-tiles has them. */
@RestController
public class BundleApi {
    private final PublishedLog log;

    BundleApi(PublishedLog log) {
        this.log = log;
    }

    @GetMapping("/log/tile/entries/{*index}")
    public ResponseEntity<byte[]> bundle(HttpServletRequest http) {
        TilePath path = TileRequests.path(http);
        byte[] bundle =
                Guard.guarded(() -> log.read(path).orElseThrow(() -> TileRequests.missing(path)));
        ResponseEntity.BodyBuilder answer =
                Answers.of(bundle, MediaType.APPLICATION_OCTET_STREAM, Answers.IMMUTABLE)
                        .header("Vary", "Accept-Encoding");
        if (!Gzip.isAccepted(http.getHeaders("Accept-Encoding"))) return answer.body(bundle);
        return answer.eTag("\"" + Answers.tag(bundle) + "-gzip\"")
                .header("Content-Encoding", "gzip")
                .body(Gzip.compress(bundle));
    }
}
