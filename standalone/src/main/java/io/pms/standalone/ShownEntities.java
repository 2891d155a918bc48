package io.pms.standalone;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Everything in a list that a platform shows, in the list's order, page by page. */
final class ShownEntities implements Iterator<JsonNode> {
    private static final int PAGE = 200;

    private final PlatformClient platform;
    private final String list;
    private final Deque<JsonNode> page = new ArrayDeque<>();
    private @Nullable String cursor;
    private boolean ended;

    /**
     * @param list a path with what is asked, which more can be appended to
     */
    ShownEntities(PlatformClient platform, String list) {
        this.platform = platform;
        this.list = list;
    }

    @Override
    public boolean hasNext() {
        while (page.isEmpty() && !ended) read();
        return !page.isEmpty();
    }

    private void read() {
        String behind =
                cursor == null
                        ? ""
                        : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
        try {
            JsonNode answer = platform.get(list + "&limit=" + PAGE + behind);
            for (JsonNode item : answer.path("items")) page.add(item);
            cursor =
                    answer.path("nextCursor").isString()
                            ? answer.path("nextCursor").asString()
                            : null;
            ended = cursor == null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public JsonNode next() {
        if (!hasNext()) throw new NoSuchElementException();
        return page.remove();
    }
}
