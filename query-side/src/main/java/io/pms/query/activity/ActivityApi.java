package io.pms.query.activity;

import io.pms.http.Caller;
import io.pms.http.CallerResolver;
import io.pms.http.Problem;
import io.pms.query.ItemList;
import io.pms.query.Parameters;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The feed of what happened, newest first. */
@RestController
public class ActivityApi {
    private static final List<String> ONE_OF = List.of("project", "task", "person");

    private final Activities activities;
    private final CallerResolver callers;

    public ActivityApi(Activities activities, CallerResolver callers) {
        this.activities = activities;
        this.callers = callers;
    }

    @GetMapping("/api/activity")
    public ResponseEntity<ItemList<Activity>> list(HttpServletRequest http) {
        Caller caller = callers.resolve(http);
        Parameters parameters = Parameters.of(http, "project", "task", "person", "limit", "cursor");
        return activities.answer(http, caller, feed(parameters), parameters);
    }

    private static String feed(Parameters parameters) {
        List<String> feeds = new ArrayList<>();
        for (String each : ONE_OF) {
            String id = parameters.text(each);
            if (id != null) feeds.add((each.equals("person") ? "actor" : each) + ":" + id);
        }
        if (feeds.size() > 1)
            throw new Problem(
                    400,
                    "bad-parameter",
                    "A parameter is malformed",
                    "give one of " + ONE_OF + ", not several");
        return feeds.isEmpty() ? "all" : feeds.getFirst();
    }
}
