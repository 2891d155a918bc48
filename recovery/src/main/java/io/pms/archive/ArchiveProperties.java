package io.pms.archive;

import io.pms.objects.Encryption;
import io.pms.objects.ObjectStore;
import io.pms.objects.ObjectStoreSettings;
import io.pms.objects.Retention;
import io.pms.tlog.Hash;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the log is archived and how. Each can be an environment variable ({@code PMS_ARCHIVE_URL}).
 *
 * @param url {@code s3://bucket/prefix} or {@code file:/absolute/folder}; without it there is no
 *     archive
 * @param run whether this process may be the one that archives
 * @param interval the least time between two checkpoints, each of which costs some writes: a second
 *     unless commands wait for the archive
 * @param timeout how long commands wait for the archive, where they do
 * @param check whether a process looks into the archive before it starts
 * @param endpoint of an S3-compatible server that is not Amazon's
 * @param region of the bucket
 * @param encryption by the server: {@code AES256}, {@code aws:kms} or {@code aws:kms:KEY-ID};
 *     without it, as the bucket is set up
 * @param lock Object Lock of full tiles and bundles: {@code GOVERNANCE:DAYS} or {@code
 *     COMPLIANCE:DAYS}; without it none
 */
@ConfigurationProperties("pms.archive")
public record ArchiveProperties(
        @Nullable String url,
        @DefaultValue("true") boolean run,
        @Nullable Duration interval,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue("true") boolean check,
        @Nullable URI endpoint,
        @Nullable String region,
        @Nullable String encryption,
        @Nullable String lock) {

    /**
     * @throws IllegalArgumentException when something is malformed
     */
    public ObjectStoreSettings settings() {
        ObjectStoreSettings settings = ObjectStoreSettings.defaults();
        if (endpoint != null) settings = settings.withEndpoint(endpoint);
        if (region != null) settings = settings.withRegion(region);
        if (encryption != null) settings = settings.withEncryption(encryption(encryption));
        return lock == null ? settings : settings.withRetention(retention(lock));
    }

    /**
     * A hash that tells this place from others, however its URL is written. Where an archive can be
     * reached in two ways, all processes take the same.
     *
     * @throws IllegalArgumentException when the URL is malformed
     */
    byte[] place() {
        String server = endpoint == null ? "" : endpoint.toString().replaceFirst("/+$", "");
        String text = ObjectStore.canonical(String.valueOf(url)) + "\n" + server;
        return Hash.leaf(text.getBytes(StandardCharsets.UTF_8)).toBytes();
    }

    private static Encryption encryption(String text) {
        if (text.equals("AES256")) return new Encryption.Aes256();
        if (text.equals("aws:kms")) return new Encryption.Kms(null);
        if (text.startsWith("aws:kms:"))
            return new Encryption.Kms(text.substring("aws:kms:".length()));
        throw new IllegalArgumentException(
                "PMS_ARCHIVE_ENCRYPTION must be AES256, aws:kms or aws:kms:KEY-ID, not " + text);
    }

    private static Retention retention(String text) {
        String[] parts = text.split(":", 2);
        try {
            return new Retention(
                    Retention.Mode.valueOf(parts[0]),
                    Integer.parseInt(parts.length == 2 ? parts[1] : ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "PMS_ARCHIVE_LOCK must be GOVERNANCE:DAYS or COMPLIANCE:DAYS, not " + text, e);
        }
    }
}
