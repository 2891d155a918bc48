package io.pms.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MonitorLineTest {
    @Test
    void tellsWhatAScriptCalledFromWhatAClientSent() {
        assertThat(line("+1767600000.123456 [0 lua] \"SET\" \"a\" \"b\"").isOfScript()).isTrue();
        assertThat(line("+1767600000.123456 [0 127.0.0.1:6379] \"SET\" \" lua] \"").isOfScript())
                .isFalse();
    }

    @Test
    void readsBytesAsTheyWere() {
        MonitorLine line =
                line(
                        "+1767600000.123456 [0 lua] \"ZADD\" \"\" \"a\\\"b\\\\c\" \"\\x00\\xc3\\xb6\\n\\r\\t\"");
        assertThat(line.arguments())
                .containsExactlyElementsOf(
                        List.of(bytes("ZADD"), bytes(""), bytes("a\"b\\c"), bytes("\0ö\n\r\t")));
    }

    private static MonitorLine line(String text) {
        byte[] bytes = bytes(text + "beyond");
        return new MonitorLine(bytes, bytes.length - "beyond".length());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
