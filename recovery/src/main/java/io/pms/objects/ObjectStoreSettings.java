package io.pms.objects;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to talk to an object store. A folder takes the timeout of a call and nothing else.
 *
 * <p>With an {@code https} endpoint the server's certificate is checked against the trust store of
 * the JVM; one of your own is named by the system properties {@code javax.net.ssl.trustStore} and
 * {@code javax.net.ssl.trustStorePassword}.
 *
 * @param endpoint of a server that is not Amazon's, for example {@code https://minio:9000}; null
 *     for Amazon's
 * @param region null for what the environment says, and {@code us-east-1} where an endpoint is
 *     given
 * @param pathStyle whether the bucket is in the path instead of the host name; null for true where
 *     an endpoint is given, else false
 * @param credentials null for the default chain of the AWS SDK: system properties, environment, web
 *     identity, profile, container, instance
 * @param retention of objects that are {@linkplain NewObject#permanent permanent}; the bucket must
 *     have Object Lock. Null for none
 */
public record ObjectStoreSettings(
        @Nullable URI endpoint,
        @Nullable String region,
        @Nullable Boolean pathStyle,
        @Nullable Credentials credentials,
        Encryption encryption,
        @Nullable Retention retention,
        Timeouts timeouts) {

    /**
     * @throws IllegalArgumentException when the endpoint is not an http or https URL of a host
     */
    public ObjectStoreSettings {
        if (endpoint != null && !isServer(endpoint))
            throw new IllegalArgumentException(
                    "not the endpoint of a server: " + endpoint + "; write https://host:port");
    }

    private static boolean isServer(URI uri) {
        return uri.getHost() != null
                && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
    }

    /** Amazon's servers, and whatever the environment says. */
    public static ObjectStoreSettings defaults() {
        return new ObjectStoreSettings(
                null, null, null, null, new Encryption.OfTheBucket(), null, Timeouts.DEFAULT);
    }

    public ObjectStoreSettings withEndpoint(URI other) {
        return new ObjectStoreSettings(
                other, region, pathStyle, credentials, encryption, retention, timeouts);
    }

    public ObjectStoreSettings withRegion(String other) {
        return new ObjectStoreSettings(
                endpoint, other, pathStyle, credentials, encryption, retention, timeouts);
    }

    public ObjectStoreSettings withPathStyle(boolean other) {
        return new ObjectStoreSettings(
                endpoint, region, other, credentials, encryption, retention, timeouts);
    }

    public ObjectStoreSettings withCredentials(String accessKey, String secret) {
        return new ObjectStoreSettings(
                endpoint,
                region,
                pathStyle,
                new Credentials(accessKey, secret),
                encryption,
                retention,
                timeouts);
    }

    public ObjectStoreSettings withEncryption(Encryption other) {
        return new ObjectStoreSettings(
                endpoint, region, pathStyle, credentials, other, retention, timeouts);
    }

    public ObjectStoreSettings withRetention(Retention other) {
        return new ObjectStoreSettings(
                endpoint, region, pathStyle, credentials, encryption, other, timeouts);
    }

    public ObjectStoreSettings withTimeouts(Timeouts other) {
        return new ObjectStoreSettings(
                endpoint, region, pathStyle, credentials, encryption, retention, other);
    }

    /** Its text does not show the secret. */
    public record Credentials(String accessKey, String secret) {
        @Override
        public String toString() {
            return accessKey + ":…";
        }
    }

    /**
     * @param connect until a connection stands: more than a lost SYN's second, which is repeated
     *     once
     * @param read of silence within an answer
     * @param call all of it, with the retries of the SDK; a folder waits as long for its lock
     */
    public record Timeouts(Duration connect, Duration read, Duration call) {
        /**
         * A write of a bundle of 16.8 MB is done in 3 s on a line of 50 Mbit/s. An archive that
         * hears nothing for half a minute is better told so, because its lag is an alarm.
         */
        public static final Timeouts DEFAULT =
                new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(30));

        public Timeouts {
            if (!connect.isPositive() || !read.isPositive() || !call.isPositive())
                throw new IllegalArgumentException("every call needs a time to end");
        }
    }
}
