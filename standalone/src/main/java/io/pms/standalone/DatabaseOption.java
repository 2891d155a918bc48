package io.pms.standalone;

import io.pms.log.DatabaseUrl;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which database: a data directory's or one by its URL. */
final class DatabaseOption {
    @ArgGroup private Place place = new Place();

    /** One or the other. */
    static final class Place {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "the data directory of ./pms up (default: .pms)")
        private @Nullable Path data;

        @Option(
                names = "--database",
                paramLabel = "URL",
                description = "mysql://user:password@host:3306/database (default: DATABASE_URL)")
        private @Nullable String database;
    }

    /** Whether one was named. */
    boolean isGiven() {
        return place.data != null || place.database != null;
    }

    /** Whether one was named, or the environment names one. */
    boolean isKnown(Map<String, String> environment) {
        return isGiven() || environment.containsKey("DATABASE_URL");
    }

    LogPlace open(Map<String, String> environment) {
        if (place.data != null) return LogPlace.in(place.data);
        String url = place.database != null ? place.database : environment.get("DATABASE_URL");
        return url != null ? LogPlace.at(DatabaseUrl.parse(url)) : LogPlace.in(Path.of(".pms"));
    }
}
