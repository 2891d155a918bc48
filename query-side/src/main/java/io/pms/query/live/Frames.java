package io.pms.query.live;

import io.pms.entry.Entry;
import io.pms.event.PersonalTexts;
import io.pms.query.activity.Activity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a stream is made of, as the HTML standard's section on server-sent events wants it. A block
 * without {@code data} makes no event, but its {@code id} is what a browser reconnects with.
 */
final class Frames {
    private final JsonMapper json;
    private final PersonalTexts texts;

    /**
     * @param json writes activity as other answers do
     * @param texts opens personal texts, for as long as they can be opened
     */
    Frames(JsonMapper json, PersonalTexts texts) {
        this.json = json;
        this.texts = texts;
    }

    Activity activity(Entry entry) {
        return Activity.of(entry, texts);
    }

    /** JSON has no line breaks outside of its escapes: it is one line. */
    byte[] event(Activity activity) {
        return bytes(
                "id: "
                        + activity.position()
                        + "\nevent: "
                        + activity.type()
                        + "\ndata: "
                        + json.writeValueAsString(activity)
                        + "\n\n");
    }

    /**
     * The first block.
     *
     * @param position after which the stream begins
     * @param retry how soon to come back when the stream ends
     */
    static byte[] greeting(long position, Duration retry) {
        return bytes("retry: " + retry.toMillis() + "\nid: " + position + "\n\n");
    }

    /**
     * A sign of life.
     *
     * @param position up to which everything has been sent
     */
    static byte[] heartbeat(long position) {
        return bytes(": heartbeat\nid: " + position + "\n\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
