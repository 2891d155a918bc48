package io.pms.command;

/** What can be asked for. The record's simple name is the command's name in the API. */
public interface Command {
    /** The aggregate that it is for. */
    String aggregateId();

    /** The same, where that depends on the organisation. */
    default String aggregateId(String tenant) {
        return aggregateId();
    }
}
