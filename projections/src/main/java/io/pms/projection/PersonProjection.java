package io.pms.projection;

import io.pms.event.LogEvent;
import io.pms.event.PersonEvent;
import io.pms.event.PersonEvent.PersonErased;
import io.pms.event.PersonEvent.PersonRegistered;
import io.pms.event.PersonEvent.PersonRenamed;
import io.pms.event.Personal;
import io.pms.event.PersonalTexts;
import io.pms.event.PersonalTexts.Opened;
import io.pms.event.ProjectEvent;
import io.pms.event.TaskEvent;
import org.jspecify.annotations.Nullable;

/**
 * Every registered person with the name that belongs to the opaque id, and who was erased. Of an
 * erased person nothing but that is written, also when the projection is built again.
 */
public final class PersonProjection implements Projection {
    private final PersonalTexts texts;

    public PersonProjection(PersonalTexts texts) {
        this.texts = texts;
    }

    @Override
    public String name() {
        return "people";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void apply(Recorded recorded, Writes writes) {
        switch (recorded.event()) {
            case PersonEvent event ->
                    writes.entity(
                            "person",
                            recorded.tenant(),
                            event.personId(),
                            changes(recorded.tenant(), event).changedBy(recorded.entry()));
            case ProjectEvent event -> {}
            case TaskEvent event -> {}
            case LogEvent event -> {}
        }
    }

    private Fields changes(String tenant, PersonEvent event) {
        return switch (event) {
            case PersonRegistered e ->
                    named(texts.open(tenant, e.name()))
                            .text("email", e.email() == null ? null : text(tenant, e.email()));
            case PersonRenamed e -> named(texts.open(tenant, e.to()));
            case PersonErased e -> {
                texts.erased(tenant, e.personId());
                yield named(Opened.ERASED).text("email", null);
            }
        };
    }

    private @Nullable String text(String tenant, Personal personal) {
        return texts.open(tenant, personal).text();
    }

    private static Fields named(Opened name) {
        String text = name.text();
        Fields fields =
                new Fields()
                        .text("name", text)
                        .text("nameKey", text == null ? null : SortKey.ofName(text));
        return name.erased() ? fields.flag("erased", true) : fields;
    }
}
