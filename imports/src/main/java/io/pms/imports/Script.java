package io.pms.imports;

import io.pms.command.Command;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a file means, checked and ready to be dispatched.
 *
 * @param tasks how many tasks there are
 * @param stages what is dispatched, one stage after the other
 */
public record Script(String projectId, long tasks, List<Stage> stages) {
    public Script {
        stages = List.copyOf(stages);
    }

    public long commands() {
        return stages.stream().mapToLong(Stage::commands).sum();
    }

    /**
     * A command and what surrounds it.
     *
     * @param actor who did it; null for whoever imports
     * @param occurredAt when; null for now
     */
    public record Step(
            Command command, String key, @Nullable String actor, @Nullable Instant occurredAt) {}

    /**
     * Commands that are dispatched one after the other; strands of a stage run side by side.
     *
     * @param kilobytes a rough measure of what it takes in memory
     */
    public record Strand(List<Step> steps, int kilobytes) {
        public Strand {
            steps = List.copyOf(steps);
        }
    }

    /** Steps that begin when those of the stage before are done. */
    public record Stage(String phase, long commands, Strands strands) {

        /** One strand: everything in order. */
        public static Stage inOrder(String phase, List<Step> steps) {
            return ofAll(phase, List.of(new Strand(steps, 0)));
        }

        /** Every step on its own. */
        public static Stage sideBySide(String phase, List<Step> steps) {
            List<Strand> strands = new ArrayList<>(steps.size());
            for (Step step : steps) strands.add(new Strand(List.of(step), 0));
            return ofAll(phase, strands);
        }

        public static Stage ofAll(String phase, List<Strand> strands) {
            long commands = strands.stream().mapToLong(strand -> strand.steps().size()).sum();
            return new Stage(
                    phase,
                    commands,
                    () -> {
                        Iterator<Strand> left = strands.iterator();
                        return () -> left.hasNext() ? left.next() : null;
                    });
        }
    }

    /** Where strands come from; not all of them need to be in memory. */
    public interface Strands {
        Cursor open() throws IOException;
    }

    /** Used by one thread at a time. */
    public interface Cursor extends AutoCloseable {
        /** The next one; null at the end. */
        @Nullable Strand next() throws IOException;

        @Override
        default void close() throws IOException {}
    }
}
