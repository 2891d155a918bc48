package io.pms.query.activity;

import io.pms.http.Problem;
import io.pms.query.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which activity of an organisation: all of it, or a project's, a task's, or a person's who acted.
 *
 * @param list what the projection calls it: {@code all}, or {@code project:}, {@code task:} or
 *     {@code actor:} and an id
 */
public record Feed(String list) {
    private static final String ALL = "all";
    private static final String ACTOR = "actor:";
    private static final List<String> ONE_OF = List.of("project", "task", "person");

    public static Feed ofTask(String id) {
        return new Feed("task:" + id);
    }

    /** The project or task that it is of; null when it is of several aggregates. */
    @Nullable String aggregateId() {
        if (list.equals(ALL) || list.startsWith(ACTOR)) return null;
        return list.substring(list.indexOf(':') + 1);
    }

    /**
     * The one that the parameters {@code project}, {@code task} and {@code person} ask for.
     *
     * @throws Problem 400 when there are several of them
     */
    public static Feed of(Parameters parameters) {
        List<Feed> feeds = new ArrayList<>();
        for (String each : ONE_OF) {
            String id = parameters.text(each);
            if (id != null) feeds.add(new Feed((each.equals("person") ? ACTOR : each + ":") + id));
        }
        if (feeds.size() > 1)
            throw new Problem(
                    400,
                    "bad-parameter",
                    "A parameter is malformed",
                    "give one of " + ONE_OF + ", not several");
        return feeds.isEmpty() ? new Feed(ALL) : feeds.getFirst();
    }

    /**
     * The feeds that show it: those in which the projection lists it, and those in which it will
     * when the event is of a revision that only a newer projection can read.
     */
    public static List<Feed> showing(Activity activity) {
        List<Feed> feeds = new ArrayList<>(List.of(new Feed(ALL)));
        if (activity.actor() != null) feeds.add(new Feed(ACTOR + activity.actor()));
        for (String each : List.of("project", "task")) {
            String id = id(activity.data(), each + "Id");
            if (id != null) feeds.add(new Feed(each + ":" + id));
        }
        return feeds;
    }

    private static @Nullable String id(JsonNode data, String member) {
        JsonNode id = data.path(member);
        return id.isString() ? id.stringValue() : null;
    }
}
