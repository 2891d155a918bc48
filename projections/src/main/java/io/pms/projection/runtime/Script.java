package io.pms.projection.runtime;

import io.lettuce.core.ScriptOutputType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The Lua scripts of the runtime. */
enum Script {
    APPLY(ScriptOutputType.INTEGER),
    LOAD(ScriptOutputType.MULTI),
    BEGIN(ScriptOutputType.INTEGER),
    DROP(ScriptOutputType.INTEGER),
    LEASE(ScriptOutputType.INTEGER),
    WORKERS(ScriptOutputType.INTEGER),
    LOOK(ScriptOutputType.MULTI);

    final ScriptOutputType output;
    final String text;

    /** What Redis calls it. */
    final String digest;

    Script(ScriptOutputType output) {
        this.output = output;
        this.text = text(Script.class, name().toLowerCase(java.util.Locale.ROOT) + ".lua");
        this.digest = digest(text);
    }

    /** A script from the resources of a package. */
    static String text(Class<?> owner, String file) {
        try (InputStream in = owner.getResourceAsStream(file)) {
            if (in == null) throw new IllegalStateException("there is no " + file);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
