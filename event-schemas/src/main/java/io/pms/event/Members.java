package io.pms.event;

import org.jspecify.annotations.Nullable;

/** What JSON may leave out although a value cannot be without it. */
final class Members {
    private Members() {}

    /**
     * @throws IllegalArgumentException naming the member, for whoever wrote the JSON
     */
    static void require(String of, String member, @Nullable Object value) {
        if (value == null) throw new IllegalArgumentException(of + " needs \"" + member + "\"");
    }
}
