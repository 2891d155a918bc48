package io.pms.standalone;

import io.pms.log.DatabaseUrl;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which database is written to: a data directory's or one by its URL. */
final class TargetOption {
    @ArgGroup private Place place = new Place();

    /** One or the other. */
    static final class Place {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = {
                    "the data directory of ./pms up, whose database is started for this; no platform may run there"
                })
        private @Nullable Path data;

        @Option(
                names = "--database",
                paramLabel = "URL",
                description =
                        "mysql://user:password@host:3306/database, with an account that may make tables and triggers"
                                + " (default: DATABASE_OWNER_URL, else DATABASE_URL)")
        private @Nullable String database;
    }

    /** The data directory, where one was named. */
    @Nullable Path data() {
        return place.data;
    }

    /**
     * One that has a log.
     *
     * @throws IllegalStateException when the data directory has none
     */
    LogPlace openExisting(Map<String, String> environment) {
        if (place.data != null) LogPlace.requireDatabase(place.data);
        return open(environment);
    }

    /**
     * @throws IllegalArgumentException when none was named, also not by the environment
     */
    LogPlace open(Map<String, String> environment) {
        if (place.data != null) return LogPlace.toFill(place.data);
        String url =
                place.database != null ? place.database : environment.get("DATABASE_OWNER_URL");
        if (url == null) url = environment.get("DATABASE_URL");
        if (url == null)
            throw new IllegalArgumentException(
                    "say which database: --data DIR or --database mysql://user:password@host:3306/database");
        return LogPlace.at(DatabaseUrl.parse(url));
    }
}
