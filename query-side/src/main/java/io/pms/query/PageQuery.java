package io.pms.query;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which entities, in which order.
 *
 * @param index sorted set of the candidates
 * @param low lowest score of candidates, {@code -inf} for all
 * @param high highest score
 * @param sortField null when the index has the wanted order; else the field with the score
 * @param textField the field with the text to sort by; empty when it is sorted by score
 * @param conditions fields and the values they must have
 * @param related kinds of hashes that come with an entity, a letter each
 */
public record PageQuery(
        String index,
        String low,
        String high,
        String sortField,
        String textField,
        boolean descending,
        Map<String, String> conditions,
        String related) {
    /** As a sort field: the index has the wanted order. */
    public static final String SORTED = "sorted";

    /** What lists of projects and people can be sorted by; a minus is for the reverse. */
    public static final List<String> BY_NAME_OR_TIME =
            List.of("name", "-name", "created", "-created", "updated", "-updated");

    public PageQuery {
        conditions = new LinkedHashMap<>(conditions);
    }

    /** Everything in an index, in its order. */
    public static PageQuery all(String index, boolean descending, String related) {
        return new PageQuery(index, "-inf", "+inf", SORTED, "", descending, Map.of(), related);
    }

    /**
     * Everything in the index of that name.
     *
     * @param sort the index, with a minus in front for the reverse
     */
    public static PageQuery sortedBy(String sort, String related) {
        return sort.startsWith("-")
                ? all(sort.substring(1), true, related)
                : all(sort, false, related);
    }
}
