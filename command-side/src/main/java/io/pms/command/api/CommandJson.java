package io.pms.command.api;

import io.pms.entry.JsonEventTypes;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * How commands are read: a value of another type than the member's is refused, not converted, so
 * that the log holds what was said. A decimal may be a number or a text; no digit of it is lost.
 */
final class CommandJson {
    /** A decimal as text. */
    static final String DECIMAL_PATTERN = "-?[0-9]{1,100}(\\.[0-9]{1,100})?([eE][+-]?[0-9]{1,9})?";

    private static final Pattern DECIMAL = Pattern.compile(DECIMAL_PATTERN);

    private CommandJson() {}

    static JsonMapper mapper() {
        return JsonEventTypes.mapper()
                .rebuild()
                .addModule(
                        new SimpleModule("strict values")
                                .addDeserializer(BigDecimal.class, new Decimal())
                                .addDeserializer(LocalDate.class, new LocalDates())
                                .addDeserializer(LocalDateTime.class, new LocalDateTimes()))
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .withCoercionConfigDefaults(coercions ->
                        coercions
                                .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
                .withCoercionConfig(
                        LogicalType.Textual,
                        coercions ->
                                coercions
                                        .setCoercion(
                                                CoercionInputShape.EmptyString,
                                                CoercionAction.TryConvert)
                                        .setCoercion(
                                                CoercionInputShape.Boolean, CoercionAction.Fail)
                                        .setCoercion(
                                                CoercionInputShape.Integer, CoercionAction.Fail)
                                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
                .withCoercionConfig(
                        LogicalType.Integer,
                        coercions ->
                                coercions
                                        .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
                                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
                .withCoercionConfig(
                        LogicalType.Boolean,
                        coercions ->
                                coercions
                                        .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
                                        .setCoercion(
                                                CoercionInputShape.Integer, CoercionAction.Fail))
                .build();
    }

    private static final class Decimal extends ValueDeserializer<BigDecimal> {
        @Override
        public BigDecimal deserialize(JsonParser json, DeserializationContext context) {
            if (json.currentToken().isNumeric()) return json.getDecimalValue();
            if (json.currentToken() == JsonToken.VALUE_STRING
                    && DECIMAL.matcher(json.getString()).matches())
                return new BigDecimal(json.getString());
            throw new IllegalArgumentException(
                    "a decimal is a number, or a text like \"12.50\" in the way of JSON's numbers");
        }
    }

    private static final class LocalDateTimes extends ValueDeserializer<LocalDateTime> {
        @Override
        public LocalDateTime deserialize(JsonParser json, DeserializationContext context) {
            if (json.currentToken() != JsonToken.VALUE_STRING)
                throw new IllegalArgumentException("a local date-time is a text");
            try {
                return LocalDateTime.parse(json.getString());
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException(
                        "a local date-time is written without an offset, for example 2026-11-23T08:00",
                        e);
            }
        }
    }

    private static final class LocalDates extends ValueDeserializer<LocalDate> {
        @Override
        public LocalDate deserialize(JsonParser json, DeserializationContext context) {
            if (json.currentToken() != JsonToken.VALUE_STRING)
                throw new IllegalArgumentException("a date is a text");
            try {
                return LocalDate.parse(json.getString());
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("a date is written as 2026-11-23", e);
            }
        }
    }
}
