package io.pms.entry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The canonical encoding of an entry: a CloudEvents 1.0 JSON document in UTF-8, one and the same
 * bytes for one entry.
 *
 * <p>The attributes stand in one order, absent ones are omitted, {@code data} comes last and is not
 * touched. There is no white space between members; strings escape only what JSON demands. What
 * decodes also encodes to the same bytes. {@code docs/adr/0001-one-encoding-for-an-event.md} says
 * why.
 */
public final class EntryCodec {
    /** What the length prefix of an entry bundle can say (C2SP tlog-tiles). */
    public static final int MAX_BYTES = 65_535;

    private static final String SOURCE = "/pms/log/";

    private static final byte[] BEGIN = ascii("{\"specversion\":\"1.0\",\"id\":");
    private static final byte[] SOURCE_MEMBER = ascii(",\"source\":\"" + SOURCE);
    private static final byte[] TYPE = ascii(",\"type\":");
    private static final byte[] SUBJECT = ascii(",\"subject\":");
    private static final byte[] TIME = ascii(",\"time\":\"");
    private static final byte[] RECORDED_TIME = ascii(",\"recordedtime\":\"");
    private static final byte[] POSITION = ascii("\",\"position\":\"");
    private static final byte[] SEQUENCE = ascii(",\"sequence\":\"");
    private static final byte[] TENANT = ascii(",\"tenant\":");
    private static final byte[] ACTOR = ascii(",\"actor\":");
    private static final byte[] COMMAND_ID = ascii(",\"commandid\":");
    private static final byte[] CORRELATION_ID = ascii(",\"correlationid\":");
    private static final byte[] CAUSATION_ID = ascii(",\"causationid\":");
    private static final byte[] TRACEPARENT = ascii(",\"traceparent\":");
    private static final byte[] CONTENT_TYPE = ascii(",\"datacontenttype\":");
    private static final byte[] METADATA = ascii(",\"metadata\":");
    private static final byte[] DATA = ascii(",\"data\":");
    private static final byte[] DATA_BASE64 = ascii(",\"data_base64\":\"");

    private EntryCodec() {}

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * An entry without what only the committer knows. {@link #complete} adds it cheaply.
     *
     * @param before the bytes before the recorded time, without its member
     * @param after the bytes after the position
     */
    public record Prepared(byte[] before, byte[] after) {
        /** The two members without the digits of the position. */
        private static final int STAMP =
                ",\"recordedtime\":\"2026-11-23T08:00:00.000000Z\",\"position\":\"\"".length();

        /** The longest that the entry can become, in bytes: with a 19-digit position. */
        public int maxBytes() {
            return before.length + STAMP + 19 + after.length;
        }

        public byte[] complete(long position, long recordedTimeMicros) {
            int stamp = STAMP + EntryBuffer.digits(position);
            EntryBuffer out = new EntryBuffer(before.length + stamp + after.length);
            out.put(before);
            stamp(out, position, recordedTimeMicros);
            out.put(after);
            return out.toArray();
        }
    }

    /**
     * Everything but position and recorded time, which are ignored here.
     *
     * @throws IllegalArgumentException when a text is not Unicode or a time has no four-digit year
     */
    public static Prepared prepare(Entry entry) {
        RawEntry raw = RawEntry.of(entry);
        EntryBuffer out = new EntryBuffer();
        before(out, raw);
        byte[] before = Arrays.copyOf(out.bytes(), out.length());
        out.clear();
        after(out, raw);
        return new Prepared(before, Arrays.copyOf(out.bytes(), out.length()));
    }

    /**
     * Replaces what is in the buffer by the canonical bytes.
     *
     * @throws IllegalArgumentException when a time has no four-digit year
     */
    public static void encode(RawEntry entry, EntryBuffer out) {
        out.clear();
        before(out, entry);
        stamp(out, entry.position(), entry.recordedTimeMicros());
        after(out, entry);
    }

    private static void before(EntryBuffer out, RawEntry entry) {
        out.put(BEGIN);
        out.quote(entry.id());
        out.put(SOURCE_MEMBER);
        out.number(entry.logId());
        out.put('"');
        member(out, TYPE, entry.type());
        member(out, SUBJECT, entry.subject());
        out.put(TIME);
        out.time(entry.timeMicros());
        out.put('"');
    }

    private static void stamp(EntryBuffer out, long position, long recordedTimeMicros) {
        out.put(RECORDED_TIME);
        out.time(recordedTimeMicros);
        out.put(POSITION);
        out.number(position);
        out.put('"');
    }

    private static void after(EntryBuffer out, RawEntry entry) {
        out.put(SEQUENCE);
        out.number(entry.sequence());
        out.put('"');
        member(out, TENANT, entry.tenant());
        member(out, ACTOR, entry.actor());
        member(out, COMMAND_ID, entry.commandId());
        member(out, CORRELATION_ID, entry.correlationId());
        member(out, CAUSATION_ID, entry.causationId());
        member(out, TRACEPARENT, entry.traceparent());
        member(out, CONTENT_TYPE, entry.dataContentType());
        member(out, METADATA, entry.metadata());
        data(out, entry);
    }

    private static void data(EntryBuffer out, RawEntry entry) {
        byte[] contentType = entry.dataContentType();
        if (contentType == null || isJson(new String(contentType, StandardCharsets.UTF_8))) {
            out.put(DATA);
            out.put(entry.data());
        } else {
            out.put(DATA_BASE64);
            out.put(Base64.getEncoder().encode(entry.data()));
            out.put('"');
        }
        out.put('}');
    }

    private static void member(EntryBuffer out, byte[] name, byte @Nullable [] value) {
        if (value == null) return;
        out.put(name);
        out.quote(value);
    }

    /**
     * The canonical bytes. Whether they are at most {@link #MAX_BYTES} is the caller's to check.
     */
    public static byte[] encode(Entry entry) {
        return prepare(entry).complete(entry.position(), entry.recordedTimeMicros());
    }

    /**
     * The entry that these bytes are the encoding of.
     *
     * @throws MalformedEntryException when they are not canonical, naming the place
     */
    public static Entry decode(byte[] bytes) {
        return new EntryReader(bytes).read();
    }

    static boolean isJson(@Nullable String contentType) {
        return contentType == null
                || contentType.equals("application/json")
                || contentType.endsWith("+json");
    }

    static String source(int logId) {
        return SOURCE + logId;
    }

    static int logId(String source) {
        if (!source.startsWith(SOURCE))
            throw new IllegalArgumentException("source is not " + SOURCE + "<n>: " + source);
        return Integer.parseInt(source.substring(SOURCE.length()));
    }
}
