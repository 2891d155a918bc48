package io.pms.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.objects.ObjectStoreException.Reason;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Answers as an HTTP client could give them that checks nothing itself. */
class WholeObjectTest {
    private static final byte[] BYTES = "whole".getBytes(UTF_8);
    private static final Map<String, String> HASH = Map.of("Sha256", Sha256.hex(BYTES));

    private static GetObjectResponse.Builder answer() {
        return GetObjectResponse.builder().eTag("\"1\"");
    }

    private static StoredObject read(GetObjectResponse answer, InputStream body) {
        return new WholeObject(Duration.ofSeconds(9))
                .transform(answer, AbortableInputStream.create(body));
    }

    private static void refused(Reason reason, GetObjectResponse answer, InputStream body) {
        assertThatThrownBy(() -> read(answer, body))
                .cause()
                .isInstanceOfSatisfying(
                        BadAnswerException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static InputStream body() {
        return new ByteArrayInputStream(BYTES);
    }

    @Test
    void aLengthIsEnoughForWhatOthersStored() {
        assertThat(read(answer().contentLength(5L).build(), body()))
                .extracting(StoredObject::bytes)
                .isEqualTo(BYTES);
    }

    @Test
    void aHashIsEnoughWithoutALength() {
        assertThat(read(answer().metadata(HASH).build(), body()).bytes()).isEqualTo(BYTES);
    }

    @Test
    void withoutBothNothingIsProven() {
        refused(Reason.REFUSED, answer().build(), body());
    }

    @Test
    void anotherLengthIsRefused() {
        refused(Reason.UNAVAILABLE, answer().contentLength(6L).build(), body());
        refused(Reason.UNAVAILABLE, answer().contentLength(4L).build(), body());
    }

    @Test
    void anotherHashIsRefused() {
        Map<String, String> other = Map.of("sha256", Sha256.hex(new byte[0]));
        refused(Reason.CORRUPT, answer().contentLength(5L).metadata(other).build(), body());
    }

    @Test
    void withoutAVersionItIsOfNoUse() {
        GetObjectResponse answer = GetObjectResponse.builder().contentLength(5L).build();
        refused(Reason.REFUSED, answer, body());
    }

    @Test
    void aBodyWithoutEndIsBounded() {
        InputStream endless =
                new InputStream() {
                    @Override
                    public int read() {
                        return 0;
                    }

                    @Override
                    public int read(byte[] bytes, int from, int length) {
                        return length;
                    }
                };
        refused(Reason.CORRUPT, answer().build(), endless);
    }
}
