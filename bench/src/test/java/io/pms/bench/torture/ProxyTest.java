package io.pms.bench.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pms.bench.torture.Proxy.Late;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A proxy before a server that takes packets and says that all is well. */
class ProxyTest {
    private static final byte[] OK = {7, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0};
    private static final byte[] APPEND = packet("\u0003ROLLBACK;START TRANSACTION;INSERT");
    private static final byte[] OTHER = packet("\u0003SELECT 1");

    private final Queue<byte[]> received = new ConcurrentLinkedQueue<>();
    private ServerSocket server;
    private Proxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        Thread.ofVirtual().start(this::serve);
        proxy = new Proxy(server.getLocalPort());
    }

    private void serve() {
        try (Socket client = server.accept()) {
            for (byte[] packet = MySqlPackets.read(client.getInputStream());
                    packet != null;
                    packet = MySqlPackets.read(client.getInputStream())) {
                received.add(packet);
                client.getOutputStream().write(OK);
            }
        } catch (IOException e) {
            // cut
        }
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    private Socket connect() throws IOException {
        String url = proxy.through("jdbc:mysql://127.0.0.1:" + server.getLocalPort() + "/x");
        return new Socket("127.0.0.1", URI.create(url.substring("jdbc:".length())).getPort());
    }

    private static byte[] packet(String payload) {
        byte[] text = payload.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.writeBytes(new byte[] {(byte) text.length, 0, 0, 0});
        packet.writeBytes(text);
        return packet.toByteArray();
    }

    private static byte[] ask(Socket client, byte[] packet) throws IOException {
        client.getOutputStream().write(packet);
        return client.getInputStream().readNBytes(OK.length);
    }

    @Test
    void passesEverythingUntilItIsToldOtherwise() throws IOException {
        try (Socket client = connect()) {
            assertThat(ask(client, OTHER)).isEqualTo(OK);
            assertThat(ask(client, APPEND)).isEqualTo(OK);
        }
        assertThat(received).containsExactly(OTHER, APPEND);
    }

    @Test
    void deliversAnAppendAfterItsClientHasGone() throws IOException {
        proxy.delayNextAppend(new Late(true, 5_000));
        try (Socket client = connect()) {
            assertThat(ask(client, OTHER)).isEqualTo(OK);
            assertThat(ask(client, APPEND)).as("it is closed").isEmpty();
            assertThat(received).doesNotContain(APPEND);
        }
        await().untilAsserted(() -> assertThat(proxy.counts.lateStored).hasValue(1));
        assertThat(received).containsExactly(OTHER, APPEND);
    }

    @Test
    void waitsUntilTheClientOfAnAppendGivesUp() throws IOException {
        proxy.delayNextAppend(new Late(false, 0));
        try (Socket client = connect()) {
            client.setSoTimeout(200);
            assertThatThrownBy(() -> ask(client, APPEND)).hasMessageContaining("timed out");
            assertThat(received).isEmpty();
        }
        await().untilAsserted(() -> assertThat(proxy.counts.lateStored).hasValue(1));
    }

    @Test
    void cutsWithinAPacket() throws IOException {
        try (Socket client = connect()) {
            assertThat(ask(client, OTHER)).isEqualTo(OK);
            proxy.cut(new Random(1));
            assertThatThrownBy(
                            () -> {
                                client.setSoTimeout(5_000);
                                while (ask(client, APPEND).length == OK.length) Thread.onSpinWait();
                                throw new IOException("closed");
                            })
                    .isInstanceOf(IOException.class);
        }
        await().untilAsserted(() -> assertThat(proxy.counts.cuts).hasValue(1));
    }
}
