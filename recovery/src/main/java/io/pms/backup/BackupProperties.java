package io.pms.backup;

import io.pms.objects.ObjectStoreSettings;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the database is backed up and how often. Each can be an environment variable ({@code
 * PMS_BACKUP_URL}).
 *
 * @param url {@code s3://bucket/prefix} or {@code file:/absolute/folder}; without it there are no
 *     backups
 * @param run whether this process may be the one that makes them
 * @param every how often
 * @param keep for how long
 * @param endpoint of an S3-compatible server that is not Amazon's
 * @param region of the bucket
 */
@ConfigurationProperties("pms.backup")
public record BackupProperties(
        @Nullable String url,
        @DefaultValue("true") boolean run,
        @DefaultValue("1d") Duration every,
        @DefaultValue("30d") Duration keep,
        @Nullable URI endpoint,
        @Nullable String region) {

    ObjectStoreSettings settings() {
        return settings(endpoint, region);
    }

    /** The same for whoever has no properties. */
    public static ObjectStoreSettings settings(@Nullable URI endpoint, @Nullable String region) {
        ObjectStoreSettings settings = ObjectStoreSettings.defaults();
        if (endpoint != null) settings = settings.withEndpoint(endpoint);
        return region == null ? settings : settings.withRegion(region);
    }
}
