package io.pms.standalone;

import io.pms.log.EventLog;
import io.pms.log.NewEvent;
import io.pms.log.Unit;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What newer software would append, and this one cannot take. */
final class UnknownEvents {
    private UnknownEvents() {}

    /**
     * @param aggregateId a person's record that was made by one event
     */
    static void append(EventLog log, String aggregateId) {
        NewEvent event =
                new NewEvent(
                        null,
                        "pms.person.PersonTeleported.v9",
                        aggregateId,
                        1,
                        1,
                        "default",
                        "ann",
                        null,
                        null,
                        null,
                        null,
                        null,
                        "{}".getBytes(StandardCharsets.UTF_8));
        log.append(new Unit(List.of(event), null)).join();
    }
}
