package io.pms.imports.api;

import io.pms.http.Problem;
import io.pms.http.ProblemDocument;
import io.pms.imports.Progress;
import io.pms.imports.Summary;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** An answer in lines of JSON, begun by the first progress. Used by one thread. */
final class Lines implements Progress {
    private static final Logger LOGGER = LoggerFactory.getLogger(Lines.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** At most five lines of progress a second; a phase's first line is always sent. */
    private static final long PAUSE_NANOS = 200_000_000;

    private final HttpServletResponse response;
    private boolean begun;
    private String phase = "";
    private long sentAtNanos;

    Lines(HttpServletResponse response) {
        this.response = response;
    }

    boolean begun() {
        return begun;
    }

    @Override
    public void at(String nowIn, long done, long total) {
        long now = System.nanoTime();
        if (nowIn.equals(phase) && now - sentAtNanos < PAUSE_NANOS) return;
        phase = nowIn;
        sentAtNanos = now;
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("phase", nowIn);
        line.put("done", done);
        line.put("total", total);
        send(line);
    }

    void end(Summary summary) {
        send(summary);
    }

    /** The import stopped midway. */
    void fail(RuntimeException e) {
        try {
            send(ProblemDocument.members(problem(e)));
        } catch (ClientGoneException gone) {
            gone(gone);
        }
    }

    void gone(ClientGoneException e) {
        LOGGER.info("the caller of an import has gone; repeating it completes it", e);
    }

    private static Problem problem(RuntimeException e) {
        String again = "; a part may be stored: run it again, it completes what is missing";
        if (e instanceof Problem problem) {
            Problem said =
                    new Problem(
                            problem.status(),
                            problem.kind(),
                            problem.title(),
                            problem.detail() + again);
            problem.members().forEach(said::with);
            return said;
        }
        String id = UUID.randomUUID().toString();
        LOGGER.error("import failed, id {}", id, e);
        return new Problem(
                        500,
                        "internal-error",
                        "Internal error",
                        "something failed that was not foreseen; its details are in the server's log under this id"
                                + again)
                .with("id", id);
    }

    private void send(Object line) {
        try {
            if (!begun) {
                response.setContentType("application/x-ndjson");
                begun = true;
            }
            byte[] json = JSON.writeValueAsBytes(line);
            response.getOutputStream().write(json);
            response.getOutputStream().write('\n');
            response.flushBuffer();
        } catch (IOException e) {
            throw new ClientGoneException(e);
        }
    }
}
