package io.pms.query.activity;

import io.pms.http.Caller;
import io.pms.http.CallerResolver;
import io.pms.query.ItemList;
import io.pms.query.Parameters;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The feed of what happened, newest first. */
@RestController
public class ActivityApi {
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
        return activities.answer(http, caller, Feed.of(parameters), parameters);
    }
}
