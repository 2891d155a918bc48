package io.pms.archive.witness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who cosigns checkpoints. Each can be an environment variable ({@code PMS_WITNESSES}).
 *
 * @param witnesses pairs of a verifier key and a URL, with white space between all of them
 * @param witnessesFile has the same
 * @param witnessQuorum how many must cosign before a checkpoint is published; 0 for as many as do
 * @param witnessTimeout how long they are waited for, all together
 */
@ConfigurationProperties("pms")
public record WitnessProperties(
        @Nullable String witnesses,
        @Nullable Path witnessesFile,
        @DefaultValue("0") int witnessQuorum,
        @DefaultValue("2s") Duration witnessTimeout) {

    /**
     * @throws IllegalArgumentException when something is malformed
     * @throws IllegalStateException when the file cannot be read
     */
    public List<Witness> all() {
        if (witnesses != null) return Witness.parseAll(witnesses);
        return witnessesFile == null ? List.of() : Witness.parseAll(read(witnessesFile));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read PMS_WITNESSES_FILE: " + e, e);
        }
    }
}
