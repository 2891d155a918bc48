package io.pms.standalone;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How something is. */
enum Status {
    HEALTHY,
    DEGRADED,
    UNHEALTHY;

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
