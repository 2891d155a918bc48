package io.pms.query;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A client of server-sent events that reads when it is asked to, and else leaves everything where
 * it is; its own buffer is small.
 */
final class LiveClient implements AutoCloseable {
    private static final int RECEIVE_BUFFER = 4_096;

    private final Socket socket = new Socket();
    private final InputStream in;
    final int status;
    final Map<String, String> headers = new LinkedHashMap<>();
    private byte[] chunk = new byte[0];
    private int at;

    /** The id of the last block: what it would come back with. */
    long lastEventId = -1;

    /**
     * Lines up to an empty one.
     *
     * @param fields a comment has the name {@code ""}
     */
    record Block(Map<String, String> fields) {
        boolean isEvent() {
            return fields.containsKey("data");
        }

        long id() {
            return Long.parseLong(fields.get("id"));
        }

        JsonNode data() {
            return QueryServer.JSON.readTree(fields.get("data"));
        }
    }

    /**
     * A stream of an organisation, for example with the query {@code ?task=1}, however often it
     * takes to ask for it.
     */
    static LiveClient open(QueryServer server, String tenant, String query, String... headers) {
        return await().pollDelay(Duration.ZERO)
                .until(() -> tryToOpen(server, tenant, query, headers), Objects::nonNull);
    }

    private static @Nullable LiveClient tryToOpen(
            QueryServer server, String tenant, String query, String... headers) {
        LiveClient client = new LiveClient(server, "GET", tenant, query, headers);
        if (client.status != 503) return client;
        client.close();
        return null;
    }

    LiveClient(QueryServer server, String method, String tenant, String query, String... headers) {
        try {
            socket.setReceiveBufferSize(RECEIVE_BUFFER);
            socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
            StringBuilder request = new StringBuilder(method + " /api/live" + query + " HTTP/1.1");
            request.append("\r\nHost: x\r\nX-Tenant: ").append(tenant);
            for (int i = 0; i < headers.length; i += 2)
                request.append("\r\n").append(headers[i]).append(": ").append(headers[i + 1]);
            request.append("\r\n\r\n");
            socket.getOutputStream()
                    .write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
            in = socket.getInputStream();
            status = Integer.parseInt(line().split(" ")[1]);
            for (String line = line(); !line.isEmpty(); line = line())
                this.headers.put(
                        line.substring(0, line.indexOf(':')).toLowerCase(),
                        line.substring(line.indexOf(':') + 1).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client that comes back after the last block of this one. */
    LiveClient again(QueryServer server, String tenant, String query) {
        close();
        return open(server, tenant, query, "Last-Event-ID", String.valueOf(lastEventId));
    }

    /** Null when the stream was ended properly, at the end of a block. */
    @Nullable Block next() throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line = textLine(); line != null; line = textLine()) {
            if (line.isEmpty()) {
                Block block = new Block(fields);
                lastEventId = block.id();
                return block;
            }
            int colon = line.indexOf(':');
            if (fields.put(line.substring(0, colon), line.substring(colon + 1).strip()) != null)
                throw new IOException("twice in a block: " + line);
        }
        if (!fields.isEmpty()) throw new EOFException("in the middle of a block: " + fields);
        return null;
    }

    /** The next block with data. */
    Block nextEvent() throws IOException {
        for (Block block = next(); block != null; block = next()) if (block.isEvent()) return block;
        throw new EOFException("the stream has ended");
    }

    /** The ids of all events until it is said that the stream is at a position. */
    List<Long> idsUntil(long position) throws IOException {
        List<Long> ids = new ArrayList<>();
        while (lastEventId < position) {
            Block block = next();
            if (block == null) throw new EOFException("the stream has ended");
            if (block.isEvent()) ids.add(block.id());
        }
        return ids;
    }

    /** Whether everything that the server sent ends, one way or another. */
    boolean ends() {
        try {
            while (next() != null) continue;
        } catch (IOException e) {
            // hung up on
        }
        return true;
    }

    private @Nullable String textLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = bodyByte(); b != '\n'; b = bodyByte()) {
            if (b < 0 && line.size() > 0) throw new EOFException("in the middle of a line");
            if (b < 0) return null;
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** -1 after the last chunk. */
    private int bodyByte() throws IOException {
        if (at == chunk.length) {
            chunk = in.readNBytes(Integer.parseInt(line(), 16));
            at = 0;
            line();
        }
        return chunk.length == 0 ? -1 : chunk[at++] & 0xff;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) throw new EOFException("the connection was closed");
            if (b != '\r') line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
