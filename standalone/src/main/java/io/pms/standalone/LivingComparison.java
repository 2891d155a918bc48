package io.pms.standalone;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares what a restored platform shows with what the living one does, which goes on changing: an
 * entity that has not changed since the restored position must be shown the same, member by member.
 */
final class LivingComparison {
    /** More say nothing new. */
    private static final int MAX_PROBLEMS = 20;

    private static final List<String> LISTS = List.of("projects", "tasks", "people");

    /** What a project says of itself; the rest are sums of its tasks, which change without it. */
    private static final List<String> OF_PROJECT =
            List.of(
                    "id",
                    "name",
                    "workflow",
                    "plannedStart",
                    "plannedFinish",
                    "archived",
                    "createdAt",
                    "sequence",
                    "position");

    /** Of people: sealed with keys that are not in the archive, and tested with the backups. */
    private static final List<String> SEALED = List.of("name", "email", "erased", "unreadable");

    private final long size;
    private final List<String> problems = new ArrayList<>();
    private long compared;
    private long changed;

    /**
     * @param size events that the restored platform has
     */
    LivingComparison(long size) {
        this.size = size;
    }

    /** Compares everything that an organisation sees. */
    void compare(String tenant, PlatformClient living, PlatformClient restored) {
        for (String list : LISTS)
            compare(
                    tenant + " " + list,
                    new Ahead(byCreation(living, list)),
                    new Ahead(byCreation(restored, list)));
    }

    private static ShownEntities byCreation(PlatformClient platform, String list) {
        return new ShownEntities(platform, "/api/" + list + "?sort=created");
    }

    private void compare(String what, Ahead living, Ahead restored) {
        while (living.entity != null || restored.entity != null) {
            int order = Ahead.compare(living, restored);
            if (order < 0) {
                if (isOld(living.required())) problem(what, living.required(), "is not restored");
                else changed++;
                living.next();
            } else if (order > 0) {
                problem(what, restored.required(), "is not in the living system");
                restored.next();
            } else {
                compareSame(what, living.required(), restored.required());
                living.next();
                restored.next();
            }
        }
    }

    private void compareSame(String what, JsonNode living, JsonNode restored) {
        if (!isOld(living)) changed++;
        else {
            compared++;
            if (!own(what, living).equals(own(what, restored)))
                problem(what, living, "is shown differently");
        }
    }

    private static JsonNode own(String what, JsonNode entity) {
        ObjectNode own = (ObjectNode) entity.deepCopy();
        if (what.endsWith("projects")) return own.retain(OF_PROJECT);
        return what.endsWith("people") ? own.remove(SEALED) : own;
    }

    private boolean isOld(JsonNode entity) {
        return entity.path("position").asLong() < size;
    }

    private void problem(String what, JsonNode entity, String problem) {
        if (problems.size() < MAX_PROBLEMS)
            problems.add(what + ": " + entity.path("id").asString() + " " + problem);
    }

    long compared() {
        return compared;
    }

    long changed() {
        return changed;
    }

    List<String> problems() {
        return problems;
    }

    /** A list and the entity in it that comes next; null behind the last one. */
    private static final class Ahead {
        private final Iterator<JsonNode> entities;
        private @Nullable JsonNode entity;

        Ahead(Iterator<JsonNode> entities) {
            this.entities = entities;
            next();
        }

        void next() {
            entity = entities.hasNext() ? entities.next() : null;
        }

        JsonNode required() {
            if (entity == null) throw new IllegalStateException("behind the last one");
            return entity;
        }

        /** In the order of the list; nothing comes last. */
        static int compare(Ahead a, Ahead b) {
            if (a.entity == null) return 1;
            if (b.entity == null) return -1;
            int byTime = text(a.entity, "createdAt").compareTo(text(b.entity, "createdAt"));
            return byTime != 0 ? byTime : text(a.entity, "id").compareTo(text(b.entity, "id"));
        }

        private static String text(JsonNode entity, String member) {
            return entity.path(member).asString("");
        }
    }
}
