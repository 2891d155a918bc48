package io.pms.projection;

import io.pms.event.LogEvent;
import io.pms.event.PersonEvent;
import io.pms.event.PersonEvent.PersonRegistered;
import io.pms.event.PersonEvent.PersonRenamed;
import io.pms.event.Personal;
import io.pms.event.ProjectEvent;
import io.pms.event.TaskEvent;
import org.jspecify.annotations.Nullable;

/** Every registered person with the name that belongs to the opaque id. */
public final class PersonProjection implements Projection {
    @Override
    public String name() {
        return "people";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void apply(Recorded recorded, Writes writes) {
        switch (recorded.event()) {
            case PersonEvent event ->
                    writes.entity(
                            "person",
                            recorded.tenant(),
                            event.personId(),
                            changes(event).changedBy(recorded.entry()));
            case ProjectEvent event -> {}
            case TaskEvent event -> {}
            case LogEvent event -> {}
        }
    }

    private static Fields changes(PersonEvent event) {
        return switch (event) {
            case PersonRegistered e ->
                    named(e.name()).text("email", e.email() == null ? null : text(e.email()));
            case PersonRenamed e -> named(e.to());
        };
    }

    private static Fields named(Personal name) {
        String text = text(name);
        return new Fields()
                .text("name", text)
                .text("nameKey", text == null ? null : SortKey.ofName(text));
    }

    /** Null for what is encrypted: without its key there is nothing to show. */
    private static @Nullable String text(Personal personal) {
        return switch (personal) {
            case Personal.Clear clear -> clear.text();
            case Personal.Sealed sealed -> null;
        };
    }
}
