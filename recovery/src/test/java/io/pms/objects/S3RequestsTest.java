package io.pms.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What is said to a server. */
class S3RequestsTest extends S3WireTest {
    private String head(ObjectStoreSettings with, NewObject object, Condition condition) {
        wire.spoil((request, client) -> client.write(answer("200 OK\r\nETag: \"1\"", "")));
        try (ObjectStore other = ObjectStore.open(url, with)) {
            other.put(object, condition);
        }
        return wire.seen().getLast().head().toLowerCase(Locale.ROOT);
    }

    @Test
    void sayWhatTheObjectIs() {
        assertThat(head(settings(), object("1"), Condition.ifAbsent()))
                .startsWith("put /archive/")
                .contains("content-type: application/octet-stream\r\n")
                .contains("cache-control: no-cache\r\n")
                .contains("content-length: 1\r\n")
                .contains("content-md5: xmpcokc5i4inzfcab3wemw==\r\n")
                .contains("if-none-match: *\r\n")
                .contains("x-amz-meta-sha256: 6b86b273")
                .doesNotContain("aws-chunked", "x-amz-trailer", "expect:", "object-lock");
    }

    @Test
    void lockOnlyWhatIsPermanent() {
        ObjectStoreSettings locking =
                settings().withRetention(new Retention(Retention.Mode.COMPLIANCE, 365));
        NewObject tile = new NewObject("a", new byte[1], "a/b", "immutable", true);
        assertThat(head(locking, tile, Condition.ifAbsent()))
                .contains("x-amz-object-lock-mode: compliance\r\n")
                .containsPattern("x-amz-object-lock-retain-until-date: 20\\d\\d-\\d\\d-");
        assertThat(head(locking, object("1"), Condition.ifAbsent())).doesNotContain("object-lock");
    }

    @Test
    void askForEncryption() {
        assertThat(encrypted(new Encryption.OfTheBucket()))
                .doesNotContain("server-side-encryption");
        assertThat(encrypted(new Encryption.Aes256()))
                .contains("x-amz-server-side-encryption: aes256\r\n");
        assertThat(encrypted(new Encryption.Kms("key-7")))
                .contains("x-amz-server-side-encryption: aws:kms\r\n")
                .contains("x-amz-server-side-encryption-aws-kms-key-id: key-7\r\n");
    }

    private String encrypted(Encryption encryption) {
        return head(settings().withEncryption(encryption), object("1"), Condition.ifVersion("x"));
    }
}
