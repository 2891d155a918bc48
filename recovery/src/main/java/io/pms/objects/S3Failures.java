package io.pms.objects;

import io.pms.objects.ObjectStoreException.Reason;
import java.io.IOException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** What an error of the AWS SDK means for whoever uses the store. */
final class S3Failures {
    private final Place.Bucket place;

    S3Failures(Place.Bucket place) {
        this.place = place;
    }

    ObjectStoreException of(String key, SdkException e) {
        String object = place.url(key);
        if (e instanceof AwsServiceException answer)
            return new ObjectStoreException(reason(answer), object, problem(answer), e);
        return new ObjectStoreException(reason(e), object, problem(e), e);
    }

    private static Reason reason(AwsServiceException answer) {
        if (answer.isThrottlingException()) return Reason.THROTTLED;
        return switch (answer.statusCode()) {
            case 401, 403 -> Reason.DENIED;
            case 408 -> Reason.TIMEOUT;
            case 409 -> Reason.UNAVAILABLE; // another write is under way
            case 501 -> Reason.REFUSED;
            case 507 -> Reason.FULL;
            default -> answer.statusCode() >= 500 ? Reason.UNAVAILABLE : refused(answer);
        };
    }

    /** What was damaged on its way to the server may arrive the next time. */
    private static Reason refused(AwsServiceException answer) {
        return switch (code(answer)) {
            case "BadDigest", "IncompleteBody", "RequestTimeout", "XAmzContentSHA256Mismatch" ->
                    Reason.UNAVAILABLE;
            default -> Reason.REFUSED;
        };
    }

    private static String code(AwsServiceException answer) {
        if (answer.awsErrorDetails() == null) return "";
        String code = answer.awsErrorDetails().errorCode();
        return code == null ? "" : code;
    }

    private static String problem(AwsServiceException answer) {
        String hint =
                switch (code(answer)) {
                    case "NoSuchBucket" -> " (make the bucket or correct the URL)";
                    case "AccessDenied" ->
                            " (allow s3:GetObject, s3:PutObject, s3:DeleteObject and, so that"
                                    + " missing objects are told from forbidden ones,"
                                    + " s3:ListBucket)";
                    case "RequestTimeTooSkewed" -> " (set this machine's clock)";
                    case "PermanentRedirect", "AuthorizationHeaderMalformed" ->
                            " (set the region or endpoint of the bucket)";
                    default -> "";
                };
        return "the server says " + answer.getMessage() + hint;
    }

    private static Reason reason(SdkException e) {
        BadAnswerException bad = cause(e, BadAnswerException.class);
        if (bad != null) return bad.reason();
        if (e instanceof ApiCallTimeoutException
                || e instanceof ApiCallAttemptTimeoutException
                || cause(e, SocketTimeoutException.class) != null) return Reason.TIMEOUT;
        if (cause(e, SSLException.class) != null) return Reason.DENIED;
        return isAboutCredentials(e) ? Reason.DENIED : Reason.UNAVAILABLE;
    }

    /** The SDK has no type for it. A provider that cannot be reached is another matter. */
    private static boolean isAboutCredentials(SdkException e) {
        return cause(e, IOException.class) == null
                && String.valueOf(e.getMessage()).contains("Unable to load credentials");
    }

    private static String problem(SdkException e) {
        BadAnswerException bad = cause(e, BadAnswerException.class);
        return String.valueOf((bad == null ? e : bad).getMessage());
    }

    private static <T extends Throwable> @Nullable T cause(Throwable e, Class<T> type) {
        for (Throwable at = e; at != null; at = at.getCause())
            if (type.isInstance(at)) return type.cast(at);
        return null;
    }
}
