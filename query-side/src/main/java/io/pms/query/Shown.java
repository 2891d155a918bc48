package io.pms.query;

import java.util.List;
import java.util.Map;

/** An entity as it stands in Redis: its own hash, and related ones in the order asked for. */
public record Shown(Map<String, String> fields, List<Map<String, String>> related) {}
