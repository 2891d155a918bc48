package io.pms.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a restored data directory lacks that is in no archive and in no backup. */
final class KeysToBringBack {
    private final @Nullable Path data;
    private final Map<String, String> environment;

    /**
     * @param data null where the database is not a data directory's: nothing is said then
     */
    KeysToBringBack(@Nullable Path data, Map<String, String> environment) {
        this.data = data;
        this.environment = environment;
    }

    /** The key that signs what the archive goes on with. */
    void saySigningKey() {
        boolean elsewhere =
                environment.containsKey("PMS_SIGNING_KEY")
                        || environment.containsKey("PMS_SIGNING_KEY_FILE");
        if (!elsewhere)
            say(
                    "signing-key",
                    "an archive does not go on with another key (docs/runbooks/leaked-signing-key.md)");
    }

    /** The key that unwraps people's keys. */
    void sayMasterKey() {
        if (!environment.containsKey("PMS_MASTER_KEY_FILE"))
            say(
                    "master.key",
                    "without it nobody's name can be read, and the platform does not start");
    }

    private void say(String file, String why) {
        if (data != null && !Files.exists(data.resolve(file)))
            System.out.printf(
                    "bring %s back before ./pms up: %s%n",
                    data.resolve(file).toAbsolutePath().normalize(), why);
    }
}
