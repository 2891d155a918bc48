package io.pms.command;

import java.util.UUID;

/**
 * What surrounds a decision: it is as pure as its arguments.
 *
 * @param commandId makes the ids that the decision needs
 * @param actor opaque id of the person who acts
 */
public record Decision(UUID commandId, String tenant, String actor) {}
