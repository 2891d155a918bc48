package io.pms.query;

import io.lettuce.core.RedisException;
import io.pms.http.Caller;
import io.pms.log.EventLog;
import io.pms.projection.Projection;
import io.pms.projection.runtime.Partition;
import io.pms.projection.runtime.Projections;
import io.pms.projection.runtime.ReadScripts;
import io.pms.projection.runtime.StoredPosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Reads projections. Every read sees data and position of one moment, and answers a problem rather
 * than data that are incomplete. Thread-safe.
 */
public final class Reads {
    /**
     * Candidates that are filtered or sorted for one answer: some tens of milliseconds of Redis.
     */
    static final int MAX_CANDIDATES = 20_000;

    private static final RedisScript<List<Object>> PAGE = script("page.lua");
    private static final RedisScript<List<Object>> ONE = script("one.lua");
    private static final RedisScript<List<Object>> LIST = script("list.lua");
    private static final RedisScript<List<Object>> AFTER = script("after.lua");

    private final StringRedisTemplate redis;
    private final Projections projections;
    private final EventLog log;
    private volatile @Nullable String origin;

    Reads(StringRedisTemplate redis, Projections projections, EventLog log) {
        this.redis = redis;
        this.projections = projections;
        this.log = log;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static RedisScript<List<Object>> script(String name) {
        return (RedisScript) RedisScript.of(ReadScripts.text(Reads.class, name), List.class);
    }

    /** A page of entities, each made into what the caller sees. */
    public <T> ItemList<T> page(
            Projection projection,
            Caller caller,
            PageQuery query,
            Parameters parameters,
            Function<Shown, T> view) {
        Cursor cursor = Cursor.parse(parameters.text("cursor"), parameters.withoutPage());
        int limit = parameters.limit();
        List<Object> answer =
                run(PAGE, projection, caller, pageArguments(query, limit + 1, cursor));
        long position = requireComplete(projection, answer);
        long total = (Long) answer.get(1);
        if (total < 0) throw ReadProblems.tooMany(MAX_CANDIDATES);
        List<Row> rows = Row.list((String) answer.get(2));
        String next = rows.size() > limit ? rows.get(limit - 1).cursor(parameters) : null;
        List<T> items = rows.stream().limit(limit).map(row -> view.apply(row.shown())).toList();
        return new ItemList<>(items, total, next, (Long) answer.get(3), position);
    }

    private static List<String> pageArguments(PageQuery query, int limit, @Nullable Cursor cursor) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                query.index(),
                                query.low(),
                                query.high(),
                                query.order(),
                                query.textField(),
                                query.descending() ? "1" : "0",
                                String.valueOf(limit),
                                cursor == null ? "" : cursor.score(),
                                cursor == null ? "" : cursor.member(),
                                String.valueOf(MAX_CANDIDATES),
                                query.related(),
                                String.valueOf(query.within().size())));
        arguments.addAll(query.within());
        arguments.addAll(query.without());
        return arguments;
    }

    /** One entity; null when there is none in the caller's organisation. */
    public <T> @Nullable Positioned<T> one(
            Projection projection,
            Caller caller,
            String id,
            String related,
            Function<Shown, T> view) {
        List<Object> answer = run(ONE, projection, caller, List.of(id, related));
        long position = requireComplete(projection, answer);
        requireTaken(id, answer);
        Shown shown = shown(answer, 2);
        return shown.fields().isEmpty() ? null : new Positioned<>(view.apply(shown), position);
    }

    /**
     * Hashes that come with an entity, of one moment; empty ones where there is nothing. Whether
     * the entity is parked is not asked.
     *
     * @param related their kinds, a letter each
     */
    public List<Map<String, String>> related(
            Projection projection, Caller caller, String id, String related) {
        List<Object> answer = run(ONE, projection, caller, List.of(id, related));
        requireComplete(projection, answer);
        return shown(answer, 2).related();
    }

    /**
     * A page of a list of positions, newest first.
     *
     * @param aggregateId what the list is of, null for several: 503 when it is parked
     */
    public ItemList<Long> positions(
            Projection projection,
            Caller caller,
            String list,
            @Nullable String aggregateId,
            Parameters parameters) {
        Cursor cursor = Cursor.parse(parameters.text("cursor"), parameters.withoutPage());
        String before = cursor == null ? "" : cursor.score();
        PositionPage page =
                positions(projection, caller, list, aggregateId, parameters.limit(), before);
        String next =
                page.start() > 0
                        ? new Cursor(String.valueOf(page.start()), "")
                                .text(parameters.withoutPage())
                        : null;
        return new ItemList<>(page.items(), page.total(), next, page.leftOut(), page.position());
    }

    /** The last positions of such a list, newest first. */
    public Positioned<List<Long>> latestPositions(
            Projection projection,
            Caller caller,
            String list,
            @Nullable String aggregateId,
            int count) {
        PositionPage page = positions(projection, caller, list, aggregateId, count, "");
        return new Positioned<>(page.items(), page.position());
    }

    /**
     * The positions of a list that come after one, oldest first: none are left out, or it is a
     * problem.
     *
     * @param limit positions at most; where there are fewer, the list has no others up to the
     *     position that is shown
     */
    public Positioned<List<Long>> positionsAfter(
            Projection projection, Caller caller, String list, long after, int limit) {
        List<Object> answer =
                run(
                        AFTER,
                        projection,
                        caller,
                        List.of(list, String.valueOf(after), String.valueOf(limit)));
        long position = requireComplete(projection, answer);
        requireTaken("an aggregate of this organisation", answer);
        return new Positioned<>(longs(answer.subList(2, answer.size())), position);
    }

    private static List<Long> longs(List<Object> texts) {
        return texts.stream().map(text -> Long.valueOf((String) text)).toList();
    }

    private record PositionPage(
            List<Long> items, long total, long start, long leftOut, long position) {}

    private PositionPage positions(
            Projection projection,
            Caller caller,
            String list,
            @Nullable String aggregateId,
            int limit,
            String before) {
        String of = aggregateId == null ? "" : aggregateId;
        List<Object> answer =
                run(LIST, projection, caller, List.of(list, String.valueOf(limit), before, of));
        long position = requireComplete(projection, answer);
        requireTaken(of, answer);
        return new PositionPage(
                longs(answer.subList(5, answer.size())),
                (Long) answer.get(2),
                (Long) answer.get(3),
                (Long) answer.get(4),
                position);
    }

    /**
     * What was read and the position it shows.
     *
     * @param position the last position of the log that the value shows
     */
    public record Positioned<T>(T value, long position) {}

    private List<Object> run(
            RedisScript<List<Object>> script,
            Projection projection,
            Caller caller,
            List<String> arguments) {
        Partition partition = Partition.of(projection.name(), caller.tenant());
        List<String> all = new ArrayList<>();
        all.add(partition.tag());
        all.add(projections.versions(projection.name()));
        all.add(Partition.prefix(caller.tenant()));
        all.addAll(arguments);
        return guarded(() -> redis.execute(script, partition.keys(), all.toArray()));
    }

    /** Runs something that needs Redis; 503 when it does not answer. */
    public static <T> T guarded(Supplier<T> read) {
        try {
            return read.get();
        } catch (DataAccessException | RedisException e) {
            throw ReadProblems.unavailable(
                    "Redis does not answer; commands are accepted meanwhile, queries work again when it does",
                    e);
        }
    }

    private long requireComplete(Projection projection, List<Object> answer) {
        StoredPosition stored = StoredPosition.parse((String) answer.getFirst());
        if (stored != null && isOfTheLog(stored)) return stored.position();
        boolean building = stored == null && answer.size() > 1;
        throw ReadProblems.rebuilding(
                projection, building ? StoredPosition.parse((String) answer.get(1)) : null);
    }

    /** A log that was restored meanwhile has another origin than it had. */
    private boolean isOfTheLog(StoredPosition stored) {
        if (stored.origin().equals(origin)) return true;
        origin = LogReads.guarded(() -> log.head().history());
        return stored.origin().equals(origin);
    }

    private static void requireTaken(String what, List<Object> answer) {
        String parked = (String) answer.get(1);
        if (!parked.isEmpty()) throw ReadProblems.parked(what, parked);
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    private static Shown shown(List<Object> row, int from) {
        List<Map<String, String>> hashes = new ArrayList<>();
        for (Object hash : row.subList(from, row.size())) hashes.add(map(list(hash)));
        return new Shown(hashes.getFirst(), hashes.subList(1, hashes.size()));
    }

    private static Map<String, String> map(List<Object> pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.size(); i += 2)
            map.put((String) pairs.get(i), (String) pairs.get(i + 1));
        return map;
    }
}
