package io.pms.http;

/**
 * Who calls, and for which organisation.
 *
 * @param tenant the organisation; everything a caller sees or changes belongs to it
 * @param actor opaque id of the person
 */
public record Caller(String tenant, String actor) {}
