package io.pms.archive.witness;

import io.pms.tlog.FormatException;
import io.pms.tlog.NoteVerifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A witness: whose cosignatures are believed, and where they are asked for.
 *
 * @param key the witness's own; it cosigns, and does not speak for the log
 * @param prefix its submission prefix
 */
public record Witness(NoteVerifier key, URI prefix) {
    /**
     * A note has room for a hundred signatures, of which the log's own take some, and everyone who
     * reads a checkpoint loads all of them.
     */
    static final int MAX_WITNESSES = 32;

    /**
     * @throws IllegalArgumentException when the key is not a witness's, or the prefix is not a URL
     *     without user, query and fragment
     */
    public Witness {
        if (!key.isCosigner())
            throw new IllegalArgumentException(
                    "PMS_WITNESSES: the key of " + key.name() + " is not one that cosigns");
        if (!isPrefix(prefix))
            throw new IllegalArgumentException(
                    "PMS_WITNESSES: the witness "
                            + key.name()
                            + " needs an http or https URL of a host, without user, query and fragment");
    }

    private static boolean isPrefix(URI uri) {
        return uri.getHost() != null
                && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
    }

    /**
     * Reads pairs of a verifier key and a URL, with white space between all of them; lines that
     * begin with {@code #} are left out.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    public static List<Witness> parseAll(String text) {
        String said =
                text.lines()
                        .filter(line -> !line.strip().startsWith("#"))
                        .collect(Collectors.joining(" "))
                        .strip();
        if (said.isEmpty()) return List.of();
        String[] words = said.split("\\s+");
        if (words.length % 2 != 0 || words.length > 2 * MAX_WITNESSES)
            throw new IllegalArgumentException(
                    "PMS_WITNESSES must be pairs of a verifier key and a URL, at most "
                            + MAX_WITNESSES
                            + " of them");
        List<Witness> witnesses = new ArrayList<>();
        for (int i = 0; i < words.length; i += 2) witnesses.add(parse(words[i], words[i + 1]));
        return witnesses;
    }

    private static Witness parse(String key, String url) {
        try {
            return new Witness(NoteVerifier.parse(key), new URI(url));
        } catch (FormatException e) {
            throw new IllegalArgumentException("PMS_WITNESSES: " + e.getMessage(), e);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "PMS_WITNESSES: what follows the key " + key + " is not a URL", e);
        }
    }

    URI addCheckpoint() {
        return URI.create(prefix.toString().replaceFirst("/$", "") + "/add-checkpoint");
    }
}
