package io.pms.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists as records keep them: copied, and empty where JSON leaves them out. */
final class Lists {
    private Lists() {}

    static <T> List<T> copy(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
