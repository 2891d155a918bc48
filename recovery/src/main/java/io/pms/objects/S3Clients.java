package io.pms.objects;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Clients of the AWS SDK as every S3-compatible server understands them.
 *
 * <p>Retries are the SDK's, in its mode {@code STANDARD}: three attempts with growing, random
 * pauses, fewer when most calls fail.
 */
final class S3Clients {
    /** A server that is not Amazon's does not mind, but the signature needs one. */
    private static final Region ANY_REGION = Region.US_EAST_1;

    private S3Clients() {}

    /**
     * @throws IllegalArgumentException when no region is known
     */
    static S3Client open(ObjectStoreSettings settings) {
        ObjectStoreSettings.Timeouts timeouts = settings.timeouts();
        S3ClientBuilder builder =
                S3Client.builder()
                        .httpClientBuilder(
                                UrlConnectionHttpClient.builder()
                                        .connectionTimeout(timeouts.connect())
                                        .socketTimeout(timeouts.read()))
                        .overrideConfiguration(calls ->
                                calls.apiCallTimeout(timeouts.call())
                                        .retryStrategy(RetryMode.STANDARD))
                        // Checksums in trailers are chunked, which many servers refuse; writes
                        // carry Content-MD5 instead.
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        // The JDK waits 5 s for a server that does not know "Expect".
                        .serviceConfiguration(
                                s3 -> s3.chunkedEncodingEnabled(false).expectContinueEnabled(false))
                        .forcePathStyle(pathStyle(settings))
                        .endpointOverride(settings.endpoint());
        Region region = region(settings);
        if (region != null) builder.region(region);
        ObjectStoreSettings.Credentials credentials = settings.credentials();
        if (credentials != null)
            builder.credentialsProvider(
                    StaticCredentialsProvider.create(
                            AwsBasicCredentials.create(
                                    credentials.accessKey(), credentials.secret())));
        return build(builder);
    }

    private static boolean pathStyle(ObjectStoreSettings settings) {
        Boolean said = settings.pathStyle();
        return said == null ? settings.endpoint() != null : said;
    }

    private static @Nullable Region region(ObjectStoreSettings settings) {
        if (settings.region() != null) return Region.of(settings.region());
        return settings.endpoint() == null ? null : ANY_REGION;
    }

    private static S3Client build(S3ClientBuilder builder) {
        try {
            return builder.build();
        } catch (SdkClientException e) {
            throw new IllegalArgumentException(
                    "no region is known for the bucket; set AWS_REGION", e);
        }
    }
}
