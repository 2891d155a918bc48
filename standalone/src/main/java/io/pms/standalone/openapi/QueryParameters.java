package io.pms.standalone.openapi;

import io.pms.command.Bounds;
import io.pms.query.Parameters;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/** The parameters of queries. */
final class QueryParameters {
    static final Parameter LIMIT = parameter("limit", "Entities a page.", limit());
    private static final Parameter CURSOR =
            parameter(
                    "cursor",
                    "The `nextCursor` of an answer to the same list, filter and sort.",
                    Shapes.pattern("[A-Za-z0-9_-]+"));

    static final List<Parameter> PAGE = List.of(LIMIT, CURSOR);

    /** Of lists that are sorted by name. */
    static final List<Parameter> NAMED =
            List.of(sort("name", "name", "created", "updated"), LIMIT, CURSOR);

    private static final List<Parameter> OF_FEEDS =
            List.of(
                    text("project", "Only this project and its tasks; not with task or person."),
                    text("task", "Only this task; not with project or person."),
                    text("person", "Only what this actor did; not with project or task."));

    static final List<Parameter> FEED = joined(OF_FEEDS, PAGE);

    static final List<Parameter> STREAM =
            joined(
                    OF_FEEDS,
                    List.of(
                            parameter(
                                    "lastEventId",
                                    "As the header `Last-Event-ID`, for clients that cannot set it; the header counts where there are both.",
                                    Shapes.of("integer").minimum(BigDecimal.valueOf(-1)))));

    /** Of a person's open tasks. */
    static final List<Parameter> WORK =
            List.of(
                    text("project", "Only tasks of this project."),
                    text("status", "Only tasks in this status."),
                    parameter(
                            "dueFrom",
                            "Earliest planned finish; a date means its first second.",
                            Shapes.dateOrLocalDateTime()),
                    parameter(
                            "dueTo",
                            "Latest planned finish; a date means its last second.",
                            Shapes.dateOrLocalDateTime()),
                    flag(
                            "overdue",
                            "Only open tasks that are flagged for their planned finish, or only others."),
                    flag("summary", "Only summary tasks, or only others."),
                    sort("due", "due", "start", "created", "updated", "name", "wbs")
                            .description(
                                    "The order; a minus in front reverses it. `wbs` needs `project`."),
                    LIMIT,
                    CURSOR);

    static final List<Parameter> TASKS =
            joined(
                    List.of(
                            text("assignee", "Only tasks of this person."),
                            flag(
                                    "open",
                                    "Only tasks that are neither done nor closed, or only others.")),
                    WORK);

    static final List<Parameter> IMPORT =
            List.of(
                    text("file", "The file's name.")
                            .required(true)
                            .schema(Shapes.text(Bounds.MAX_NAME)),
                    text("project", "The project's name, instead of the file's own.")
                            .schema(Shapes.text(Bounds.MAX_NAME)));

    static final List<Parameter> INCLUSION =
            List.of(
                    number("position", "The leaf's, which is the event's.").required(true),
                    number(
                            "size",
                            "Of the tree to which the proof leads: the checkpoint's when absent; larger than `position`, and not beyond the checkpoint."));

    static final List<Parameter> CONSISTENCY =
            List.of(
                    number("from", "Size of the older tree.").required(true),
                    number(
                            "to",
                            "Size of the newer one: the checkpoint's when absent, and not beyond it."));

    static final List<Parameter> ARCHIVE =
            List.of(
                    number(
                            "copy",
                            "How many events a copy of the archive has elsewhere: the answer's `copy` says how far that is behind the log."));

    private QueryParameters() {}

    private static Parameter number(String name, String description) {
        return parameter(name, description, Shapes.of("integer").minimum(BigDecimal.ZERO));
    }

    private static List<Parameter> joined(List<Parameter> some, List<Parameter> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static Schema<?> limit() {
        Schema<?> schema = Shapes.integer(1, Parameters.MAX_LIMIT);
        schema.setDefault(Parameters.DEFAULT_LIMIT);
        return schema;
    }

    private static Parameter parameter(String name, String description, Schema<?> schema) {
        return new QueryParameter().name(name).description(description).schema(schema);
    }

    private static Parameter text(String name, String description) {
        return parameter(name, description, Shapes.text().minLength(1));
    }

    private static Parameter flag(String name, String description) {
        return parameter(name, description, Shapes.of("boolean"));
    }

    private static Parameter sort(String absent, String... orders) {
        List<String> choices =
                Stream.of(orders).flatMap(order -> Stream.of(order, "-" + order)).toList();
        Schema<?> schema = Shapes.choice(choices);
        schema.setDefault(absent);
        return parameter("sort", "The order; a minus in front reverses it.", schema);
    }
}
