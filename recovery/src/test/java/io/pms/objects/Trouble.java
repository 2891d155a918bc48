package io.pms.objects;

import io.pms.objects.FaultyWire.Request;
import java.io.OutputStream;
import java.util.Arrays;

/** What servers of objects do to those who use them. */
public enum Trouble implements FaultyWire.Fault {
    /** Each request is carried out and answered when the client has long given up. */
    LATE {
        @Override
        public void answer(Request request, OutputStream client) throws Exception {
            Thread.sleep(LATE_MILLIS);
            client.write(request.forward());
        }
    },
    FULL {
        @Override
        public void answer(Request request, OutputStream client) throws Exception {
            client.write(
                    request.is("PUT")
                            ? S3WireTest.error("507 Insufficient Storage", "InsufficientStorage")
                            : request.forward());
        }
    },
    THROTTLING {
        @Override
        public void answer(Request request, OutputStream client) throws Exception {
            client.write(S3WireTest.error("503 Slow Down", "SlowDown"));
        }
    },
    BROKEN {
        @Override
        public void answer(Request request, OutputStream client) throws Exception {
            client.write(S3WireTest.error("500 Oops", "InternalError"));
        }
    },
    DENYING {
        @Override
        public void answer(Request request, OutputStream client) throws Exception {
            client.write(S3WireTest.error("403 Forbidden", "AccessDenied"));
        }
    },
    /** Shows nothing of what it has. */
    FORGETFUL {
        @Override
        public void answer(Request request, OutputStream client) throws Exception {
            client.write(
                    request.is("GET")
                            ? S3WireTest.error("404 Not Found", "NoSuchKey")
                            : request.forward());
        }
    },
    /** The end of each object is missing. */
    CUTTING {
        @Override
        public void answer(Request request, OutputStream client) throws Exception {
            byte[] answer = request.forward();
            client.write(Arrays.copyOf(answer, answer.length - (request.is("GET") ? 7 : 0)));
        }
    },
    /** Writes are carried out, and nobody hears of it. */
    MUTE {
        @Override
        public void answer(Request request, OutputStream client) throws Exception {
            byte[] answer = request.forward();
            if (!request.is("PUT")) client.write(answer);
        }
    };

    /** Longer than a client waits that is in a hurry. */
    private static final long LATE_MILLIS = 700;
}
