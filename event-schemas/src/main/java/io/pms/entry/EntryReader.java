package io.pms.entry;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
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

    private static final byte[] ID = start("id");
    private static final byte[] SOURCE = start("source");
    private static final byte[] TYPE = start("type");
    private static final byte[] SUBJECT = start("subject");
    private static final byte[] TIME = start("time");
    private static final byte[] RECORDED_TIME = start("recordedtime");
    private static final byte[] POSITION = start("position");
    private static final byte[] SEQUENCE = start("sequence");
    private static final byte[] TENANT = start("tenant");
    private static final byte[] ACTOR = start("actor");
    private static final byte[] COMMAND_ID = start("commandid");
    private static final byte[] CORRELATION_ID = start("correlationid");
    private static final byte[] CAUSATION_ID = start("causationid");
    private static final byte[] TRACEPARENT = start("traceparent");
    private static final byte[] CONTENT_TYPE = start("datacontenttype");
    private static final byte[] METADATA = start("metadata");
    private static final byte[] DATA_BASE64 = start("data_base64");
    private static final byte[] BEGIN = ascii("{\"specversion\":\"1.0\"");
    private static final byte[] DATA = ascii(",\"data\":");
    private static final byte[] END = ascii("}");

    private final byte[] bytes;
    private int at;

    EntryReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** What is in front of a text. */
    private static byte[] start(String name) {
        return ascii(",\"" + name + "\":\"");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
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
        expect(BEGIN);
        String id = required(ID);
        int logId = EntryCodec.logId(required(SOURCE));
        String type = required(TYPE);
        String subject = optional(SUBJECT);
        long time = EntryTime.parse(required(TIME));
        long recordedTime = EntryTime.parse(required(RECORDED_TIME));
        long position = number(required(POSITION));
        long sequence = number(required(SEQUENCE));
        String tenant = optional(TENANT);
        String actor = optional(ACTOR);
        String command = optional(COMMAND_ID);
        String correlation = optional(CORRELATION_ID);
        String causation = optional(CAUSATION_ID);
        String traceparent = optional(TRACEPARENT);
        String contentType = optional(CONTENT_TYPE);
        String metadata = optional(METADATA);
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
        expect(DATA);
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
        String text = optional(DATA_BASE64);
        if (text == null) throw new IllegalArgumentException("data_base64 is missing");
        expect(END);
        if (at != bytes.length) throw new IllegalArgumentException("something follows the entry");
        return Base64.getDecoder().decode(text);
    }

    private String required(byte[] start) {
        String value = optional(start);
        if (value == null)
            throw new IllegalArgumentException(
                    new String(start, 2, start.length - 5, StandardCharsets.US_ASCII)
                            + " is missing or out of order");
        return value;
    }

    private @Nullable String optional(byte[] start) {
        if (!startsWith(start)) return null;
        at += start.length;
        int begin = at;
        boolean escaped = false;
        at += EntryBuffer.plainAsciiLongs(bytes, at);
        boolean ascii = true;
        for (; bytes[at] != '"'; at++) {
            ascii &= bytes[at] >= 0;
            if (bytes[at] != '\\') continue;
            escaped = true;
            at++;
        }
        String text = text(begin, at++, ascii);
        return escaped ? unescape(text) : text;
    }

    /** Nearly all texts are ASCII, and a decoder costs more than all else. */
    private String text(int from, int to, boolean ascii) {
        if (ascii) return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("text that is not UTF-8", e);
        }
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

    private void expect(byte[] expected) {
        if (!startsWith(expected))
            throw new IllegalArgumentException(
                    "expected " + new String(expected, StandardCharsets.US_ASCII));
        at += expected.length;
    }

    private boolean startsWith(byte[] expected) {
        return bytes.length - at >= expected.length
                && Arrays.equals(bytes, at, at + expected.length, expected, 0, expected.length);
    }
}
