package io.pms.imports;

/**
 * What an import did.
 *
 * @param project the project's id
 * @param tasks the tasks in the file
 * @param commands the commands that the file means, however often it is imported
 * @param events the events that this run stored
 * @param skipped the commands that an earlier run had done already
 * @param seconds how long it took, until queries show it
 */
public record Summary(
        String project, long tasks, long commands, long events, long skipped, double seconds) {}
