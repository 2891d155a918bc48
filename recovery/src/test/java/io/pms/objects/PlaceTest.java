package io.pms.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {
    @Test
    void aBucketMayHaveAPrefix() {
        assertThat(Place.parse("s3://archive")).isEqualTo(new Place.Bucket("archive", ""));
        assertThat(Place.parse("s3://archive/")).isEqualTo(new Place.Bucket("archive", ""));
        Place.Bucket prefixed = new Place.Bucket("old_archive.eu", "pms/log-0/");
        assertThat(Place.parse("s3://old_archive.eu/pms/log-0")).isEqualTo(prefixed);
        assertThat(Place.parse("s3://old_archive.eu/pms/log-0/")).isEqualTo(prefixed);
        assertThat(prefixed.url("checkpoint"))
                .isEqualTo("s3://old_archive.eu/pms/log-0/checkpoint");
    }

    @Test
    void aFolderIsAnAbsolutePath() {
        Place folder = new Place.Folder(Path.of("/var/pms/my archive"));
        assertThat(Place.parse("file:/var/pms/my%20archive")).isEqualTo(folder);
        assertThat(Place.parse("file:///var/pms/my%20archive")).isEqualTo(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "archive",
                "/var/archive",
                "S3://archive",
                "s3:archive",
                "s3://",
                "s3:///prefix",
                "s3://ab",
                "s3://archive/../x",
                "s3://archive//x",
                "s3://archive/x?versionId=1",
                "s3://user@archive",
                "https://archive.s3.amazonaws.com",
                "file:archive",
                "file:./archive",
                "file://host/archive",
                "file:/archive?x",
                "file:/archive#x",
                "file:/my archive"
            })
    void anythingElseIsRefusedWithWhatToWrite(String url) {
        assertThatThrownBy(() -> ObjectStore.open(url, ObjectStoreSettings.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Write s3://bucket/prefix or file:/absolute/folder");
    }

    @Test
    void settingsThatCannotBeRightAreRefused() {
        ObjectStoreSettings settings = ObjectStoreSettings.defaults();
        for (String endpoint : new String[] {"minio:9000", "s3://minio", "https:/minio", "x"})
            assertThatThrownBy(() -> settings.withEndpoint(URI.create(endpoint)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("https://host:port");
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new ObjectStoreSettings.Timeouts(second, second, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Retention(Retention.Mode.GOVERNANCE, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anObjectIsBoundedAndHasAKey() {
        byte[] tooLarge = new byte[ObjectStore.MAX_OBJECT_BYTES + 1];
        assertThatThrownBy(() -> ObjectStoreContract.object("a", tooLarge))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("are allowed");
        assertThatThrownBy(() -> ObjectStoreContract.object("../a", new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSecretIsNotShown() {
        assertThat(ObjectStoreSettings.defaults().withCredentials("id", "s3cr3t").toString())
                .contains("id")
                .doesNotContain("s3cr3t");
    }
}
