package io.pms.query.activity;

import io.pms.event.PersonalTexts;
import io.pms.http.Caller;
import io.pms.log.EventLog;
import io.pms.projection.ActivityProjection;
import io.pms.query.Freshness;
import io.pms.query.ItemList;
import io.pms.query.LogReads;
import io.pms.query.Parameters;
import io.pms.query.Reads;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.ResponseEntity;

/** Activity feeds: the projection knows the positions, the log what happened there. */
public final class Activities {
    private final Reads reads;
    private final ActivityProjection projection;
    private final Freshness freshness;
    private final EventLog log;
    private final PersonalTexts texts;

    public Activities(
            Reads reads,
            ActivityProjection projection,
            Freshness freshness,
            EventLog log,
            PersonalTexts texts) {
        this.reads = reads;
        this.projection = projection;
        this.freshness = freshness;
        this.log = log;
        this.texts = texts;
    }

    /** The projection that feeds show. */
    public ActivityProjection projection() {
        return projection;
    }

    /** A page of a feed. */
    public ResponseEntity<ItemList<Activity>> answer(
            HttpServletRequest http, Caller caller, Feed feed, Parameters parameters) {
        freshness.await(http, caller, projection);
        ItemList<Long> positions =
                reads.positions(projection, caller, feed.list(), feed.aggregateId(), parameters);
        ItemList<Activity> page =
                new ItemList<>(
                        render(positions.items()),
                        positions.total(),
                        positions.nextCursor(),
                        positions.leftOut(),
                        positions.position());
        return Freshness.answer(http, page, page.position());
    }

    /** The latest of a feed. */
    public Reads.Positioned<List<Activity>> latest(Caller caller, Feed feed, int count) {
        Reads.Positioned<List<Long>> latest =
                reads.latestPositions(projection, caller, feed.list(), feed.aggregateId(), count);
        return new Reads.Positioned<>(render(latest.value()), latest.position());
    }

    private List<Activity> render(List<Long> positions) {
        return LogReads.guarded(() ->
                log.readAt(positions).stream().map(entry -> Activity.of(entry, texts)).toList());
    }
}
