package io.pms.entry;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
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

    private EntryCodec() {}

    /**
     * An entry without what only the committer knows. {@link #complete} adds it cheaply.
     *
     * @param before the bytes before the recorded time, without its member
     * @param after the bytes after the position
     */
    public record Prepared(byte[] before, byte[] after) {
        /** Room for the two members at their longest: a 19-digit position. */
        private static final int REST =
                ",\"recordedtime\":\"2026-11-23T08:00:00.000000Z\",\"position\":\"\"".length() + 19;

        /** The longest that the entry can become, in bytes. */
        public int maxBytes() {
            return before.length + REST + after.length;
        }

        public byte[] complete(long position, long recordedTimeMicros) {
            byte[] middle =
                    (",\"recordedtime\":\""
                                    + EntryTime.format(recordedTimeMicros)
                                    + "\",\"position\":\""
                                    + position
                                    + '"')
                            .getBytes(StandardCharsets.US_ASCII);
            byte[] bytes = new byte[before.length + middle.length + after.length];
            System.arraycopy(before, 0, bytes, 0, before.length);
            System.arraycopy(middle, 0, bytes, before.length, middle.length);
            System.arraycopy(after, 0, bytes, before.length + middle.length, after.length);
            return bytes;
        }
    }

    /**
     * Everything but position and recorded time, which are ignored here.
     *
     * @throws IllegalArgumentException when a text is not Unicode or a time has no four-digit year
     */
    public static Prepared prepare(Entry entry) {
        StringBuilder before = new StringBuilder(256);
        before.append("{\"specversion\":\"1.0\",\"id\":");
        JsonText.quote(before, entry.id());
        before.append(",\"source\":\"").append(SOURCE).append(entry.logId()).append('"');
        member(before, "type", entry.type());
        member(before, "subject", entry.subject());
        before.append(",\"time\":\"").append(EntryTime.format(entry.timeMicros())).append('"');

        StringBuilder after = new StringBuilder(256);
        after.append(",\"sequence\":\"").append(entry.sequence()).append('"');
        member(after, "tenant", entry.tenant());
        member(after, "actor", entry.actor());
        UUID command = entry.commandId();
        member(after, "commandid", command == null ? null : command.toString());
        member(after, "correlationid", entry.correlationId());
        member(after, "causationid", entry.causationId());
        member(after, "traceparent", entry.traceparent());
        member(after, "datacontenttype", entry.dataContentType());
        member(after, "metadata", entry.metadata());
        return new Prepared(
                before.toString().getBytes(StandardCharsets.UTF_8), withData(after, entry));
    }

    private static byte[] withData(StringBuilder after, Entry entry) {
        boolean json = isJson(entry.dataContentType());
        after.append(json ? ",\"data\":" : ",\"data_base64\":\"");
        byte[] text = after.toString().getBytes(StandardCharsets.UTF_8);
        byte[] data = json ? entry.data() : Base64.getEncoder().encode(entry.data());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length + data.length + 2);
        bytes.writeBytes(text);
        bytes.writeBytes(data);
        if (!json) bytes.write('"');
        bytes.write('}');
        return bytes.toByteArray();
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

    private static void member(StringBuilder json, String name, @Nullable String value) {
        if (value == null) return;
        json.append(",\"").append(name).append("\":");
        JsonText.quote(json, value);
    }
}
