package io.pms.standalone;

import io.pms.archive.TrustedArchive;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which archive, and whose signature makes it one. */
final class ArchiveOption {
    @Option(
            names = "--archive",
            paramLabel = "URL",
            description = "s3://bucket/prefix or file:/folder (default: PMS_ARCHIVE_URL)")
    private @Nullable String archive;

    @Option(
            names = "--key",
            paramLabel = "VKEY",
            description =
                    "verifier key of the log, may come more than once (default: the archive's own)")
    private List<String> keys = List.of();

    ArchivePlace open(Map<String, String> environment) {
        String url = archive != null ? archive : environment.get("PMS_ARCHIVE_URL");
        if (url == null)
            throw new IllegalArgumentException(
                    "say where the archive is: --archive s3://bucket/prefix or file:/folder");
        return ArchivePlace.open(url, environment);
    }

    TrustedArchive trusted(ArchivePlace place) {
        return TrustedArchive.open(place.archive(), place.keys(keys));
    }
}
