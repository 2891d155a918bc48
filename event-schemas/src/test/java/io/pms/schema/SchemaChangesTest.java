package io.pms.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.event.Personal;
import io.pms.event.SourceAttribute;
import io.pms.schema.SchemaChanges.Change;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The detector must bite: what happens when a record like {@link Before} is changed. */
class SchemaChangesTest {
    enum Size {
        SMALL,
        LARGE
    }

    record Place(String street, @Nullable String town) {}

    record Before(
            String id,
            @Nullable String note,
            BigDecimal amount,
            Size size,
            List<Place> places,
            List<SourceAttribute> attributes,
            Personal name) {}

    private static final ObjectNode BEFORE = EventSchemas.of("test.v1", Before.class);

    private static List<String> changes(Class<?> after) {
        return SchemaChanges.between(BEFORE, EventSchemas.of("test.v1", after)).stream()
                .map(Change::toString)
                .toList();
    }

    @Test
    void findsNothingWhenNothingChanged() {
        assertThat(changes(Before.class)).isEmpty();
    }

    @Nested
    class Breaking {
        record WithoutNote(
                String id,
                BigDecimal amount,
                Size size,
                List<Place> places,
                List<SourceAttribute> attributes,
                Personal name) {}

        @Test
        void isAMemberThatWasRemovedEvenAnOptionalOne() {
            assertThat(changes(WithoutNote.class)).containsExactly("breaking: note was removed");
        }

        record NewRequired(
                String id,
                @Nullable String note,
                BigDecimal amount,
                Size size,
                List<Place> places,
                List<SourceAttribute> attributes,
                Personal name,
                boolean urgent) {}

        @Test
        void isANewMemberThatIsRequired() {
            assertThat(changes(NewRequired.class))
                    .containsExactly(
                            "compatible: urgent was added", "breaking: urgent is required now");
        }

        record NoteRequired(
                String id,
                String note,
                BigDecimal amount,
                Size size,
                List<Place> places,
                List<SourceAttribute> attributes,
                Personal name) {}

        @Test
        void isAnOptionalMemberThatBecameRequired() {
            assertThat(changes(NoteRequired.class))
                    .containsExactly("breaking: note is required now");
        }

        record OtherTypes(
                long id,
                @Nullable String note,
                String amount,
                Size size,
                String places,
                List<SourceAttribute> attributes,
                Place name) {}

        @Test
        void isAnotherType() {
            assertThat(changes(OtherTypes.class))
                    .contains("breaking: id has another type: \"integer\" instead of \"string\"")
                    .contains("breaking: places has another type: \"string\" instead of \"array\"")
                    .anyMatch(change -> change.startsWith("breaking: amount has another pattern"))
                    .anyMatch(change -> change.startsWith("breaking: name has another type"));
        }

        record DeepInside(
                String id,
                @Nullable String note,
                BigDecimal amount,
                Inside.Size size,
                List<Inside.Place> places,
                List<Inside.SourceAttribute> attributes,
                Inside.Personal name) {}

        interface Inside {
            enum Size {
                SMALL,
                MEDIUM
            }

            record Place(@Nullable String street) {}

            record SourceAttribute(
                    String key, int type, @Nullable String value, List<SourceAttribute> children) {}

            sealed interface Personal {
                record Clear(String subject, String text, String language) implements Personal {}

                record Hashed(String hash) implements Personal {}
            }
        }

        @Test
        void isFoundInListsEnumsDefinitionsThatContainThemselvesAndAlternatives() {
            assertThat(changes(DeepInside.class))
                    .containsExactlyInAnyOrder(
                            "breaking: size lost the value LARGE",
                            "compatible: size has the new value MEDIUM",
                            "breaking: places[].town was removed",
                            "compatible: places[].street may be absent now",
                            "breaking: attributes[].type has another type: \"integer\" instead of \"string\"",
                            "breaking: name lost the alternative #/$defs/Sealed",
                            "compatible: name has the new alternative #/$defs/Hashed",
                            "compatible: name.language was added",
                            "breaking: name.language is required now");
        }
    }

    @Nested
    class Compatible {
        record Wider(
                @Nullable String id,
                @Nullable String note,
                BigDecimal amount,
                Inside.Size size,
                List<Place> places,
                List<SourceAttribute> attributes,
                Personal name,
                @Nullable String colour,
                List<String> tags) {}

        interface Inside {
            enum Size {
                SMALL,
                MEDIUM,
                LARGE
            }
        }

        @Test
        void isANewOptionalMemberANewListANewEnumValueAndAMemberThatMayBeAbsentNow() {
            assertThat(changes(Wider.class))
                    .containsExactlyInAnyOrder(
                            "compatible: id may be absent now",
                            "compatible: size has the new value MEDIUM",
                            "compatible: colour was added",
                            "compatible: tags was added");
        }
    }
}
