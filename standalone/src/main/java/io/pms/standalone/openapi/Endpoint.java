package io.pms.standalone.openapi;

import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.List;

/**
 * What is said of an endpoint that its method does not say.
 *
 * @param request for example {@code GET /api/tasks}
 * @param name the operation's id
 * @param headers request headers
 * @param problems the statuses of its problems
 */
record Endpoint(
        String request,
        String name,
        String tag,
        String summary,
        List<String> headers,
        List<Parameter> parameters,
        List<Integer> problems) {
    private static final List<Integer> OF_LISTS = List.of(400, 406, 500, 503);
    private static final List<Integer> OF_FILTERED_LISTS = List.of(400, 406, 422, 500, 503);
    private static final List<Integer> OF_ONE = List.of(400, 404, 406, 500, 503);

    private static final List<Integer> OF_TILES = List.of(404, 500, 503);

    /** The problems that a command can be answered. */
    static final List<Integer> OF_COMMANDS =
            List.of(400, 404, 406, 409, 412, 413, 415, 422, 500, 503);

    /** All but the commands, in the document's order. */
    static final List<Endpoint> ALL =
            List.of(
                    new Endpoint(
                            "POST /api/commands",
                            "executeMany",
                            "commands",
                            "Executes many commands, a line each, answered by a line each in the same order",
                            Headers.OF_BATCHES,
                            List.of(),
                            List.of(400, 406, 415, 500)),
                    new Endpoint(
                            "GET /api/commands",
                            "listCommands",
                            "commands",
                            "Every command with its members",
                            List.of(),
                            List.of(),
                            List.of(406, 500)),
                    query(
                            "/api/projects",
                            "listProjects",
                            "projects",
                            "Projects with what their tasks sum up to",
                            QueryParameters.NAMED,
                            OF_LISTS),
                    query(
                            "/api/projects/{id}",
                            "getProject",
                            "projects",
                            "A project with what its tasks sum up to",
                            List.of(),
                            OF_ONE),
                    query(
                            "/api/tasks",
                            "listTasks",
                            "tasks",
                            "Tasks, filtered and sorted",
                            QueryParameters.TASKS,
                            OF_FILTERED_LISTS),
                    query(
                            "/api/tasks/{id}",
                            "getTask",
                            "tasks",
                            "A task with what happened to it lately",
                            List.of(),
                            OF_ONE),
                    query(
                            "/api/tasks/{id}/activity",
                            "listTaskActivity",
                            "tasks",
                            "What happened to a task, newest first",
                            QueryParameters.PAGE,
                            OF_ONE),
                    query(
                            "/api/people",
                            "listPeople",
                            "people",
                            "Registered people",
                            QueryParameters.NAMED,
                            OF_LISTS),
                    query(
                            "/api/people/{id}",
                            "getPerson",
                            "people",
                            "A registered person",
                            List.of(),
                            OF_ONE),
                    query(
                            "/api/people/{id}/work",
                            "listWork",
                            "people",
                            "The open tasks of a person, registered or not",
                            QueryParameters.WORK,
                            OF_FILTERED_LISTS),
                    query(
                            "/api/activity",
                            "listActivity",
                            "activity",
                            "What happened, newest first",
                            QueryParameters.FEED,
                            OF_LISTS),
                    new Endpoint(
                            "GET /api/live",
                            "streamActivity",
                            "activity",
                            "What happens, as it happens, as server-sent events",
                            Headers.OF_STREAMS,
                            QueryParameters.STREAM,
                            OF_LISTS),
                    new Endpoint(
                            "POST /api/imports",
                            "importFile",
                            "imports",
                            "Imports a plan or an event history; the body is the file itself",
                            Headers.OF_IMPORTS,
                            QueryParameters.IMPORT,
                            List.of(400, 413, 415, 422, 500, 503)),
                    operator(
                            "GET /api/projections",
                            "listProjections",
                            "How far every projection is",
                            List.of(),
                            List.of(400, 406, 500)),
                    operator(
                            "GET /api/projections/{name}",
                            "getProjection",
                            "How far a projection is, and what is being built",
                            List.of(),
                            List.of(400, 404, 406, 500)),
                    operator(
                            "POST /api/projections/{name}/rebuild",
                            "rebuildProjection",
                            "Builds a projection again from the log, beside what answers",
                            Headers.OF_IMPORTS,
                            List.of(400, 404, 406, 500, 503)),
                    new Endpoint(
                            "GET /api/projections/{name}/parked",
                            "listParked",
                            "projections",
                            "Aggregates of the organisation that a projection leaves out, the first of them",
                            Headers.OF_IMPORTS,
                            List.of(QueryParameters.LIMIT),
                            OF_ONE),
                    operator(
                            "GET /api/projections/{name}/parked/{aggregateId}",
                            "getParked",
                            "An aggregate that a projection leaves out, with the events from the first on that it could not take",
                            Headers.OF_IMPORTS,
                            OF_ONE),
                    new Endpoint(
                            "GET /log/checkpoint",
                            "getCheckpoint",
                            "log",
                            "The newest checkpoint: how many entries the log has and what their root is, signed",
                            List.of(),
                            List.of(),
                            OF_TILES),
                    new Endpoint(
                            "GET /log/tile/{level}/{index}",
                            "getTile",
                            "log",
                            "Hashes of the log's Merkle tree",
                            List.of(),
                            List.of(),
                            OF_TILES),
                    new Endpoint(
                            "GET /log/tile/entries/{index}",
                            "getEntryBundle",
                            "log",
                            "Entries of the log, of all organisations; only where PMS_ARCHIVE_SERVE is `all`",
                            List.of(),
                            List.of(),
                            OF_TILES),
                    new Endpoint(
                            "GET /log/proofs/inclusion",
                            "proveInclusion",
                            "log",
                            "Proves that a leaf is in the log",
                            List.of(),
                            QueryParameters.INCLUSION,
                            List.of(400, 404, 406, 409, 500, 503)),
                    new Endpoint(
                            "GET /log/proofs/consistency",
                            "proveConsistency",
                            "log",
                            "Proves that the log only grew from one size to another",
                            List.of(),
                            QueryParameters.CONSISTENCY,
                            OF_ONE),
                    new Endpoint(
                            "GET /log/proofs/{position}.tlog-proof",
                            "getProofFile",
                            "log",
                            "A file that proves, without a network, that the log has an event of the organisation",
                            Headers.OF_IMPORTS,
                            List.of(),
                            List.of(400, 404, 409, 500, 503)),
                    new Endpoint(
                            "GET /log/entries/{position}",
                            "getEntry",
                            "log",
                            "An event of the organisation as the log has it, to the byte",
                            Headers.OF_IMPORTS,
                            List.of(),
                            List.of(400, 404, 500, 503)),
                    new Endpoint(
                            "GET /api/archive",
                            "getArchive",
                            "archive",
                            "How well the log is archived, and the keys that verify it",
                            List.of(),
                            QueryParameters.ARCHIVE,
                            List.of(400, 406, 500, 503)),
                    new Endpoint(
                            "GET /api/health",
                            "getHealth",
                            "health",
                            "How the platform is",
                            List.of(),
                            List.of(),
                            List.of(406, 500)));

    /** Whether the answer says which position of the log it shows. */
    boolean showsAPosition() {
        return headers.contains("PMS-Min-Position");
    }

    /** Whether the answer is one aggregate, with its version. */
    boolean showsOne() {
        return showsAPosition() && request.endsWith("{id}");
    }

    private static Endpoint operator(
            String request,
            String name,
            String summary,
            List<String> headers,
            List<Integer> problems) {
        return new Endpoint(request, name, "projections", summary, headers, List.of(), problems);
    }

    /** The status of its answer when all is well. */
    String success() {
        return name.equals("rebuildProjection") ? "202" : "200";
    }

    private static Endpoint query(
            String path,
            String name,
            String tag,
            String summary,
            List<Parameter> parameters,
            List<Integer> problems) {
        return new Endpoint(
                "GET " + path, name, tag, summary, Headers.OF_QUERIES, parameters, problems);
    }
}
