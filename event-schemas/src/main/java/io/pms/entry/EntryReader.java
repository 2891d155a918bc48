package io.pms.entry;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one canonical entry, member by member in the fixed order, and refuses everything that the
 * writer would not have written.
 */
final class EntryReader {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /** What is in front of each text, by the member's name. */
    private static final Map<String, byte[]> STARTS =
            Stream.of(
                            "id",
                            "source",
                            "type",
                            "subject",
                            "time",
                            "recordedtime",
                            "position",
                            "sequence",
                            "tenant",
                            "actor",
                            "commandid",
                            "correlationid",
                            "causationid",
                            "traceparent",
                            "datacontenttype",
                            "metadata",
                            "data_base64")
                    .collect(Collectors.toUnmodifiableMap(Function.identity(), EntryReader::start));

    private final byte[] bytes;
    private int at;

    EntryReader(byte[] bytes) {
        this.bytes = bytes;
    }

    private static byte[] start(String name) {
        return (",\"" + name + "\":\"").getBytes(StandardCharsets.US_ASCII);
    }

    Entry read() {
        try {
            Entry entry = entry();
            if (!isEncodingOf(entry))
                throw new MalformedEntryException("an entry that is not in canonical form");
            return entry;
        } catch (MalformedEntryException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new MalformedEntryException("at byte " + at + ": " + e.getMessage(), e);
        }
    }

    private boolean isEncodingOf(Entry entry) {
        EntryBuffer encoded = new EntryBuffer(bytes.length);
        EntryCodec.encode(RawEntry.of(entry), encoded);
        return Arrays.equals(encoded.bytes(), 0, encoded.length(), bytes, 0, bytes.length);
    }

    private Entry entry() {
        expect("{\"specversion\":\"1.0\"");
        String id = required("id");
        int logId = EntryCodec.logId(required("source"));
        String type = required("type");
        String subject = optional("subject");
        long time = EntryTime.parse(required("time"));
        long recordedTime = EntryTime.parse(required("recordedtime"));
        long position = number(required("position"));
        long sequence = number(required("sequence"));
        String tenant = optional("tenant");
        String actor = optional("actor");
        String command = optional("commandid");
        String correlation = optional("correlationid");
        String causation = optional("causationid");
        String traceparent = optional("traceparent");
        String contentType = optional("datacontenttype");
        String metadata = optional("metadata");
        byte[] data = EntryCodec.isJson(contentType) ? json() : base64();
        return new Entry(
                logId,
                position,
                recordedTime,
                time,
                id,
                type,
                subject,
                sequence,
                tenant,
                actor,
                command == null ? null : uuid(command),
                correlation,
                causation,
                traceparent,
                metadata,
                contentType,
                data);
    }

    private static UUID uuid(String text) {
        UUID uuid = BinaryId.uuid(text);
        if (uuid == null) throw new IllegalArgumentException("commandid is not a UUID: " + text);
        return uuid;
    }

    private static long number(String text) {
        long value = Long.parseLong(text);
        if (value < 0) throw new IllegalArgumentException("a negative number: " + text);
        return value;
    }

    private byte[] json() {
        expect(",\"data\":");
        if (bytes[bytes.length - 1] != '}')
            throw new IllegalArgumentException("the entry does not end with }");
        byte[] data = Arrays.copyOfRange(bytes, at, bytes.length - 1);
        try (JsonParser parser = JSON.createParser(data)) {
            JsonToken first = parser.nextToken();
            if (first == null) throw new IllegalArgumentException("data is empty");
            parser.skipChildren();
            if (parser.nextToken() != null)
                throw new IllegalArgumentException("something follows data");
        } catch (JacksonException e) {
            throw new IllegalArgumentException("data is not JSON: " + e.getOriginalMessage(), e);
        }
        return data;
    }

    private byte[] base64() {
        String text = optional("data_base64");
        if (text == null) throw new IllegalArgumentException("data_base64 is missing");
        expect("}");
        if (at != bytes.length) throw new IllegalArgumentException("something follows the entry");
        return Base64.getDecoder().decode(text);
    }

    private String required(String name) {
        String value = optional(name);
        if (value == null) throw new IllegalArgumentException(name + " is missing or out of order");
        return value;
    }

    private @Nullable String optional(String name) {
        byte[] start = STARTS.get(name);
        if (start == null || !startsWith(start)) return null;
        at += start.length;
        int end = at;
        boolean escaped = false;
        while (bytes[end] != '"') {
            if (bytes[end] == '\\') {
                escaped = true;
                end++;
            }
            end++;
        }
        String text = utf8(at, end);
        at = end + 1;
        return escaped ? unescape(text) : text;
    }

    private String utf8(int from, int to) {
        if (isAscii(from, to))
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("text that is not UTF-8", e);
        }
    }

    /** Nearly all texts are, and a decoder costs more than all else. */
    private boolean isAscii(int from, int to) {
        int any = 0;
        for (int i = from; i < to; i++) any |= bytes[i];
        return any >= 0;
    }

    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            char kind = text.charAt(++i);
            switch (kind) {
                case '"', '\\' -> plain.append(kind);
                case 'b' -> plain.append('\b');
                case 't' -> plain.append('\t');
                case 'n' -> plain.append('\n');
                case 'f' -> plain.append('\f');
                case 'r' -> plain.append('\r');
                case 'u' -> {
                    plain.append((char) Integer.parseInt(text, i + 1, i + 5, 16));
                    i += 4;
                }
                default -> throw new IllegalArgumentException("an unknown escape: \\" + kind);
            }
        }
        return plain.toString();
    }

    private void expect(String text) {
        byte[] expected = text.getBytes(StandardCharsets.US_ASCII);
        if (!startsWith(expected)) throw new IllegalArgumentException("expected " + text);
        at += expected.length;
    }

    private boolean startsWith(byte[] expected) {
        return bytes.length - at >= expected.length
                && Arrays.equals(bytes, at, at + expected.length, expected, 0, expected.length);
    }
}
