package io.pms.objects;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** What is said to a bucket. */
final class S3Requests {
    /**
     * The name of the metadata that holds an object's hash: it proves a read from end to end,
     * whatever checksums the server knows.
     */
    static final String HASH = "sha256";

    private final Place.Bucket place;
    private final Encryption encryption;
    private final @Nullable Retention retention;
    private final InstantSource clock;

    S3Requests(
            Place.Bucket place,
            Encryption encryption,
            @Nullable Retention retention,
            InstantSource clock) {
        this.place = place;
        this.encryption = encryption;
        this.retention = retention;
        this.clock = clock;
    }

    GetObjectRequest get(String key) {
        return GetObjectRequest.builder().bucket(place.name()).key(place.prefix() + key).build();
    }

    DeleteObjectRequest delete(String key) {
        return DeleteObjectRequest.builder().bucket(place.name()).key(place.prefix() + key).build();
    }

    /**
     * Content-MD5 lets every server check what arrives, and S3 wants it (or another checksum) where
     * a retention is set.
     */
    PutObjectRequest put(NewObject object, Condition condition) {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder()
                        .bucket(place.name())
                        .key(place.prefix() + object.key())
                        .contentType(object.contentType())
                        .cacheControl(object.cacheControl())
                        .contentMD5(md5(object.bytes()))
                        .metadata(Map.of(HASH, Sha256.hex(object.bytes())));
        encrypt(request);
        if (object.permanent()) retain(request);
        return on(condition, request).build();
    }

    private static String md5(byte[] bytes) {
        return Base64.getEncoder().encodeToString(Sha256.digest("MD5", bytes));
    }

    private void encrypt(PutObjectRequest.Builder request) {
        switch (encryption) {
            case Encryption.OfTheBucket _ -> {}
            case Encryption.Aes256 _ -> request.serverSideEncryption(ServerSideEncryption.AES256);
            case Encryption.Kms kms ->
                    request.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                            .ssekmsKeyId(kms.keyId());
        }
    }

    private void retain(PutObjectRequest.Builder request) {
        if (retention == null) return;
        request.objectLockMode(ObjectLockMode.fromValue(retention.mode().name()))
                .objectLockRetainUntilDate(clock.instant().plus(Duration.ofDays(retention.days())));
    }

    private static PutObjectRequest.Builder on(
            Condition condition, PutObjectRequest.Builder request) {
        return switch (condition) {
            case Condition.Always _ -> request;
            case Condition.IfAbsent _ -> request.ifNoneMatch("*");
            case Condition.IfVersion expected -> request.ifMatch(expected.version());
        };
    }
}
