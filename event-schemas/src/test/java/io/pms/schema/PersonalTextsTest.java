package io.pms.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.entry.JsonEventTypes;
import io.pms.event.Event;
import io.pms.event.Personal;
import io.pms.event.Personal.Clear;
import io.pms.event.PersonalTexts;
import io.pms.event.PersonalTexts.Opened;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever adds a personal text to an event must see to it that it is sealed. */
class PersonalTextsTest {
    private final JsonEventTypes types = new JsonEventTypes();

    @Test
    void areFoundWhereverAnEventHasOne() {
        for (Class<? extends Event> record : JsonEventTypes.records())
            for (Event event : SampleEvents.of(record)) {
                List<Personal> found = new ArrayList<>();
                Event replaced =
                        event.mapPersonal(text -> {
                            found.add(text);
                            return new Clear(text.subject(), "replaced");
                        });
                String json = new String(types.write(replaced), StandardCharsets.UTF_8);
                assertThat(json.split("\"subject\"", -1)).as(json).hasSize(found.size() + 1);
                assertThat(json.split("\"replaced\"", -1)).as(json).hasSize(found.size() + 1);
                assertThat(json).doesNotContain("ciphertext");
            }
    }

    @Test
    void costNothingWhereThereIsNone() {
        for (Class<? extends Event> record : JsonEventTypes.records())
            for (Event event : SampleEvents.of(record))
                if (!new String(types.write(event), StandardCharsets.UTF_8).contains("\"subject\""))
                    assertThat(event.mapPersonal(text -> text)).isSameAs(event);
    }

    @Test
    void areNotPrinted() {
        assertThat(new Clear("p", "Ann Example")).hasToString("Clear[subject=p]");
    }

    @Test
    void areReadableWithoutKeysWhenTheyWereNeverSealed() {
        PersonalTexts texts = PersonalTexts.CLEAR_ONLY;
        assertThat(texts.open("acme", new Clear("p", "Ann"))).isEqualTo(Opened.of("Ann"));
        assertThat(texts.open("acme", new Personal.Sealed("p", "1", "", "")))
                .isEqualTo(Opened.UNREADABLE);
    }
}
