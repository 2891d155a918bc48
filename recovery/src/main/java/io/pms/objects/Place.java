package io.pms.objects;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the URL of an object store says. */
sealed interface Place {
    /**
     * @param prefix of every key in the bucket: empty, or ending in a slash
     */
    record Bucket(String name, String prefix) implements Place {
        String url(String key) {
            return "s3://" + name + "/" + prefix + key;
        }
    }

    record Folder(Path path) implements Place {}

    /** Amazon's rules for new buckets, and what old ones and other servers also allow. */
    Pattern S3 = Pattern.compile("s3://([A-Za-z0-9][A-Za-z0-9._-]{2,62})(?:/(.*))?");

    /**
     * @throws IllegalArgumentException that says what to write instead
     */
    static Place parse(String url) {
        if (url.startsWith("s3:")) return bucket(url);
        if (url.startsWith("file:")) return new Folder(folder(url));
        throw wrong(url, "it must begin with s3: or file:");
    }

    private static Bucket bucket(String url) {
        Matcher parts = S3.matcher(url);
        if (!parts.matches())
            throw wrong(url, "a bucket's name has 3 to 63 letters, digits, dots and dashes");
        String prefix = parts.group(2) == null ? "" : parts.group(2).replaceFirst("/$", "");
        if (prefix.isEmpty()) return new Bucket(parts.group(1), "");
        if (!Keys.isKey(prefix))
            throw wrong(url, "its prefix may have names of letters, digits, dots, - and _ only");
        return new Bucket(parts.group(1), prefix + "/");
    }

    private static Path folder(String url) {
        try {
            URI uri = new URI(url);
            if (uri.isOpaque()) throw wrong(url, "a folder's path must begin with /");
            if (uri.getRawAuthority() != null)
                throw wrong(url, "after file: comes one slash, or three");
            if (uri.getRawQuery() != null || uri.getRawFragment() != null)
                throw wrong(url, "write ? as %3F and # as %23");
            return Path.of(uri).normalize();
        } catch (URISyntaxException e) {
            throw wrong(url, "write a space as %20 and so on (" + e.getReason() + ")");
        }
    }

    private static IllegalArgumentException wrong(String url, String hint) {
        return new IllegalArgumentException(
                "not an object store: "
                        + url
                        + "; "
                        + hint
                        + ". Write s3://bucket/prefix or file:/absolute/folder");
    }
}
