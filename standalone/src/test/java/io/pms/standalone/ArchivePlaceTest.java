package io.pms.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.objects.Encryption;
import io.pms.objects.ObjectStoreSettings;
import io.pms.objects.Retention;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Commands talk to an archive's store as the platform does: a drill writes its report there. */
class ArchivePlaceTest {
    private static final String URL = "s3://backup/pms";

    @Test
    void hasTheSettingsOfThePlatform() {
        ObjectStoreSettings settings =
                ArchivePlace.settings(
                        URL,
                        Map.of(
                                "PMS_ARCHIVE_ENDPOINT",
                                "https://minio:9000",
                                "PMS_ARCHIVE_REGION",
                                "eu-central-1",
                                "PMS_ARCHIVE_ENCRYPTION",
                                "aws:kms:key-1",
                                "PMS_ARCHIVE_LOCK",
                                "COMPLIANCE:30"));
        assertThat(settings.endpoint()).isEqualTo(URI.create("https://minio:9000"));
        assertThat(settings.region()).isEqualTo("eu-central-1");
        assertThat(settings.encryption()).isEqualTo(new Encryption.Kms("key-1"));
        assertThat(settings.retention()).isEqualTo(new Retention(Retention.Mode.COMPLIANCE, 30));
    }

    @Test
    void hasThoseOfTheBucketWhereNothingIsSaid() {
        assertThat(ArchivePlace.settings(URL, Map.of())).isEqualTo(ObjectStoreSettings.defaults());
    }

    @Test
    void saysWhatIsMalformed() {
        assertThatThrownBy(
                        () -> ArchivePlace.settings(URL, Map.of("PMS_ARCHIVE_ENCRYPTION", "yes")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PMS_ARCHIVE_ENCRYPTION");
    }
}
