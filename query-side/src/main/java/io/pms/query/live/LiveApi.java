package io.pms.query.live;

import io.pms.http.Caller;
import io.pms.http.CallerResolver;
import io.pms.log.EventLog;
import io.pms.query.LogReads;
import io.pms.query.Parameters;
import io.pms.query.activity.Feed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What happens, as it happens: server-sent events, each with its position as its id. */
@RestController
final class LiveApi {
    /** Between these a client comes back: those of a process that went away not all at once. */
    private static final long MIN_RETRY_MILLIS = 1_000;

    private static final long MAX_RETRY_MILLIS = 3_000;

    private final LiveStreams streams;
    private final LiveProperties properties;
    private final CallerResolver callers;
    private final EventLog log;

    LiveApi(LiveStreams streams, LiveProperties properties, CallerResolver callers, EventLog log) {
        this.streams = streams;
        this.properties = properties;
        this.callers = callers;
        this.log = log;
    }

    @GetMapping(path = "/api/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void live(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Caller caller = callers.resolve(request);
        Parameters parameters =
                Parameters.of(request, "project", "task", "person", LastEventId.PARAMETER);
        View view = new View(caller, Feed.of(parameters));
        long size = LogReads.guarded(() -> log.head().size());
        long position = LastEventId.of(request, parameters, size);
        if (request.getMethod().equals("HEAD")) head(response, position);
        else
            streams.open(
                    view,
                    position,
                    size,
                    () -> {
                        head(response, position);
                        byte[] greeting = Frames.greeting(position, retry());
                        return Outlet.open(request, response, greeting, properties.stall());
                    });
    }

    private static Duration retry() {
        return Duration.ofMillis(
                ThreadLocalRandom.current().nextLong(MIN_RETRY_MILLIS, MAX_RETRY_MILLIS));
    }

    /** Neither caches nor proxies keep any of it. */
    private static void head(HttpServletResponse response, long position) {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        response.setHeader("PMS-Position", String.valueOf(position));
    }
}
