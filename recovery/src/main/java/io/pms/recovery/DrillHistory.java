package io.pms.recovery;

import io.pms.objects.Condition;
import io.pms.objects.NewObject;
import io.pms.objects.ObjectStore;
import io.pms.objects.PutOutcome;
import io.pms.objects.StoredObject;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * The reports of drills, beside the archive that they were about: who has lost everything else
 * still has them. Thread-safe.
 */
public final class DrillHistory {
    private static final String PREFIX = "drills/";

    /** Its order is that of time. */
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ObjectStore store;

    public DrillHistory(ObjectStore store) {
        this.store = store;
    }

    public void add(DrillReport report) {
        NewObject object =
                new NewObject(
                        PREFIX + NAME.format(report.time()) + ".json",
                        JSON.writeValueAsBytes(report),
                        "application/json",
                        "no-cache",
                        false);
        if (store.put(object, Condition.ifAbsent()) instanceof PutOutcome.Refused)
            throw new IllegalStateException("there is a drill of " + report.time() + " already");
    }

    /** All of them, the newest first. */
    public List<DrillReport> all() {
        List<DrillReport> reports = new ArrayList<>();
        for (String key : keys()) read(key).ifPresent(reports::add);
        return reports.reversed();
    }

    public Optional<DrillReport> latest() {
        List<String> keys = keys();
        return keys.isEmpty() ? Optional.empty() : read(keys.getLast());
    }

    /** The newest one that found nothing wrong. */
    public Optional<DrillReport> latestGood() {
        for (String key : keys().reversed()) {
            Optional<DrillReport> report = read(key).filter(DrillReport::ok);
            if (report.isPresent()) return report;
        }
        return Optional.empty();
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        while (true) {
            List<String> page =
                    store.list(
                            PREFIX, keys.isEmpty() ? null : keys.getLast(), ObjectStore.MAX_LIST);
            keys.addAll(page);
            if (page.size() < ObjectStore.MAX_LIST) return keys;
        }
    }

    private Optional<DrillReport> read(String key) {
        return store.get(key)
                .map(StoredObject::bytes)
                .map(bytes -> JSON.readValue(bytes, DrillReport.class));
    }
}
